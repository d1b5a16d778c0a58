"""Conversion with mozc: a reading to its candidates, a name to its reading; nothing is kept between two calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.text_input.candidates import Candidate, offered
from kiosk.text_input.mozc.line import MozcGone
from kiosk.text_input.mozc.messages import (
    SessionCommand,
    SpecialKey,
    command,
    create_session,
    send_special,
    send_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kiosk.text_input.mozc.messages import Answer


class MozcEngine:
    """One session of the server. Every method raises MozcGone."""

    def __init__(self, call: Callable[[bytes], Answer]) -> None:
        self._call = call
        self._session = call(create_session()).session
        if not self._session:
            raise MozcGone("no session")
        call(send_special(self._session, SpecialKey.ON))

    def convert(self, reading: str) -> tuple[Candidate, ...]:
        """Return what the kana can be written as: the whole first, then its first phrase.

        Words that are longer than what was typed are guesses about the citizen and left out.
        """
        suggested = converted = None
        for kana in reading:
            suggested = self._call(send_text(self._session, kana))
        if suggested is not None:
            converted = self._call(send_special(self._session, SpecialKey.SPACE))
        self._call(command(self._session, SessionCommand.REVERT))
        if suggested is None or converted is None:
            return ()
        if "".join(part.reading for part in converted.segments) != reading:
            raise MozcGone("the reading came back changed")
        return offered(_ordered(suggested, converted, reading), reading)

    def reading_of(self, text: str) -> str:
        """Return how the text is probably read, in hiragana; empty when the server has no idea."""
        found = self._call(command(self._session, SessionCommand.CONVERT_REVERSE, text))
        self._call(command(self._session, SessionCommand.REVERT))
        return "".join(part.reading for part in found.segments)


def _ordered(suggested: Answer, converted: Answer, reading: str) -> Iterable[Candidate]:
    whole = len(reading)
    yield Candidate("".join(part.value for part in converted.segments), whole)
    for word in suggested.words:
        if not word.longer or word.longer == reading:
            yield Candidate(word.value, whole)
    first = converted.segments[0]
    for word in converted.words:
        yield Candidate(word.value, len(first.reading))
