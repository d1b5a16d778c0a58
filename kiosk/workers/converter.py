"""The converter: one thread that finds candidates while the citizen types, by mozc or else by the word list."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kiosk.forms.model import FieldKind
from kiosk.journey.candidate_events import CandidatesReady, ReadingReady
from kiosk.text_input.candidates import MOST, Candidate
from kiosk.text_input.mozc.line import MozcGone
from kiosk.text_input.variants import other_forms, plain
from kiosk.workers.tasks import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.clock import Clock
    from kiosk.journal import Journal
    from kiosk.journey.commands import AskReading, Convert
    from kiosk.journey.events import Event
    from kiosk.text_input.candidates import Converter

AGAIN_AFTER = 10.0  # seconds until mozc is asked again after it did not answer
_T = TypeVar("_T")
_VARIED = 3  # candidates whose other forms are offered for names


class ConverterWorker(Worker):
    """Answers the newest question only; what was typed is nowhere but in its question and its answer."""

    def __init__(
        self,
        clock: Clock,
        post: Callable[[Event], None],
        journal: Journal,
        failed: Callable[[Exception], None],
        *,
        mozc: Converter | None,
        words: Converter,
    ) -> None:
        """`mozc` None: this kiosk has none; its methods may raise MozcGone."""
        super().__init__("converter", clock, failed)
        self._post = post
        self._journal = journal
        self._mozc = mozc
        self._words = words
        self._newest: Convert | None = None
        self._silent_until = 0.0
        self._answers = True

    def convert(self, command: Convert) -> None:
        """Find candidates unless another question comes before this one's turn."""
        self._newest = command
        self.give(lambda: self._convert(command))

    def read(self, command: AskReading) -> None:
        """Find a reading."""
        self.give(lambda: self._read(command))

    def forget(self) -> None:
        """Forget the visit, here and at mozc."""
        self._newest = None
        self.give(self._forget)

    def _convert(self, command: Convert) -> None:
        if command is not self._newest:
            return
        found = self._by_mozc(lambda mozc: mozc.convert(command.reading))
        listed = found is None
        candidates = self._words.convert(command.reading) if found is None else found
        if command.kind is FieldKind.NAME:
            candidates = with_other_forms(candidates)
        self._post(CandidatesReady(command.reading, candidates, listed))

    def _read(self, command: AskReading) -> None:
        looked_up = plain(command.text)  # for the dictionary only; the name itself is never changed
        reading = self._by_mozc(lambda mozc: mozc.reading_of(looked_up))
        self._post(ReadingReady(command.field, self._words.reading_of(looked_up) if reading is None else reading))

    def _forget(self) -> None:
        self._silent_until = 0.0
        self._by_mozc(lambda mozc: mozc.forget())
        self._words.forget()

    def _by_mozc(self, ask: Callable[[Converter], _T]) -> _T | None:
        """Ask mozc; None where it does not answer, and for a while after it did not."""
        if self._mozc is None or self._clock.ticks() < self._silent_until:
            return None
        try:
            found = ask(self._mozc)
        except MozcGone:
            self._silent_until = self._clock.ticks() + AGAIN_AFTER
            self._note(answers=False)
            return None
        self._note(answers=True)
        return found

    def _note(self, *, answers: bool) -> None:
        if answers != self._answers:
            self._answers = answers
            self._journal.warn("converter", mozc=answers)


def with_other_forms(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Add the first words in the forms that dictionaries leave out, such as 𠮷田, behind all others."""
    there = {candidate.text for candidate in candidates}
    added = [
        Candidate(form, candidate.reads)
        for candidate in candidates[:_VARIED]
        for form in other_forms(candidate.text)
        if form not in there
    ]
    return (*candidates, *added)[:MOST]
