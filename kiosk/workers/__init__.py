"""Threads that do what the journey commands and answer with events."""
