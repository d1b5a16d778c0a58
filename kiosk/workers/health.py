"""Can the kiosk serve? Reasons against it come from several places; the journey hears the sum."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import ServiceChanged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiosk.journal import Journal
    from kiosk.journey.events import Event


HOURS: Final = "hours"
READER: Final = "reader"


class Health:
    """Collects what is wrong and posts ServiceChanged when the answer changes."""

    def __init__(self, post: Callable[[Event], None], journal: Journal) -> None:
        self._post = post
        self._journal = journal
        self._wrong: dict[str, Mapping[str, str]] = {}
        self._lock = Lock()

    def report(self, part: str, *, well: bool, **facts: str) -> None:
        """Hear from `part` ("reader", "spool", "clock", "hours") whether it is well; the scene may tell `facts`."""
        with self._lock:
            before = self._first(), READER in self._wrong
            if well:
                self._wrong.pop(part, None)
            else:
                self._wrong[part] = facts
            now = self._first(), READER in self._wrong
        if now != before:
            (reason, told), reader_lost = now
            self._journal.warn("service", open=not reason, reason=reason or "none")
            self._post(ServiceChanged(open=not reason, reason=reason, facts=told, reader=not reader_lost))

    @property
    def wrong(self) -> frozenset[str]:
        """The parts that are not well now."""
        with self._lock:
            return frozenset(self._wrong)

    def _first(self) -> tuple[str, Mapping[str, str]]:
        """Return what is told of all that is wrong: outside the hours nothing else matters to a citizen."""
        reason = min(self._wrong, key=lambda part: (part != HOURS, part), default="")
        return reason, self._wrong.get(reason, {})
