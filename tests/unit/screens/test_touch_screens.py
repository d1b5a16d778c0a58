import pygame
import pytest

from kiosk.journey.events import CellPressed, CharacterTyped
from kiosk.screens.rect import Rect
from kiosk.screens.touch import BOUNCE_MS, PRESS_MS, SETTLE_MS, STUCK_MS, Touch
from kiosk.screens.widgets.button import Button
from kiosk.screens.widgets.key import Key
from kiosk.screens.widgets.surfaces import Veil

A, B = CharacterTyped("あ"), CharacterTyped("い")
ONE = Button(Rect(0, 0, 100, 100), "あ", press=A)
TWO = Button(Rect(110, 0, 100, 100), "い", press=B)
SCENE = [ONE, TWO]
KINDS = {"down": pygame.FINGERDOWN, "up": pygame.FINGERUP, "move": pygame.FINGERMOTION}
MOUSE = {"down": pygame.MOUSEBUTTONDOWN, "up": pygame.MOUSEBUTTONUP, "move": pygame.MOUSEMOTION}


@pytest.fixture
def touch(kit):
    return Touch((1280, 800))


def finger(what, x, y, number=0, touch_id=5):
    return pygame.Event(KINDS[what], x=x / 1280, y=y / 800, finger_id=number, touch_id=touch_id)


def mouse(what, x, y, *, touch=False, button=1):
    parts = {"pos": (x, y), "touch": touch} | ({} if what == "move" else {"button": button})
    return pygame.Event(MOUSE[what], **parts)


def tap(touch, x, y, now, scene=SCENE, number=0):
    touch.handle(finger("down", x, y, number), scene, now)
    return touch.handle(finger("up", x, y, number), scene, now + 30)


def test_down_and_up_in_one_target_is_a_press(touch):
    assert touch.handle(finger("down", 50, 50), SCENE, 0) is None
    assert touch.handle(finger("up", 60, 40), SCENE, 100) == A


def test_up_in_another_target_is_none(touch):
    touch.handle(finger("down", 50, 50), SCENE, 0)
    assert touch.handle(finger("up", 150, 50), SCENE, 100) is None


def test_leaving_cancels_even_when_the_finger_comes_back(touch):
    touch.handle(finger("down", 50, 50), SCENE, 0)
    touch.handle(finger("move", 50, 300), SCENE, 20)
    touch.handle(finger("move", 50, 50), SCENE, 40)
    assert touch.handle(finger("up", 50, 50), SCENE, 60) is None


def test_a_panel_without_motion_events_works(touch):
    assert tap(touch, 50, 50, 0) == A


def test_one_touch_is_told_once_though_sdl_tells_it_twice(touch):
    told = [
        touch.handle(finger("down", 50, 50), SCENE, 0),
        touch.handle(mouse("down", 50, 50, touch=True), SCENE, 0),
        touch.handle(finger("up", 50, 50), SCENE, 90),
        touch.handle(mouse("up", 50, 50, touch=True), SCENE, 90),
    ]
    assert [event for event in told if event] == [A]


def test_one_click_is_told_once_though_sdl_makes_a_finger_of_it(touch):
    told = [
        touch.handle(finger("down", 50, 50, touch_id=-1), SCENE, 0),
        touch.handle(mouse("down", 50, 50), SCENE, 0),
        touch.handle(finger("up", 50, 50, touch_id=-1), SCENE, 90),
        touch.handle(mouse("up", 50, 50), SCENE, 90),
    ]
    assert [event for event in told if event] == [A]


def test_other_mouse_buttons_do_nothing(touch):
    touch.handle(mouse("down", 50, 50, button=3), SCENE, 0)
    assert touch.handle(mouse("up", 50, 50, button=3), SCENE, 50) is None


def test_two_fingers_type_two_keys(touch):
    touch.handle(finger("down", 50, 50, 1), SCENE, 0)
    touch.handle(finger("down", 150, 50, 2), SCENE, 20)
    assert touch.handle(finger("up", 50, 50, 1), SCENE, 40) == A
    assert touch.handle(finger("up", 150, 50, 2), SCENE, 60) == B


def test_a_bounce_is_not_a_second_press(touch):
    assert tap(touch, 50, 50, 0) == A
    assert tap(touch, 50, 50, 30 + BOUNCE_MS - 1) is None
    assert tap(touch, 50, 50, 200) == A


