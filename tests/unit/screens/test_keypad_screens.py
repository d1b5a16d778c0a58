"""Next, previous, select and back alone: every scene, its dialogs, and the pad row by row."""

from __future__ import annotations

from functools import cache

import pygame
import pytest

from kiosk.journey.events import CellPressed, Dismissed, Opened, Overlay, Pressed
from kiosk.journey.map import Outcome, Step
from kiosk.screens.canvas import Canvas
from kiosk.screens.focus import ring_around, targets
from kiosk.screens.keypad import SETTLE_MS, Keypad, Move, RowOfKeys, stops, way_out
from kiosk.screens.rect import Rect
from kiosk.screens.widgets.button import Button, Kind
from tests.gallery.easel import BIG, SMALL, easels
from tests.gallery.views import states, step_of, view_of

_EASELS = cache(easels)
LATER = 10 * SETTLE_MS
# Scenes that nobody can step back from: a device works, or nothing has begun.
NO_WAY_BACK = {Step.ATTRACT, Step.PREFILL_READING, Step.SIGNING, Step.HAND_OVER, Step.TAKE_CARD, Step.FAREWELL}
NO_WAY_BACK |= {Step.OUT_OF_SERVICE, Step.RECEIPT, Step.TROUBLE}  # there the way on is the only one


def scene(name: str, size: str = BIG):
    return _EASELS()[size].stage.arrange(view_of(name, "ja"))


def walked(keypad: Keypad, widgets: list, *moves: Move):
    event = None
    for at, move in enumerate(moves):
        event = keypad.take(move, widgets, LATER * (at + 1))
    return event


@pytest.mark.parametrize("size", [BIG, SMALL])
@pytest.mark.parametrize("name", states())
def test_every_target_is_reached_and_can_be_pressed(name, size):
    widgets = scene(name, size)
    keypad, pressed = Keypad(), []
    places = stops(widgets)
    keypad.settle(widgets, name, 0)
    for place in places:
        keypad.take(Move.NEXT, widgets, LATER)
        first = keypad.take(Move.SELECT, widgets, LATER)
        if len(place) == 1:
            pressed.append(first)
            continue
        for _ in place:
            pressed.append(keypad.take(Move.SELECT, widgets, LATER))
            keypad.take(Move.NEXT, widgets, LATER)
        assert keypad.take(Move.BACK, widgets, LATER) is None
    assert pressed == [target.press for target in targets(widgets)]
    if places:
        keypad.take(Move.NEXT, widgets, LATER)
        assert keypad.focused(widgets).rect.contains(places[0][0].rect.x, places[0][0].rect.y), "it comes round"


@pytest.mark.parametrize("name", states())
def test_the_back_key_leads_out(name):
    view = view_of(name, "ja")
    found = way_out(_EASELS()[BIG].stage.arrange(view))
    assert found is not None or (view.overlay is None and view.step in NO_WAY_BACK)


@pytest.mark.parametrize("name", states())
def test_the_ring_stands_on_the_main_thing_first(name):
    widgets = scene(name)
    places = targets(widgets)
    buttons = [place for place in places if isinstance(place, Button) and place.kind is Kind.PRIMARY]
    if places and step_of(name) == "attract" and view_of(name, "ja").overlay is None:
        assert places[0] == buttons[0]
    if places and not isinstance(places[0], Button):
        return  # a question, a key or a row: the scene's own
    assert not buttons or places[0].kind is not Kind.QUIET


def test_a_dialog_keeps_the_focus():
    widgets = scene("consent.leave-card")
    keypad, seen = Keypad(), set()
    for at in range(20):
        keypad.take(Move.NEXT, widgets, at)
        seen.add(keypad.focused(widgets).press)
    assert Pressed(Outcome.AGREE) not in seen
    assert {Dismissed(), Opened(Overlay.STAFF)} <= seen


def test_the_pad_is_chosen_row_by_row_and_stays_on_its_key():
    widgets = scene("password.eight")
    keypad = Keypad()
    walked(keypad, widgets, Move.NEXT)
    row = keypad.focused(widgets)
    assert isinstance(row, RowOfKeys)
    assert (row.first, row.last) == ("A", "G")
    assert walked(keypad, widgets, Move.SELECT, Move.NEXT, Move.SELECT) == CellPressed(1)
    assert walked(keypad, widgets, Move.SELECT) == CellPressed(1), "the same character twice is two presses"
    assert walked(keypad, widgets, Move.BACK) is None
    assert isinstance(keypad.focused(widgets), RowOfKeys)


def test_the_ring_waits_for_the_first_key_and_goes_with_a_touch():
    widgets = scene("checklist.one")
    keypad = Keypad()
    keypad.settle(widgets, 1, 0)
    assert keypad.focused(widgets) is None
    assert walked(keypad, widgets, Move.SELECT) is None, "the first key only shows where the focus is"
    assert keypad.focused(widgets) == targets(widgets)[0]
    keypad.rest()
    assert keypad.focused(widgets) is None


def test_another_scene_begins_at_its_main_thing_and_does_not_hear_the_same_press():
    before, after = scene("guidance"), scene("checklist.one")
    keypad = Keypad()
    keypad.settle(before, 1, 0)
    walked(keypad, before, Move.NEXT)
    keypad.settle(after, 2, LATER)
    assert keypad.focused(after) == targets(after)[0]
    assert keypad.take(Move.SELECT, after, LATER + SETTLE_MS - 1) is None
    assert keypad.take(Move.SELECT, after, LATER + SETTLE_MS) is not None


def test_the_focus_stays_with_a_row_that_was_ticked():
    before, after = scene("checklist"), scene("checklist.one")
    keypad = Keypad()
    keypad.settle(before, 1, 0)
    walked(keypad, before, Move.NEXT)
    keypad.settle(after, 1, LATER)
    assert keypad.focused(after).rect == targets(before)[0].rect


@pytest.mark.parametrize("place", [Rect(8, 396, 80, 80), Rect(0, 0, 88, 88), Rect(700, 4, 98, 80)])
def test_the_ring_is_whole_at_the_edge_of_the_panel(place):
    theme = _EASELS()[SMALL].theme(view_of("attract", "ja"))
    surface = pygame.Surface((800, 480))
    ring = ring_around(Button(place, "Go"), theme)
    ring.draw(Canvas(surface, theme))
    inside = ring.rect.clipped(Rect(0, 0, 800, 480))
    x, y = inside.centre
    edges = ((inside.x + 1, y), (inside.right - 2, y), (x, inside.y + 1), (x, inside.bottom - 2))
    assert {surface.get_at(edge)[:3] for edge in edges} == {theme.colour("focus_outer")}
