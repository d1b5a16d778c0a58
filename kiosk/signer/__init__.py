"""The one-shot errand that takes the password to the card."""