def test_a_target_that_came_up_under_the_finger_waits(touch):
    fresh = [Button(Rect(0, 0, 100, 100), "う", press=CharacterTyped("う"))]
    assert tap(touch, 50, 50, 0) == A
    assert tap(touch, 50, 50, 100, fresh) is None
    assert tap(touch, 50, 50, 31 + SETTLE_MS, fresh) == CharacterTyped("う")


def test_fast_typing_on_keys_that_were_there_is_never_held_back(touch):
    assert tap(touch, 50, 50, 0) == A
    assert tap(touch, 150, 50, 60) == B
    assert tap(touch, 50, 50, 120) == A


def test_disabled_parts_and_empty_ground_take_nothing(touch):
    off = [Button(Rect(0, 0, 100, 100), "次へ", press=A, enabled=False)]
    assert tap(touch, 50, 50, 0, off) is None
    assert tap(touch, 700, 700, 500) is None


def test_a_veil_lets_nothing_through(touch):
    over = Button(Rect(300, 300, 100, 100), "続ける", press=B)
    scene = [ONE, Veil(Rect(0, 0, 1280, 800)), over]
    assert tap(touch, 50, 50, 0, scene) is None
    assert tap(touch, 350, 350, 500, scene) == B


def test_a_press_shows_for_eighty_milliseconds(touch):
    touch.handle(finger("down", 50, 50), SCENE, 1000)
    assert touch.pressed(SCENE, 1000) == [ONE]
    touch.handle(finger("up", 50, 50), SCENE, 1030)
    assert touch.pressed(SCENE, 1030) == [ONE]
    assert touch.due(1030) == PRESS_MS - 30
    assert touch.pressed(SCENE, 1000 + PRESS_MS) == []
    assert touch.due(1000 + PRESS_MS) is None


def test_a_secret_key_never_looks_pressed(touch):
    key = Key(Rect(0, 0, 88, 88), "A", press=CellPressed(0), secret=True)
    touch.handle(finger("down", 40, 40), [key], 0)
    assert touch.pressed([key], 0) == []
    assert touch.handle(finger("up", 40, 40), [key], 20) == CellPressed(0)
    assert touch.pressed([key], 20) == []
    assert touch.due(20) is None


def test_what_is_held_at_the_end_of_a_visit_does_not_act_in_the_next(touch):
    touch.handle(finger("down", 50, 50), SCENE, 0)
    touch.forget()
    assert touch.handle(finger("up", 50, 50), SCENE, 50) is None


def test_a_second_tap_does_not_turn_the_next_page_too(touch):
    """次へ lies at the same place on every page and sends the same: who taps twice must still see the page between."""
    assert tap(touch, 50, 50, 0) == A
    touch.settle("page 2", 40)
    assert tap(touch, 50, 50, 150) is None
    assert tap(touch, 50, 50, 41 + SETTLE_MS) == A


def test_typing_goes_on_while_the_scene_stays(touch):
    touch.settle("entry", 0)
    assert tap(touch, 50, 50, 500) == A
    touch.settle("entry", 540)
    assert tap(touch, 50, 50, 600) == A


def test_what_lies_on_the_glass_for_a_minute_is_stuck_and_acts_for_nobody(touch):
    touch.handle(finger("down", 50, 50), SCENE, 0)
    touch.handle(finger("move", 52, 50), SCENE, 20_000)
    assert not touch.stuck(STUCK_MS - 1)
    assert touch.stuck(STUCK_MS)
    touch.forget()
    assert touch.stuck(STUCK_MS + 1), "it lies there in the next visit, too"
    assert touch.handle(finger("up", 50, 50), SCENE, STUCK_MS + 2) is None
    assert not touch.stuck(STUCK_MS + 3)


def test_beside_every_target_it_is_stuck_as_well_while_other_fingers_go_on(touch):
    touch.handle(finger("down", 500, 500, number=1), SCENE, 0)
    for at in range(100, STUCK_MS, 10_000):
        assert tap(touch, 50, 50, at) == A
    assert touch.stuck(STUCK_MS)


def test_many_short_touches_are_not(touch):
    for at in range(0, 2 * STUCK_MS, 500):
        tap(touch, 50, 50, at)
    assert not touch.stuck(2 * STUCK_MS)
