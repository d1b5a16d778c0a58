"""The layout for a seat, a wheelchair, a child: every target of every scene in the lower half, 15 mm and apart."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest

from kiosk.journey.events import Opened, Overlay
from kiosk.screens.area import lower_half
from kiosk.screens.describe import describe
from kiosk.screens.focus import targets
from kiosk.screens.low_hint import LowHint, settled
from kiosk.screens.rect import Rect
from kiosk.screens.shot import drawn
from kiosk.screens.widgets.notice import Notice
from kiosk.screens.widgets.surfaces import Band, Dialog, Sheet, Veil
from tests.gallery.checks import distance
from tests.gallery.easel import BIG, easels
from tests.gallery.views import Manner, states, view_of

MIDDLE = 400
GROUNDS = (Band, Dialog, Sheet, Veil)
_EASELS = cache(easels)


def lowered(name: str, language: str = "ja", size: float = 1.0):
    """Return the view of a state as it is in the lower half: one question at a time, three answers a page."""
    return view_of(name, language, size, manner=Manner.LOWER)


def scene(name: str, language: str = "ja", size: float = 1.0):
    return _EASELS()[BIG].stage.arrange(lowered(name, language, size))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", states())
def test_every_target_is_within_reach(name, language):
    widgets = scene(name, language)
    seen = targets(widgets)
    high = [widget for widget in widgets if widget in seen and widget.rect.y < MIDDLE]
    assert not high
    assert all(min(widget.rect.size) >= 88 for widget in seen), [w for w in seen if min(w.rect.size) < 88]
    assert all(widget.rect.bottom <= 800 for widget in seen)
    for one, other in combinations(seen, 2):
        assert distance(one.rect, other.rect) >= 8, (one, other)


@pytest.mark.parametrize("size", [1.0, 1.6])
@pytest.mark.parametrize("name", states())
def test_words_fit_and_nothing_lies_over_a_target(name, size):
    easel = _EASELS()[BIG]
    view = lowered(name, "ja", size)
    widgets = easel.stage.arrange(view)
    seen = targets(widgets)
    first = next((at for at in range(len(widgets) - 1, -1, -1) if isinstance(widgets[at], Veil)), -1)
    over = [widget for widget in widgets[first + 1 :] if not isinstance(widget, GROUNDS)]
    theme = easel.theme(view)
    cut = [widget for widget in over if not widget.fits(theme)]
    assert not cut
    for widget in over:
        if widget.meaning() is not None and widget not in seen and widget.press is None:
            assert not any(distance(widget.rect, target.rect) < 0 for target in seen), widget


@pytest.mark.parametrize("name", states())
def test_staff_and_settings_keep_their_one_place(name):
    widgets = scene(name)
    area = lower_half(_EASELS()[BIG].area, _EASELS()[BIG].kit.tokens)
    places = {target.press: target.rect for target in targets(widgets)}
    assert places[Opened(Overlay.STAFF)] == area.staff_call
    assert places[Opened(Overlay.SETTINGS)] == area.display_settings


def test_a_small_panel_lies_within_reach_as_a_whole():
    easel = _EASELS()["800x480"]
    assert lower_half(easel.area, easel.kit.tokens) == easel.area


def test_it_can_be_drawn():
    easel = _EASELS()[BIG]
    view = lowered("checklist.one")
    assert drawn(easel.stage.arrange(view), easel.theme(view), (1280, 800)).get_size() == (1280, 800)


# ---- the hint ---------------------------------------------------------------------------------------------------


def hint_of(name: str, language: str = "ja", size: float = 1.0) -> list:
    words = ("あと", "Faltam", "2 more", "マイナンバーカードは")
    view = view_of(name, language, size, manner=Manner.LOWER)
    widgets = _EASELS()[BIG].stage.arrange(view)
    return [item for item in describe(widgets).items if item.text.startswith(words) and not item.press]


@pytest.mark.parametrize("size", [1.0, 1.6])
@pytest.mark.parametrize(("name", "language"), [("checklist.one", "ja"), ("prefill-pin.two", "pt")])
def test_a_way_that_is_not_open_says_why(name, language, size):
    assert hint_of(name, language, size)


def test_a_hint_takes_no_place_that_is_taken():
    easel = _EASELS()[BIG]
    theme = easel.theme(view_of("attract", "ja"))
    area = lower_half(easel.area, easel.kit.tokens)
    hint = LowHint(Rect(592, 696, 20, 88), "さきに入力してください")
    free = settled([hint], area, theme)[0]
    assert free.rect.bottom == area.reading.bottom
    taken = Notice(area.reading, "すべてを読んでください")
    beside = settled([taken, hint], area, theme)
    assert len(beside) == 2
    assert not beside[1].rect.meets(taken.rect)
    full = Notice(area.panel, "どこにも")
    assert settled([full, hint], area, theme) == [full]
    assert len(settled([full, replace(hint, must=True)], area, theme)) == 2
