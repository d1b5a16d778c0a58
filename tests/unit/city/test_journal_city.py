"""A log line holds codes and facts, never what an exception or a foreign library had to say."""

from __future__ import annotations

import json
import logging

from city.journal import JournalFormatter, note


def formatted(record: logging.LogRecord) -> dict:
    return json.loads(JournalFormatter().format(record))


def test_an_event_is_one_json_line(caplog):
    logger = logging.getLogger("city")
    logger.addHandler(caplog.handler)
    try:
        with caplog.at_level(logging.INFO, "city"):
            note("application.taken", kiosk="kiosk-demo", bytes=100)
    finally:
        logger.removeHandler(caplog.handler)
    line = formatted(caplog.records[-1])
    assert (line["event"], line["kiosk"], line["bytes"]) == ("application.taken", "kiosk-demo", 100)


def test_of_an_exception_only_type_and_place_are_kept():
    try:
        raise ValueError("鶴ヶ島　花子")  # noqa: TRY301
    except ValueError as error:
        info = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Error: %s", ("/花子",), info)
    text = JournalFormatter().format(record)
    assert "花子" not in text
    line = json.loads(text)
    assert (line["error"], line["event"]) == ("ValueError", "Error: %s")
    assert line["place"].startswith("test_journal_city.py:")
