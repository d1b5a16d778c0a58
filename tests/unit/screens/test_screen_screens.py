from dataclasses import replace

import pygame
import pytest
from mock_scenes import form, idle, kana, password

from kiosk.screens.focus import moved, targets
from kiosk.screens.rect import Rect
from kiosk.screens.screen import Screen, dressed
from kiosk.screens.theme import theme_for
from kiosk.screens.tokens import ThemeName
from kiosk.screens.widgets.entry import Entry
from kiosk.screens.widgets.key import Key

SIZE = 1280, 800


def pixels(surface):
    return pygame.image.tobytes(surface, "RGB")


def whole(widgets, theme, **looks):
    surface = pygame.Surface(SIZE)
    Screen(surface).show(widgets, theme, **looks)
    return pixels(surface)


@pytest.fixture
def screen(kit):
    return Screen(pygame.Surface(SIZE))


def test_the_same_scene_is_not_drawn_again(screen, view, area, theme, catalogue):
    scene = kana(view, area, theme, catalogue["ja"])
    assert screen.show(scene, theme) == [Rect(0, 0, *SIZE)]
    assert screen.show(kana(view, area, theme, catalogue["ja"]), theme) == []


def test_only_what_changed_is_drawn_and_the_result_is_the_same(screen, view, area, theme, catalogue):
    before = kana(view, area, theme, catalogue["ja"])
    after = [replace(w, text="わたなべた", composing=5) if isinstance(w, Entry) else w for w in before]
    screen.show(before, theme)
    parts = screen.show(after, theme)
    assert len(parts) == 1
    assert parts[0].h < 120
    assert pixels(screen.surface) == whole(after, theme)


def test_a_pressed_key_costs_its_own_rectangle(screen, view, area, theme, catalogue):
    scene = kana(view, area, theme, catalogue["ja"])
    key = next(w for w in scene if isinstance(w, Key) and w.text == "な")
    screen.show(scene, theme)
    assert screen.show(scene, theme, pressed=[key]) == [key.rect.grown(6)]
    assert pixels(screen.surface) == whole(scene, theme, pressed=[key])
    assert pixels(screen.surface) != whole(scene, theme)
    screen.show(scene, theme)
    assert pixels(screen.surface) == whole(scene, theme)


def test_a_password_key_looks_the_same_pressed(view, area, theme, catalogue):
    scene = password(view, area, theme, catalogue["ja"])
    keys = [w for w in scene if w.secret]
    assert len(keys) == 37
    assert dressed(scene, theme, pressed=keys) == scene
    assert whole([replace(w, pressed=w.secret) for w in scene], theme) == whole(scene, theme)


def test_a_dialog_comes_and_goes_without_a_trace(screen, view, area, theme, catalogue):
    below, above = form(view, area, theme, catalogue["ja"]), idle(view, area, theme, catalogue["ja"])
    screen.show(below, theme)
    screen.show(above, theme)
    assert pixels(screen.surface) == whole(above, theme)
    screen.show(below, theme)
    assert pixels(screen.surface) == whole(below, theme)


def test_the_focus_moves_without_a_trace(screen, view, area, theme, catalogue):
    scene = form(view, area, theme, catalogue["ja"])
    first = moved(scene, None, 1)
    second = moved(scene, first, 1)
    screen.show(scene, theme, focused=first)
    screen.show(scene, theme, focused=second)
    assert pixels(screen.surface) == whole(scene, theme, focused=second)


def test_another_theme_draws_everything(screen, view, area, theme, kit, catalogue):
    scene = form(view, area, theme, catalogue["ja"])
    screen.show(scene, theme)
    assert screen.show(scene, theme_for(kit, area, ThemeName.DARK)) == [Rect(0, 0, *SIZE)]


def test_forgetting_leaves_nothing_on_the_screen(screen, view, area, theme, catalogue):
    screen.show(form(view, area, theme, catalogue["ja"]), theme)
    screen.forget()
    assert set(pixels(screen.surface)) == {0}
    assert "049" not in repr(vars(screen))


def test_the_focus_walks_in_reading_order_and_comes_round(view, area, theme, catalogue):
    scene = form(view, area, theme, catalogue["ja"])
    places = targets(scene)
    assert places[-1].press is not None
    assert moved(scene, places[-1], 1) == places[0]
    assert moved(scene, places[0], -1) == places[-1]
    assert all(w.enabled for w in places)


def test_under_a_veil_the_dialog_and_the_header_have_the_focus(view, area, theme, catalogue):
    scene = idle(view, area, theme, catalogue["ja"])
    assert [w.text for w in targets(scene)] == ["続ける", "時間をのばす", "終わる", "文字・言語", "職員を呼ぶ"]


def test_a_frame_stands_until_it_is_lost(screen, view, area, theme, catalogue):
    scene = kana(view, area, theme, catalogue["ja"])
    assert not screen.stands(), "nothing was drawn yet"
    screen.show(scene, theme)
    assert screen.stands()
    screen.show(scene, theme, pressed=[w for w in scene if isinstance(w, Key) and w.text == "な"])
    assert screen.stands(), "also after a part was drawn"
    screen.surface.fill((0, 0, 0))
    assert not screen.stands()
    screen.forget()
    screen.show(scene, theme)
    assert screen.stands()


def test_one_colour_all_over_is_no_frame(screen, theme):
    screen.show([], theme)
    assert not screen.stands()
