"""Receiving applications: the kiosks' door, and what is kept of each application."""
