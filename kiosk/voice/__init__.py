"""The voice: what a scene says aloud, and what may be said where others hear it."""
