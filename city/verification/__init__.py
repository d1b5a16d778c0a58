"""From sealed bytes to a verdict: opening, the container's shape, signature, chain, dates, revocation."""
