"""Passwords as pad cells, the way the kiosk holds them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from drivers.card.pad import DIGIT_PAD, SIGNING_PAD
from drivers.secrets import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD, WRONG, PIN = "KIOSK2026", "WRONG2026", "1234"


@contextmanager
def cells(text: str) -> Iterator[memoryview]:
    """Lend the cells of a password, or of digits."""
    secret = Secret()
    pad = DIGIT_PAD if text.isdigit() else SIGNING_PAD
    for character in text:
        secret.append(pad.index(character))
    with secret.lend() as view:
        yield view
    secret.wipe()
