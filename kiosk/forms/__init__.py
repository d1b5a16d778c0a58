"""Form definitions, answers, checks and prefill."""
