"""The city's log: one JSON line per event with codes and facts; of an exception its type and place, never its text."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path

_log = logging.getLogger("city")


def note(event: str, **facts: str | float | bool) -> None:
    """Write one event; facts are codes, numbers and sizes, never anything about a person."""
    _log.info(event, extra={"facts": facts})


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


class JournalFormatter(logging.Formatter):
    """Formats every record, ours and Django's, as such a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; the message of a foreign record is kept only as its template, without what was filled in."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": moment, "level": record.levelname.lower(), "event": str(record.msg)}
        line |= getattr(record, "facts", {})
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line |= {"error": type(error).__name__, "place": _place(error)}
        return json.dumps(line, ensure_ascii=False)
