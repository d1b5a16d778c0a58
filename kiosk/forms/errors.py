"""What can go wrong with a form's definition."""

from __future__ import annotations


class FormError(Exception):
    """A form cannot be used: `file` at `path` is not what was `expected`; the program does not start with it."""

    def __init__(self, file: str, path: str, expected: str) -> None:
        super().__init__(f"{file}: {path}: expected {expected}")
        self.file = file
        self.path = path
        self.expected = expected
