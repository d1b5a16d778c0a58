"""One kit for all tests of the screens; no display is needed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ["SDL_VIDEODRIVER"] = "dummy"

from typing import TYPE_CHECKING

from kiosk.journey.map import Step
from kiosk.journey.place import Place
from kiosk.journey.view import View
from kiosk.screens.area import Area, area_of
from kiosk.screens.kit import Kit, load_kit
from kiosk.screens.texts import Texts, load_texts
from kiosk.screens.theme import Theme, theme_for
from kiosk.screens.window import close_window, open_window

if TYPE_CHECKING:
    from collections.abc import Iterator

BIG = (1280, 800), (217, 136)
TEXTS = Path(__file__).parents[3] / "config" / "texts"
PLACE = Place(
    city="鶴ヶ島市",
    seal="鶴",
    service="電子申請",
    receiver="鶴ヶ島市長",
    counter="2番窓口（市民課）",
    pick_up="3番窓口（市民課）",
    hours="8:30〜17:15",
    kiosk="申請機 03",
    demo=True,
)


@pytest.fixture(scope="session")
def kit() -> Iterator[Kit]:
    open_window((1280, 800), fullscreen=False)
    yield load_kit()
    close_window()


@pytest.fixture(scope="session")
def area(kit: Kit) -> Area:
    return area_of(kit.tokens, *BIG)


@pytest.fixture(scope="session")
def theme(kit: Kit, area: Area) -> Theme:
    return theme_for(kit, area)


@pytest.fixture(scope="session")
def catalogue() -> dict[str, Texts]:
    return load_texts(TEXTS, ("ja", "en"))


@pytest.fixture
def view() -> View:
    return View(step=Step.FORM_PAGE, place=PLACE)
