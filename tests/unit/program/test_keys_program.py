"""Keys of a USB keypad: what is configured acts, everything else is as if it were not there."""

from __future__ import annotations

import pygame
import pytest

from kiosk.config import ConfigError, Input
from kiosk.keys import keymap, move_of
from kiosk.screens.keypad import Move


def down(key: int, mod: int = 0) -> pygame.Event:
    return pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode="", scancode=0)


def test_no_key_means_anything_unless_configured():
    keys = keymap(Input())
    assert keys == {}
    everything = [getattr(pygame, name) for name in dir(pygame) if name.startswith("K_")]
    assert all(move_of(down(key), keys) is None for key in everything)
    assert move_of(pygame.event.Event(pygame.TEXTINPUT, text="4901234567894"), keys) is None


@pytest.mark.parametrize(
    ("key", "mod", "move"),
    [
        (pygame.K_TAB, 0, Move.NEXT),
        (pygame.K_TAB, pygame.KMOD_LSHIFT, Move.PREVIOUS),
        (pygame.K_LEFT, 0, Move.PREVIOUS),
        (pygame.K_KP_ENTER, 0, Move.SELECT),
        (pygame.K_ESCAPE, 0, Move.BACK),
        (pygame.K_a, 0, None),
        (pygame.K_RETURN, pygame.KMOD_LSHIFT, None),
    ],
)
def test_a_keypad_moves_the_focus(key, mod, move):
    assert move_of(down(key, mod), keymap(Input(keypad="keyboard"))) is move


def test_letters_of_a_scanner_type_nothing_on_a_keypad_either():
    keys = keymap(Input(keypad="keyboard"))
    assert move_of(pygame.event.Event(pygame.TEXTINPUT, text="A"), keys) is None
    assert move_of(pygame.event.Event(pygame.KEYUP, key=pygame.K_TAB, mod=0), keys) is None


def test_other_keys_can_be_named():
    keys = keymap(Input(keypad="keyboard", next=("f13", "n"), select=("kp_plus",)))
    assert keys[pygame.K_F13, False] is Move.NEXT
    assert keys[pygame.K_n, False] is Move.NEXT
    assert keys[pygame.K_KP_PLUS, False] is Move.SELECT


def test_an_unknown_name_is_told():
    with pytest.raises(ConfigError) as told:
        keymap(Input(keypad="keyboard", back=("ecsape",)))
    assert "ecsape" in str(told.value)
