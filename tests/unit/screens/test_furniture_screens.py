from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.journey.events import Dismissed, Opened, Overlay, Pressed
from kiosk.journey.map import Outcome, Step
from kiosk.screens.actions import Act, Actions, back, go, stop
from kiosk.screens.area import area_of
from kiosk.screens.describe import describe
from kiosk.screens.furniture import furniture, heading, opening
from kiosk.screens.theme import Type, theme_for
from kiosk.screens.widgets.button import Kind
from kiosk.screens.widgets.surfaces import Band

PANELS = [((1280, 800), (217, 136)), ((800, 480), (154, 86)), ((1024, 600), (154, 86)), ((1920, 1200), (217, 136))]
LEAVE, ON = Pressed(Outcome.LEAVE), Pressed(Outcome.NEXT)


def rect_of(widgets, text):
    return next(item.rect for item in describe(widgets).items if item.text == text)


def bands(widgets):
    return [(widget.rect.as_tuple(), widget.colour) for widget in widgets if isinstance(widget, Band)]


def test_the_buttons_are_where_the_design_has_them(view, area, theme, catalogue):
    actions = Actions(back=back("戻る", LEAVE), main=go("次へ", ON), hint="すべて入力できました")
    parts = furniture(view, area, theme, catalogue["ja"], actions)
    assert rect_of(parts, "戻る").as_tuple() == (48, 688, 208, 96)
    assert rect_of(parts, "次へ").as_tuple() == (784, 688, 448, 96)
    assert rect_of(parts, "職員を呼ぶ").as_tuple() == (1064, 8, 168, 88)
    assert rect_of(parts, "すべて入力できました").right == 784 - 24


def test_a_longer_word_widens_its_button(view, area, theme, catalogue):
    parts = furniture(view, area, theme, catalogue["ja"], Actions(back=stop("やめる", LEAVE)))
    assert 210 <= rect_of(parts, "やめる").w <= 216


def test_a_hint_alone_ends_at_the_margin(view, area, theme, catalogue):
    parts = furniture(view, area, theme, catalogue["ja"], Actions(back=stop("やめる", LEAVE), hint="選んでください。"))
    assert rect_of(parts, "選んでください。").right == 1232


def test_a_second_button_stands_beside_the_first(view, area, theme, catalogue):
    actions = Actions(back=back("戻る", LEAVE), second=Act("同意しない", LEAVE), main=go("同意する", ON))
    parts = furniture(view, area, theme, catalogue["ja"], actions)
    assert rect_of(parts, "同意しない").x == rect_of(parts, "戻る").right + 16


def test_a_disabled_way_on_loses_its_arrow():
    assert go("申請へ進む", ON).after == "next"
    assert go("申請へ進む", ON, enabled=False).after is None
    assert go("申請へ進む", ON).kind is Kind.PRIMARY


@pytest.mark.parametrize(
    ("panel", "size"),
    [(panel, size) for panel in PANELS for size in (1.0, 1.2, 1.4, 1.6) if panel[0][0] != 1024 or size < 1.4],
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_everything_fits_on_every_panel(kit, view, catalogue, panel, size, language):
    area = area_of(kit.tokens, *panel)
    theme = theme_for(kit, area, text_factor=size)
    texts = catalogue[language]
    actions = Actions(
        back=back(texts("button.back"), LEAVE), main=go(texts("button.next"), ON), hint=texts("checklist.left", left=1)
    )
    widgets = [*furniture(view, area, theme, texts, actions), *opening(view, area, theme, texts, serving=True)]
    assert [widget for widget in widgets if not widget.fits(theme)] == []
    targets = [widget.rect for widget in widgets if widget.press is not None]
    assert len(targets) == 4
    for index, rect in enumerate(targets):
        assert area.panel.union(rect) == area.panel
        assert not any(rect.grown(4).meets(other) for other in targets[index + 1 :])


def test_the_staff_call_never_moves(kit, view, area, catalogue):
    places = set()
    for step in Step:
        for texts in catalogue.values():
            seen = replace(view, step=step)
            for size in (1.0, 1.6):
                theme = theme_for(kit, area, text_factor=size)
                parts = furniture(seen, area, theme, texts)
                places |= {w.rect for w in parts if w.press == Opened(Overlay.STAFF)}
    assert places == {area.staff_call}


def test_simulation_is_marked_on_the_header(view, area, theme, catalogue):
    demo = furniture(view, area, theme, catalogue["ja"])
    assert ((0, 0, 1280, 8), "here") in bands(demo)
    assert "鶴ヶ島市 模擬" in {item.text for item in describe(demo).items}
    real = replace(view, place=replace(view.place, demo=False))
    parts = furniture(real, area, theme, catalogue["ja"])
    assert ((0, 0, 1280, 8), "here") not in bands(parts)
    assert "鶴ヶ島市 電子申請" in {item.text for item in describe(parts).items}


def test_a_banner_for_developers_is_said(view, area, theme, catalogue):
    seen = replace(view, place=replace(view.place, banner="direct reader"))
    parts = furniture(seen, area, theme, catalogue["ja"])
    assert rect_of(parts, "direct reader").bottom <= area.header.bottom


def test_called_staff_are_told_so(view, area, theme, catalogue):
    parts = furniture(replace(view, staff_called=True), area, theme, catalogue["ja"])
    assert catalogue["ja"]("header.staff_called") in {item.text for item in describe(parts).buttons}


def test_before_and_after_service_the_state_takes_the_step_bars_place(view, area, theme, catalogue):
    middle = opening(view, area, theme, catalogue["ja"], serving=True)
    said = describe(furniture(view, area, theme, catalogue["ja"], middle=middle))
    assert said.step == ""
    assert {"ただいま受付中", view.place.hours} <= {item.text for item in said.items}
    closed = describe(opening(view, area, theme, catalogue["ja"], serving=False))
    assert [item.text for item in closed.items] == [catalogue["ja"]("header.closed")]


def test_a_heading_is_the_title_and_can_be_lifted(area, theme):
    assert heading(area, theme, "利用のご案内").rect.as_tuple() == (48, 128, 1184, 62)
    lifted = heading(area, theme, "利用のご案内", up=10, width=700)
    assert (lifted.rect.y, lifted.rect.w, lifted.face) == (118, 700, Type.HEADING)
    assert describe([lifted]).title == "利用のご案内"


def test_without_actions_there_is_no_action_bar(view, area, theme, catalogue):
    parts = furniture(view, area, theme, catalogue["ja"])
    assert all(rect[1] < 104 for rect, _ in bands(parts))
    assert Dismissed() not in [widget.press for widget in parts]
