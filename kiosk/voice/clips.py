"""The clips that were rendered when the kiosk was built: one WAV a sentence, found by its hash."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def clip_name(language: str, sentence: str) -> str:
    """Return the file's name of a sentence."""
    return f"{language}/{sha256(sentence.encode()).hexdigest()[:24]}.wav"


class Clips:
    """The folder of clips; a sentence without a clip is not heard."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, language: str, sentence: str) -> Path | None:
        """Return the clip of a sentence, None where there is none."""
        path = self._folder / clip_name(language, sentence)
        return path if path.is_file() else None
