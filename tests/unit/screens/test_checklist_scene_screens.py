from dataclasses import replace

import pytest

from kiosk.journey.events import ItemTicked, Pressed
from kiosk.journey.map import Outcome, Step
from kiosk.screens.area import area_of
from kiosk.screens.describe import describe
from kiosk.screens.scenes import SCENES
from kiosk.screens.theme import theme_for

ITEMS = "card", "password", "bare_card"
arrange = SCENES[Step.CHECKLIST]


@pytest.fixture
def checklist(view):
    return replace(view, step=Step.CHECKLIST, checklist=ITEMS)


def test_two_of_three_do_not_open_the_way(checklist, area, theme, catalogue):
    seen = replace(checklist, ticked=frozenset(ITEMS[:2]))
    said = describe(arrange(seen, area, theme, catalogue["ja"]))
    assert said.title == "申請へ進む前のご確認"
    assert [item.on for item in said.checks] == [True, True, False]
    assert said.target("申請へ進む") is None
    assert "あと1つ チェックすると進めます" in said.paragraphs


def test_three_of_three_open_the_way(checklist, area, theme, catalogue):
    said = describe(arrange(replace(checklist, ticked=frozenset(ITEMS)), area, theme, catalogue["ja"]))
    assert said.target("申請へ進む").press == Pressed(Outcome.NEXT)


def test_each_row_ticks_its_item(checklist, area, theme, catalogue):
    said = describe(arrange(checklist, area, theme, catalogue["ja"]))
    assert [item.press for item in said.checks] == [ItemTicked(item) for item in ITEMS]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("size", [1.0, 1.2, 1.4, 1.6])
@pytest.mark.parametrize("panel", [((1280, 800), (217, 136)), ((800, 480), (154, 86))])
def test_words_fit_and_targets_are_large_and_apart(kit, checklist, catalogue, language, size, panel):
    area = area_of(kit.tokens, *panel)
    theme = theme_for(kit, area, text_factor=size)
    widgets = arrange(checklist, area, theme, catalogue[language])
    assert [widget for widget in widgets if not widget.fits(theme)] == []
    targets = [widget.rect for widget in widgets if widget.press is not None]
    assert all(min(rect.w, rect.h) >= (78 if area.small else 88) for rect in targets)
    for index, rect in enumerate(targets):
        assert not any(rect.grown(3).meets(other) for other in targets[index + 1 :])
