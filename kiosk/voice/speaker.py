"""From a sentence to its sound: the clip that was made for it, or made now, in memory."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiosk.voice.reading import pieces, written_out
from kiosk.voice.synthesis import CannotSpeak, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kiosk.voice.clips import Clips
    from kiosk.voice.prompts import Sentence

Sound = bytes  # a WAV or Opus file; nothing where there is none
NO_NAMES: Mapping[str, str] = {}


def read_of(sentence: Sentence, language: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """Return a sentence as it is read; `names` are read as the citizen said they are."""
    read = sentence.read
    for name, kana in names.items():
        read = read.replace(name, kana)
    return written_out(read, language)


class Speaker:
    """Finds or makes the sounds of sentences; what it returns makes them when it is called, on any thread."""

    def __init__(
        self, clips: Clips, tongues: Mapping[str, str] = NO_NAMES, make: Callable[[str, str, str], Sound] | None = None
    ) -> None:
        """`tongues` are the languages by their names, each said in itself.

        `make` turns language, reading and writing into a sound, on the voice's thread.
        """
        self._clips, self._tongues, self._make = clips, tongues, make or made_now

    def sounds(
        self, wanted: str, sentences: Iterable[Sentence], names: Mapping[str, str] = NO_NAMES
    ) -> list[Callable[[], Sound]]:
        """Return the sounds of sentences in the language `wanted`, in order, not made yet."""
        found: list[Callable[[], Sound]] = []
        for sentence in sentences:
            language = self._tongues.get(sentence.written, wanted)
            read, written = read_of(sentence, language, names), written_out(sentence.written, language)
            clip = self._clips.of(language, read)
            if clip is not None:
                found.append(clip.read_bytes)
                continue
            parts = pieces(read, language)
            whole = parts == ((language, read),)
            found += [partial(self._make, tongue, part, written if whole else part) for tongue, part in parts]
        return found


def made_now(language: str, read: str, written: str) -> Sound:
    """Return a sentence as this machine speaks it, nothing where it cannot."""
    try:
        return render(language, read, written)
    except CannotSpeak:
        return b""
