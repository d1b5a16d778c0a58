"""The devices of the self-test, as far as it needs them: the panel, the reader in a thread of its own, a sound."""

from __future__ import annotations

from threading import Event as Signal
from threading import Thread
from typing import TYPE_CHECKING, Final

from drivers.panel import Sound
from kiosk.first_day import probes
from kiosk.first_day.findings import Part
from kiosk.first_day.wizard import Broke, Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from drivers.panel import Panel
    from drivers.readers.reader import Reader
    from kiosk.first_day.findings import Finding
    from kiosk.journal import Journal
    from kiosk.journey.events import Event

SHOWN: Final = 1.0  # seconds of each colour
LIGHTS: Final = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1.0, 1.0, 1.0))


class Background:
    """Runs one thing at a time beside the screen; a new one, or an end, stops the one before."""

    def __init__(self, post: Callable[[Event], None], journal: Journal) -> None:
        """`post` hands what was found to the main loop, from another thread."""
        self._post = post
        self._journal = journal
        self._stop = Signal()
        self._thread: Thread | None = None

    def begin(self, work: Callable[[Signal], Iterator[Event]]) -> None:
        """Stop what runs and begin something else; what it yields is posted, and that it broke, should it break."""
        self.end()
        self._stop = stop = Signal()

        def run() -> None:
            try:
                for event in work(stop):
                    if stop.is_set():
                        return
                    self._post(event)
            except Exception as error:  # noqa: BLE001 - the thread's boundary
                incident = self._journal.incident(error)
                if not stop.is_set():
                    self._post(Broke(incident))

        self._thread = Thread(target=run, name="self-test", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop what runs, soon."""
        self._stop.set()


def shining(panel: Panel) -> Callable[[Signal], Iterator[Event]]:
    """Return work that shows the lamp's colours in turn until it is stopped."""

    def work(stop: Signal) -> Iterator[Event]:
        while not stop.is_set():
            for colour in LIGHTS:
                panel.light(colour)
                if stop.wait(SHOWN):
                    break
        panel.light((0.0, 0.0, 0.0))
        yield from ()

    return work


def reading(reader: Reader) -> Callable[[Signal], Iterator[Event]]:
    """Return work that tells what every card is that is laid down, until it is stopped."""

    def work(stop: Signal) -> Iterator[Event]:
        while not stop.is_set():
            found = probes.card(reader, stop)
            if found is None:
                return
            yield Found(Part.READER, found)
            probes.lifted(reader, stop)
            stop.wait(probes.CARD_WAIT)

    return work


def looking(look: Callable[[Signal], Iterator[tuple[Part, Finding]]]) -> Callable[[Signal], Iterator[Event]]:
    """Return work that tells what was found at each part that needs no hand."""

    def work(stop: Signal) -> Iterator[Event]:
        for part, finding in look(stop):
            yield Found(part, finding)

    return work


def beep(panel: Panel) -> None:
    """Sound the buzzer twice."""
    panel.play(Sound.DONE)
