"""Keys in a row: each is as wide as its longest word needs, and has an equal share of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screens.rect import Rect
from kiosk.screens.wrap import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.screens.theme import Face, Theme


def uneven(row: Rect, theme: Theme, words: Sequence[str], face: Face, gap: int) -> list[Rect]:
    """Return a place for each text, from left to right over the whole row."""
    needs = [max(theme.width(part.strip(), face) for part in phrases(text)) for text in words]
    share, rest = divmod(max(0, row.w - gap * (len(words) - 1) - sum(needs)), len(words))
    places, x = [], row.x
    for index, need in enumerate(needs):
        wide = need + share + (index < rest)
        places.append(Rect(x, row.y, wide, row.h))
        x += wide + gap
    return places
