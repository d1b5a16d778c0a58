"""The four keys beside the screen: which keys of a USB keypad mean what; everything else that is typed is ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from kiosk.config import ConfigError
from kiosk.screens.keypad import Move

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.config import Input

_SHIFT: Final = "shift-"

Keymap = dict[tuple[int, bool], Move]  # by key code and whether shift is held


def keymap(given: Input) -> Keymap:
    """Return what the keys of a keyboard mean, nothing unless one is configured; raises ConfigError."""
    if given.keypad != "keyboard":
        return {}
    names = {Move.NEXT: given.next, Move.PREVIOUS: given.previous, Move.SELECT: given.select, Move.BACK: given.back}
    names[Move.REPEAT] = given.repeat
    return {_key(name): move for move, keys in names.items() for name in keys}


def move_of(happened: pygame.Event, keys: Mapping[tuple[int, bool], Move]) -> Move | None:
    """Return what a key that went down means, None for any other event and any other key."""
    if happened.type != pygame.KEYDOWN:
        return None
    return keys.get((happened.key, bool(happened.mod & pygame.KMOD_SHIFT)))


def _key(name: str) -> tuple[int, bool]:
    """Read a key as pygame names it after K_, e.g. tab, shift-tab, kp_enter."""
    bare = name.removeprefix(_SHIFT)
    code = getattr(pygame, f"K_{bare.upper()}", None) or getattr(pygame, f"K_{bare.lower()}", None)
    if not isinstance(code, int):
        raise ConfigError("configuration", f"input: {name}", "a key's name after K_ in pygame, such as tab or kp_enter")
    return code, name != bare
