"""The grid of a panel: where header, content and action bar lie, and how long a design pixel is there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.screens.rect import Rect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.screens.tokens import Tokens

SMALL_FACTOR = 0.88  # the regions of 800x480 are given in that panel's own pixels
_FROM_RIGHT = {"main_action", "main_action_attract", "display_settings", "staff_call"}
_FROM_BOTTOM = {"action_bar", "back", "main_action", "main_action_attract"}
_LOW_FROM_LEFT = {"display_settings", "staff_call"}  # in the lower half they lie in the action bar, beside the way out
_BANDS = {"header", "action_bar"}
_NAMED = (
    *("header", "brand", "step_bar", "display_settings", "staff_call"),
    *("content", "heading", "action_bar", "back", "main_action"),
)


class Layout(StrEnum):
    """Which set of regions holds; the lower-half one keeps every target within reach of a seat."""

    STANDARD = "regions"
    LOWER_HALF = "regions_lower_half"
    SMALL = "regions_800x480"


@dataclass(frozen=True)
class Area:
    """One panel's regions, in panel pixels."""

    panel: Rect
    layout: Layout
    factor: float
    header: Rect
    brand: Rect
    step_bar: Rect
    display_settings: Rect
    staff_call: Rect
    content: Rect
    heading: Rect
    action_bar: Rect
    back: Rect
    main_action: Rect

    @property
    def small(self) -> bool:
        """Tell whether pictures give way to words: the 7 inch panel."""
        return self.layout is Layout.SMALL

    @property
    def low(self) -> bool:
        """Tell whether every target lies in the lower half of the screen."""
        return self.layout is Layout.LOWER_HALF

    @property
    def reading(self) -> Rect:
        """Return the place of what is only read, in the lower-half layout."""
        return self.at(0, 0, 1184, 288)

    @property
    def controls(self) -> Rect:
        """Return the place of a scene's targets in the lower-half layout: three rows of the least height."""
        return self.at(0, 296, 1184, 280)

    def px(self, design: float) -> int:
        """Turn a design length into panel pixels, never to nothing."""
        return max(1, round(design * self.factor)) if design > 0 else round(design * self.factor)

    def at(self, x: float, y: float, w: float, h: float) -> Rect:
        """Return a rectangle given in design pixels from the upper left corner of the content."""
        return self.within(self.content, x, y, w, h)

    def within(self, outer: Rect, x: float, y: float, w: float, h: float) -> Rect:
        """Return a rectangle given in design pixels from the upper left corner of another one."""
        left, top = outer.x + round(x * self.factor), outer.y + round(y * self.factor)
        right, bottom = outer.x + round((x + w) * self.factor), outer.y + round((y + h) * self.factor)
        return Rect(left, top, right - left, bottom - top)


def factor_of(tokens: Tokens, size: tuple[int, int], mm: tuple[int, int]) -> float:
    """Return panel pixels for one design pixel, by millimetres and never by resolutions."""
    return round(size[0] / mm[0] / tokens.screen.px_per_mm, 2)


def area_of(tokens: Tokens, size: tuple[int, int], mm: tuple[int, int], *, lower_half: bool = False) -> Area:
    """Lay the grid on a panel of `size` pixels and `mm` millimetres.

    A panel narrower than the design takes the regions of 800x480; on a larger one the bands grow and the
    buttons keep to its corners.
    """
    factor = factor_of(tokens, size, mm)
    width, height = tokens.screen.px
    if size[0] < round(width * factor) - 1 or size[1] < round(height * factor) - 1:
        return _laid(Layout.SMALL, tokens, size, factor, factor / SMALL_FACTOR)
    return _laid(Layout.LOWER_HALF if lower_half else Layout.STANDARD, tokens, size, factor, factor)


def lower_half(area: Area, tokens: Tokens) -> Area:
    """Return the same panel with every target in its lower half; a small panel lies within reach as a whole."""
    return area if area.small else _laid(Layout.LOWER_HALF, tokens, area.panel.size, area.factor, area.factor)


def _laid(layout: Layout, tokens: Tokens, size: tuple[int, int], factor: float, scale: float) -> Area:
    source: Mapping[str, object] = getattr(tokens, layout.value)
    given = {name: value for name, value in source.items() if isinstance(value, tuple)}
    base = _missing(layout, tokens) | given
    width, height = (800, 480) if layout is Layout.SMALL else tokens.screen.px
    spare = size[0] - round(width * scale), size[1] - round(height * scale)
    low = layout is Layout.LOWER_HALF
    regions = {name: _placed(name, value, scale, spare, low=low) for name, value in base.items()}
    regions["content"] = _filled(regions["content"], spare)
    return Area(Rect(0, 0, *size), layout, factor, **{name: regions[name] for name in _NAMED})


def _missing(layout: Layout, tokens: Tokens) -> dict[str, tuple[int, int, int, int]]:
    """Return the regions that a layout leaves unsaid."""
    if layout is Layout.SMALL:
        return {"brand": (24, 14, 160, 60), "step_bar": (192, 18, 346, 52), "heading": (24, 98, 752, 46)}
    regions = {name: value for name, value in tokens.regions.items() if isinstance(value, tuple)}
    # In the lower half the header has no buttons: the step bar takes their place.
    low = {"step_bar": (612, 24, 620, 56), "content": (48, 104, 1184, 576), "heading": (48, 120, 1184, 64)}
    return regions | low if layout is Layout.LOWER_HALF else regions


def _placed(name: str, value: tuple[int, int, int, int], scale: float, spare: tuple[int, int], *, low: bool) -> Rect:
    x, y, w, h = value
    left, top = round(x * scale), round(y * scale)
    rect = Rect(left, top, round((x + w) * scale) - left, round((y + h) * scale) - top)
    in_bar = low and name in _LOW_FROM_LEFT
    if name in _FROM_RIGHT and not in_bar:
        rect = rect.moved(spare[0], 0)
    if name in _FROM_BOTTOM or in_bar:
        rect = rect.moved(0, spare[1])
    return Rect(rect.x, rect.y, rect.w + spare[0], rect.h) if name in _BANDS else rect


def _filled(content: Rect, spare: tuple[int, int]) -> Rect:
    return Rect(content.x + spare[0] // 2, content.y, content.w, content.h + spare[1])
