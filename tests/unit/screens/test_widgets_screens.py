from dataclasses import replace

import pygame
import pytest
from components_sheet import SIZE, sheet
from mock_scenes import MOCKS

from kiosk.screens.area import area_of
from kiosk.screens.canvas import Canvas
from kiosk.screens.rect import Rect
from kiosk.screens.shot import drawn, save_png
from kiosk.screens.theme import Face, Type, theme_for
from kiosk.screens.tokens import ThemeName
from kiosk.screens.widgets.button import Button, Kind
from kiosk.screens.widgets.entry import Entry
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.picture import QrCode
from kiosk.screens.widgets.step_bar import StepBar

MARK = 255, 0, 255


def painted(widget, theme, bleed=40):
    """Return the part of a marked ground that a widget has changed, from its rectangle's corner."""
    rect = widget.rect
    surface = pygame.Surface((rect.w + 2 * bleed, rect.h + 2 * bleed))
    surface.fill(MARK)
    canvas = Canvas(surface, theme)
    replace(widget, rect=Rect(bleed, bleed, rect.w, rect.h)).draw(canvas)
    untouched = pygame.mask.from_threshold(surface, MARK, (1, 1, 1))
    untouched.invert()
    boxes = untouched.get_bounding_rects()
    return boxes[0].unionall(boxes[1:]).move(-bleed, -bleed) if boxes else None


@pytest.mark.parametrize("name", list(MOCKS))
def test_every_widget_stays_within_its_rectangle(name, view, area, theme, catalogue):
    for widget in MOCKS[name](view, area, theme, catalogue["ja"]):
        box = painted(widget, theme)
        if box is not None:
            allowed = pygame.Rect(-2, -2, widget.rect.w + 4, widget.rect.h + 6)
            assert allowed.contains(box), widget


@pytest.mark.parametrize("name", list(MOCKS))
def test_words_fit_at_the_standard_size(name, view, area, theme, catalogue):
    misfits = [widget for widget in MOCKS[name](view, area, theme, catalogue["ja"]) if not widget.fits(theme)]
    assert misfits == []


@pytest.mark.parametrize("theme_name", list(ThemeName))
def test_the_sheet_of_parts_is_drawn_in_every_theme(kit, area, theme_name):
    theme = theme_for(kit, area, theme_name)
    surface = drawn(sheet(theme), theme, SIZE)
    colours = {tuple(surface.get_at((x, y)))[:3] for x in range(0, SIZE[0], 3) for y in range(0, SIZE[1], 3)}
    for role in ("ground", "ink", "primary", "on_primary", "here", "danger"):
        assert theme.colour(role) in colours, role


@pytest.mark.parametrize("size", [1.0, 1.2, 1.4, 1.6])
@pytest.mark.parametrize("panel", [((1280, 800), (217, 136)), ((800, 480), (154, 86))])
def test_every_mock_is_drawn_in_every_size(kit, view, catalogue, panel, size):
    area = area_of(kit.tokens, *panel)
    theme = theme_for(kit, area, text_factor=size)
    for name, mock in MOCKS.items():
        surface = drawn(mock(view, area, theme, catalogue["en"]), theme, panel[0])
        assert pygame.mask.from_threshold(surface, theme.colour("ink"), (1, 1, 1)).count() > 0, name


def test_widgets_are_values(view, area, theme, catalogue):
    for mock in MOCKS.values():
        assert mock(view, area, theme, catalogue["ja"]) == mock(view, area, theme, catalogue["ja"])


def test_a_long_entry_shows_its_end(theme):
    long = Entry(Rect(0, 0, 264, 88), "0123456789" * 4, active=True)
    box = painted(long, theme)
    assert pygame.Rect(0, 0, 264, 88).contains(box)
    tail = Entry(Rect(0, 0, 264, 88), "9" * 40 + "1", active=True)
    surfaces = [drawn([widget], theme, (300, 100)) for widget in (long, tail)]
    assert pygame.image.tobytes(surfaces[0], "RGB") != pygame.image.tobytes(surfaces[1], "RGB")


def test_a_label_knows_when_its_words_do_not_fit(theme):
    assert Label(Rect(0, 0, 400, 42), "電子署名", Type.BODY).fits(theme)
    assert not Label(Rect(0, 0, 60, 42), "電子署名", Type.BODY).fits(theme)
    assert not Label(Rect(0, 0, 200, 42), "電子署名を行うためのカード", Type.BODY).fits(theme)


def test_a_disabled_button_is_dashed_and_not_touchable(theme):
    off = Button(Rect(0, 0, 200, 96), "次へ", Kind.PRIMARY, enabled=False)
    assert not off.touchable
    surface = drawn([off], theme, (200, 96))
    top = [tuple(surface.get_at((x, 1)))[:3] for x in range(30, 170)]
    assert theme.colour("edge") in top
    assert theme.colour("sunken") in top


def test_the_step_bar_folds_at_large_sizes(kit, area):
    words = ("入力", "確認", "電子署名", "完了")
    widths = []
    for size in (1.0, 1.6):
        theme = theme_for(kit, area, text_factor=size)
        box = painted(StepBar(Rect(0, 0, 620, 56), words, 1), theme)
        widths.append(box.w)
    assert widths[1] < widths[0] <= 620


def test_a_qr_code_is_in_whole_modules_with_white_around(theme):
    surface = drawn([QrCode(Rect(0, 0, 280, 280), "K7P4-29XD-6M")], theme, (280, 280))
    row = [surface.get_at((x, 140)).r for x in range(20, 260)]
    assert set(row) == {0, 255}
    assert all(surface.get_at((x, 10)).r == 255 for x in range(20, 260))


def test_pictures_are_saved(theme, tmp_path):
    surface = drawn([Label(Rect(0, 0, 100, 42), "控え")], theme, (100, 42))
    save_png(surface, tmp_path / "shot.png")
    assert pygame.image.load(tmp_path / "shot.png").get_size() == (100, 42)


def test_a_field_tells_when_its_unit_leaves_no_room_for_what_was_typed(kit, area):
    theme = theme_for(kit, area, text_factor=1.6)
    small = Face(26, 38, most=26)
    narrow = Entry(Rect(0, 0, 240, 88), "12", hint="month")
    assert not narrow.fits(theme)
    assert replace(narrow, hint_face=small).fits(theme)
    assert not replace(narrow, hint_face=small, text="1998").fits(theme)
    assert replace(narrow, hint="").fits(theme)


def test_two_words_joined_by_a_stroke_are_not_torn_apart(kit, area):
    theme = theme_for(kit, area)
    label = Label(Rect(0, 0, 100, 88), "Vàng/đen")
    assert not label.fits(theme)
    assert replace(label, rect=Rect(0, 0, 300, 88)).fits(theme)
    assert replace(label, text="Vàng đen").fits(theme)
