"""How it looks: canvas, theme, texts, widgets, keyboards and one scene a step."""
