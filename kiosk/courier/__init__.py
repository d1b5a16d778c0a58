"""The second program: spool, delivery policy and city client."""
