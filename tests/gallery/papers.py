"""The very page that would be signed, set and drawn by the program's own parts, with a fixed number and date."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kiosk.application.container import entries_of
from kiosk.application.fonts import FontFiles
from kiosk.application.page import view_pdf
from kiosk.application.picture import page_count, render_page
from kiosk.application.prepared import Prepared
from kiosk.config import load
from kiosk.screens.texts import Texts, load_texts
from kiosk.sheets import sheets_of
from kiosk.workers.clerk import PICTURE_WIDTH
from kiosk.workers.drafting import Desk, application_of
from kiosk.workers.sheets import shown_page
from tests.turned_clock import TurnedClock

if TYPE_CHECKING:
    from kiosk.application.picture import Picture
    from kiosk.journey.commands import Draft
    from kiosk.journey.place import Place
    from kiosk.workers.sheets import Sheet

ROOT = Path(__file__).parents[2]
TRANSACTION = "3f1c0a52-6d0e-4c1b-9a77-0b7f5d3f2a10"
NOW = datetime(2026, 11, 24, 1, 42, tzinfo=UTC)  # 10:42 in Japan


@cache
def configuration() -> dict[str, Any]:
    """Return the configuration that is shipped."""
    return msgspec.toml.decode((ROOT / "config/kiosk.toml").read_bytes())


def spoken() -> tuple[str, ...]:
    """Return all languages that the kiosk offers."""
    return tuple(configuration()["kiosk"]["languages"])


@cache
def catalogue() -> dict[str, Texts]:
    """Return the kiosk's words in all languages."""
    return load_texts(ROOT / "config" / "texts", spoken())


_DONE: dict[tuple[str, str, bool], Prepared] = {}


def prepared(draft: Draft, place: Place) -> Prepared:
    """Return what the clerk would answer to PreparePage; the same application is set only once."""
    asked = draft.language, json.dumps([draft.answers, draft.origins], sort_keys=True), place.demo
    if asked not in _DONE:
        _DONE[asked] = _set(draft, place)
    return _DONE[asked]


def _set(draft: Draft, place: Place) -> Prepared:
    texts = catalogue()["ja"]
    desk = Desk("kiosk-03", place.receiver, place.demo, texts("consent.id"), texts("consent.statement"))
    application = replace(application_of(draft, desk, TurnedClock(NOW)), transaction_id=TRANSACTION)
    page = view_pdf(application, FontFiles())
    if draft.language == "ja":
        return Prepared(application, entries_of(application, page), _pictures(page))
    beside = shown_page(application, draft, _sheets()[draft.language])
    signed = _pictures(page)
    return Prepared(application, entries_of(application, page, (beside,)), signed + _pictures(beside.data), len(signed))


@cache
def _sheets() -> dict[str, Sheet]:
    config = load(ROOT / "config/kiosk.toml")
    return sheets_of(catalogue(), config.city, config.journey.checklist, config.fonts)


@cache
def _pictures(page: bytes) -> tuple[Picture, ...]:
    """Draw each page once: English and Japanese visits end in the same bytes."""
    return tuple(render_page(page, index, PICTURE_WIDTH) for index in range(page_count(page)))
