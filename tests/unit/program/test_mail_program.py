"""The main loop's mail: it wakes, it keeps the order, and pushing touches out of SDL's memory costs none."""

from __future__ import annotations

import gc
import sys

import pygame
import pytest

from kiosk.journey.events import CharacterTyped
from kiosk.parts import Mail


@pytest.fixture
def queue(monkeypatch):
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()
    pygame.event.clear()
    yield
    pygame.display.quit()


def test_what_is_posted_wakes_and_comes_in_its_order(queue):
    mail = Mail()
    for sign in "あいう":
        mail.post(CharacterTyped(sign))
    assert pygame.event.wait(1000).type != pygame.NOEVENT
    assert [mail.take() for _ in range(4)] == [*map(CharacterTyped, "あいう"), None]


def test_pushing_touches_out_leaves_nothing_behind(queue):
    """Each password is followed by it; 128 dictionaries each time were 24 KB, a gigabyte in 40,000 visits."""
    mail = Mail()
    mail.push_out()
    pygame.event.get()
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(50):
        mail.push_out()
        pygame.event.get()
    gc.collect()
    assert sys.getallocatedblocks() - before < 128


def test_a_touch_is_no_longer_in_the_queue_but_the_loop_is_woken(queue):
    mail = Mail()
    pygame.event.post(pygame.event.Event(pygame.FINGERUP, touch_id=1, finger_id=1, x=0.5, y=0.5, dx=0.0, dy=0.0))
    pygame.event.get()
    mail.push_out()
    assert len(pygame.event.get()) == 1
