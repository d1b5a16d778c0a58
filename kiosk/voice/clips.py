"""The clips that were rendered when the kiosk was built: one file a sentence, found by its hash."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS: Final = ("opus", "wav")  # what a clip can be, the smaller first


def clip_name(language: str, read: str) -> str:
    """Return the file's name, without its ending, of a sentence as it is read."""
    return f"{language}/{sha256(read.encode()).hexdigest()[:24]}"


class Clips:
    """The folder of clips; a sentence without a clip is made at the moment."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, language: str, read: str) -> Path | None:
        """Return the clip of a sentence, None where there is none."""
        name = clip_name(language, read)
        paths = (self._folder / f"{name}.{ending}" for ending in ENDINGS)
        return next((path for path in paths if path.is_file()), None)
