"""Everything that touches hardware, or plays it."""
