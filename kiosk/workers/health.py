"""Can the kiosk serve? Reasons against it come from several places; the journey hears the sum."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from kiosk.journey.events import ServiceChanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.journal import Journal
    from kiosk.journey.events import Event


class Health:
    """Collects what is wrong and posts ServiceChanged when the answer changes."""

    def __init__(self, post: Callable[[Event], None], journal: Journal) -> None:
        self._post = post
        self._journal = journal
        self._wrong: set[str] = set()
        self._lock = Lock()

    def report(self, part: str, *, well: bool) -> None:
        """Hear from `part` ("reader", "spool", "clock") whether it is well."""
        with self._lock:
            before = min(self._wrong, default="")
            (self._wrong.discard if well else self._wrong.add)(part)
            now = min(self._wrong, default="")
        if now != before:
            self._journal.warn("service", open=not now, reason=now or "none")
            self._post(ServiceChanged(open=not now, reason=now))
