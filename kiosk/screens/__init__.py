"""How the journey looks: canvas, theme, texts, widgets and one scene per step."""

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # before pygame is imported anywhere below
