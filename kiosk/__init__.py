"""The citizen-facing program and the courier."""
