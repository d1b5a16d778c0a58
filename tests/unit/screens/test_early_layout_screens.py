"""From the first scene to the review: every look has room on both panels, in both languages and all sizes of text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from scenes_walk import STATES, view_at

from kiosk.screens.area import Area, area_of
from kiosk.screens.describe import describe
from kiosk.screens.rect import Rect
from kiosk.screens.scenes import SCENES
from kiosk.screens.screen import Screen
from kiosk.screens.theme import Theme, theme_for
from kiosk.screens.tokens import ThemeName
from kiosk.screens.widgets.entry import PasswordEntry
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.surfaces import Band, Sheet

if TYPE_CHECKING:
    from kiosk.forms.model import Form
    from kiosk.screens.kit import Kit
    from kiosk.screens.texts import Texts
    from kiosk.screens.widgets.base import Widget

pygame = pytest.importorskip("pygame")

PANELS = {"1280x800": ((1280, 800), (217, 136), 88), "800x480": ((800, 480), (154, 86), 78)}
GROUNDS = (Band, Sheet)


def inked(widget: Widget, theme: Theme) -> Rect:
    """Return where a label has words; of other widgets, the whole."""
    if not isinstance(widget, Label):
        return widget.rect
    rect, setting = widget.rect, theme.face(widget.face)
    lines = theme.kit.type.lines(widget.text, setting, rect.w)
    wide = round(max(theme.kit.type.line_width(line, setting) for line in lines))
    high = len(lines) * setting.line
    x = rect.x + round((rect.w - wide) * widget.align.value)
    return Rect(x, rect.y + ((rect.h - high) // 2 if widget.middle else 0), wide, high)


def faults(widgets: list[Widget], area: Area, theme: Theme, least: int) -> list[str]:
    """Return what is wrong with a layout."""
    targets = [widget for widget in widgets if widget.press is not None]
    found = [f"too small: {one.rect}" for one in targets if min(one.rect.w, one.rect.h) < least]
    for index, one in enumerate(targets):
        found += [f"too near: {one} {two}" for two in targets[index + 1 :] if one.rect.grown(7).meets(two.rect)]
    found += [f"does not fit: {widget}" for widget in widgets if not widget.fits(theme)]
    found += [f"outside: {widget}" for widget in widgets if widget.rect.clipped(area.panel) != widget.rect]
    laid = [(widget, inked(widget, theme)) for widget in widgets if not isinstance(widget, GROUNDS)]
    for index, (one, place) in enumerate(laid):
        found += [f"over one another: {one} {two}" for two, other in laid[index + 1 :] if place.meets(other)]
    return found


@pytest.mark.parametrize("text_size", [1.0, 1.2, 1.6])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("size", PANELS)
def test_everything_has_its_place(
    kit: Kit, catalogue: dict[str, Texts], size: str, language: str, text_size: float
) -> None:
    pixels, mm, least = PANELS[size]
    area = area_of(kit.tokens, pixels, mm)
    theme = theme_for(kit, area, ThemeName.LIGHT, text_size)
    found = {}
    for name in STATES:
        view = view_at(name, language, text_size, small=area.small)
        widgets = SCENES[view.step](view, area, theme, catalogue[language])
        found[name] = faults(widgets, area, theme, least)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("text_size", [1.0, 1.2, 1.6])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("size", PANELS)
def test_fourteen_digits_have_their_place_too(
    kit: Kit, catalogue: dict[str, Texts], size: str, language: str, text_size: float
) -> None:
    pixels, mm, least = PANELS[size]
    area = area_of(kit.tokens, pixels, mm)
    theme = theme_for(kit, area, ThemeName.LIGHT, text_size)
    view = replace(view_at("prefill-pin", language), pin_length=14, cells=9, attempts_left=10, text_size=text_size)
    widgets = SCENES[view.step](view, area, theme, catalogue[language])
    assert faults(widgets, area, theme, least) == []
    assert catalogue[language]("prefill-pin.number_b.rule") in describe(widgets).paragraphs
    dots = next(widget for widget in widgets if isinstance(widget, PasswordEntry))
    assert theme.px(25) + 14 * theme.px(dots.dot + 11) <= dots.rect.w


def test_a_title_without_room_is_told(kit: Kit, area: Area, theme: Theme, catalogue: dict[str, Texts]) -> None:
    view = replace(view_at("form-applicant"), form=renamed(view_at("form-applicant").form))
    assert faults(SCENES[view.step](view, area, theme, catalogue["ja"]), area, theme, 88)


def renamed(form: Form) -> Form:
    words = {**form.texts["ja"], "pages.applicant.title": "お名前を入力してください" * 9}
    return replace(form, texts={**form.texts, "ja": words})


@pytest.mark.parametrize("size", PANELS)
@pytest.mark.parametrize("theme_name", list(ThemeName))
def test_every_scene_is_drawn_in_every_theme(
    kit: Kit, catalogue: dict[str, Texts], theme_name: ThemeName, size: str
) -> None:
    pixels, mm, _least = PANELS[size]
    area = area_of(kit.tokens, pixels, mm)
    theme = theme_for(kit, area, theme_name)
    ground = theme.colour("ground")
    screen = Screen(pygame.Surface(pixels))
    for step in {view_at(name).step: name for name in STATES}.values():
        view = view_at(step, small=area.small)
        assert screen.show(SCENES[view.step](view, area, theme, catalogue["ja"]), theme)
        assert tuple(screen.surface.get_at((2, area.content.y + 4)))[:3] == ground


def test_staff_are_called_at_the_same_place_in_every_scene(
    area: Area, theme: Theme, catalogue: dict[str, Texts]
) -> None:
    places = set()
    for name in STATES:
        view = view_at(name)
        widgets = SCENES[view.step](view, area, theme, catalogue["ja"])
        places |= {one.rect for one in widgets if one.press is not None and one.meaning().text == "職員を呼ぶ"}
    assert places == {area.staff_call}


def test_the_same_view_gives_the_same_widgets(area: Area, theme: Theme, catalogue: dict[str, Texts]) -> None:
    for name in ("form-person", "entry-name", "review", "prefill-pin-full"):
        view = view_at(name)
        first, second = (SCENES[view.step](view, area, theme, catalogue["ja"]) for _ in range(2))
        assert first == second
