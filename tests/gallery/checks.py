"""What must be true of every scene: reachable, readable, complete, in one language, and where it belongs."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

import pygame

from kiosk.journey.events import Opened, Overlay
from kiosk.journey.map import Step
from kiosk.screens.canvas import Canvas
from kiosk.screens.describe import describe
from kiosk.screens.focus import covered, targets
from kiosk.screens.furniture import BAR
from kiosk.screens.rect import Rect
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.button import Button, Kind, UtilityButton
from kiosk.screens.widgets.key import Key, KeyKind
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.notice import Notice
from kiosk.screens.widgets.picture import Illustration
from kiosk.screens.widgets.step_bar import StepBar
from kiosk.screens.widgets.surfaces import Band, Dialog, Sheet, Veil
from tests.gallery.papers import ROOT, catalogue
from tests.gallery.wording import foreign, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget
    from tests.gallery.easel import Easel

_KEY: Final = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+")
AIR: Final = 4  # design px between lines of words and a notice
BLEED: Final = 6  # panel pixels beyond a widget that the screen draws again with it
_AROUND: Final = 64
_NOWHERE: Final = 1, 254, 3  # a colour of no theme
_GROUNDS: Final = (Band, Dialog, Sheet, Veil)
ICONS: Final = frozenset(path.stem for path in (ROOT / "config/themes/icons").glob("*.svg"))
_WITHOUT_BAR: Final = frozenset({Step.ATTRACT, Step.OUT_OF_SERVICE})


def faults(view: View, widgets: Sequence[Widget], easel: Easel) -> list[str]:
    """Return what is wrong with a scene that was just drawn; each begins with the name of the check."""
    seen = [widget for at, widget in enumerate(widgets) if not covered(widget, widgets[at + 1 :])]
    theme, area = easel.theme(view), easel.laid(view)
    return [
        *_reach(seen, area),
        *_places(seen, area, theme),
        *(f"cut off: {_named(widget)}" for widget in seen if not widget.fits(theme)),
        *_words(seen, easel),
        *_structure(view, widgets, seen, area),
        *_focus(widgets),
        *(f"other language: {text!r}" for text in foreign(view, seen)),
    ]


# ---- targets ----------------------------------------------------------------------------------------------------


def _reach(seen: Sequence[Widget], area: Area) -> Iterator[str]:
    """Find targets that are too small or too near to each other; disabled ones may come alive and count too."""
    least, gap = (78, 7) if area.small else (88, 8)
    touched = [widget for widget in seen if widget.press is not None]
    for target in touched:
        if min(target.rect.size) < least:
            yield f"small target: {_named(target)}"
        if area.low and target.rect.y < area.panel.h // 2:
            yield f"out of reach: {_named(target)}"
    for one, other in combinations(touched, 2):
        apart = distance(one.rect, other.rect)
        if apart < gap:
            yield f"{'overlap' if apart < 0 else f'gap {apart}'}: {_named(one)} and {_named(other)}"


def distance(one: Rect, other: Rect) -> int:
    """Return how far two rectangles are apart along the axis on which they are farther; negative where they overlap."""
    across = max(one.x, other.x) - min(one.right, other.right)
    down = max(one.y, other.y) - min(one.bottom, other.bottom)
    return max(across, down)


def _focus(widgets: Sequence[Widget]) -> Iterator[str]:
    """Find a focus that goes back to what stands above and before; keyboards are walked row by row."""
    own = [place for place in targets(widgets) if not place.focus_order and not isinstance(place, Key)]
    for one, other in pairwise(own):
        if other.rect.bottom <= one.rect.y and other.rect.right <= one.rect.x:
            yield f"focus order: {_named(other)} after {_named(one)}"


# ---- places -----------------------------------------------------------------------------------------------------


def _places(seen: Sequence[Widget], area: Area, theme: Theme) -> Iterator[str]:
    """Find what leaves its area, and words that lie over other words or over a target."""
    in_dialog = any(isinstance(widget, Dialog) for widget in seen)
    edges = [area.header.bottom]
    if any(isinstance(widget, Band) and widget.rect == area.action_bar for widget in seen):
        edges.append(area.action_bar.y)
    for widget in seen:
        rect = widget.rect
        if rect.w < 0 or rect.h < 0 or rect.clipped(area.panel) != rect:
            yield f"outside: {_named(widget)}"
        if isinstance(widget, _GROUNDS) or in_dialog:
            continue
        if any(rect.y < edge - 1 and rect.bottom > edge + 1 for edge in edges):
            yield f"over an edge: {_named(widget)}"
    yield from _piled(seen, theme)
    yield from _cramped(seen, theme)
    yield from _pictured(seen, theme)


def _pictured(seen: Sequence[Widget], theme: Theme) -> Iterator[str]:
    """Find words that a picture lies over or under."""
    words = [(widget, _lettered(widget, theme)) for widget in seen if isinstance(widget, Label) and widget.text]
    for picture in (widget for widget in seen if isinstance(widget, Illustration)):
        high = min(picture.rect.h, theme.picture_height(picture.name, picture.rect.w))
        drawn = picture.rect.centred(picture.rect.w, high)
        yield from (f"picture: {picture.name} over {_named(label)}" for label, place in words if place.meets(drawn))


def _cramped(seen: Sequence[Widget], theme: Theme) -> Iterator[str]:
    """Find words that touch the border of a notice above or below them."""
    notices = [widget for widget in seen if isinstance(widget, Notice)]
    words = [(widget, _lettered(widget, theme)) for widget in seen if isinstance(widget, Label) and widget.text]
    for notice in notices:
        for label, place in words:
            beside = max(notice.rect.x, place.x) < min(notice.rect.right, place.right)
            if beside and 0 <= distance(notice.rect, place) < theme.px(AIR):
                yield f"cramped: {_named(label)} at {_named(notice)}"


def _piled(seen: Sequence[Widget], theme: Theme) -> Iterator[str]:
    spoken = [widget for widget in seen if not isinstance(widget, _GROUNDS) and texts_of(widget)]
    places = [(widget, _lettered(widget, theme)) for widget in spoken]
    for (below, one), (above, other) in combinations(places, 2):
        shared = one.clipped(other)
        if shared.w > 1 and shared.h > 1:
            yield f"piled: {_named(above)} over {_named(below)}"


def _lettered(widget: Widget, theme: Theme) -> Rect:
    """Return where the words of a label stand; of other widgets, the whole."""
    if not isinstance(widget, Label):
        return widget.rect
    rect, setting = widget.rect, theme.face(widget.face)
    lines = theme.kit.type.lines(widget.text, setting, rect.w)
    wide = round(max(theme.kit.type.line_width(line, setting) for line in lines))
    high = len(lines) * setting.line
    x = rect.x + round((rect.w - wide) * widget.align.value)
    return Rect(x, rect.y + ((rect.h - high) // 2 if widget.middle else 0), wide, high)


def ink_outside(widgets: Sequence[Widget], theme: Theme) -> list[str]:
    """Return widgets that draw beyond their rectangle, where nobody would draw them again."""
    return [
        f"ink outside: {_named(widget)} by {by}" for widget in widgets if (by := _reaches_out(widget, theme)) > BLEED
    ]


def _reaches_out(widget: Widget, theme: Theme) -> int:
    """Return how many panel pixels a widget draws beyond its rectangle."""
    if isinstance(widget, _GROUNDS):
        return 0
    size = widget.rect.w + 2 * _AROUND, widget.rect.h + 2 * _AROUND
    surface = pygame.Surface(size)
    surface.fill(_NOWHERE)
    surface.set_colorkey(_NOWHERE)
    place = Rect(_AROUND, _AROUND, *widget.rect.size)
    replace(widget, rect=place).draw(Canvas(surface, theme))
    ink = surface.get_bounding_rect()
    if not ink.w:
        return 0
    return max(place.x - ink.x, place.y - ink.y, ink.right - place.right, ink.bottom - place.bottom)


# ---- words ------------------------------------------------------------------------------------------------------


def _words(seen: Sequence[Widget], easel: Easel) -> Iterator[str]:
    keys = {key for texts in catalogue().values() for key in texts.keys()}  # noqa: SIM118  # not a mapping
    said = {text for widget in seen for text in texts_of(widget)} | set(easel.ear.words_drawn())
    for text in sorted(said):
        if text in keys or _KEY.fullmatch(text) or "{" in text or "}" in text:
            yield f"text key: {text!r}"
        if "<b>" in text.replace("<b>", "", text.count("</b>")):
            yield f"markup: {text!r}"
    for missing in sorted(easel.ear.without_glyph()):
        yield f"no glyph: {missing!r} {' '.join(f'U+{ord(sign):04X}' for sign in missing)}"


# ---- structure --------------------------------------------------------------------------------------------------


def _structure(view: View, widgets: Sequence[Widget], seen: Sequence[Widget], area: Area) -> Iterator[str]:
    told = describe(widgets)
    if not told.title:
        yield "no title"
    if not told.items:
        yield "nothing described"
    for item in told.items:
        if not item.text and item.role is not Role.STEP:
            yield f"says nothing: {item.role} {item.rect}"
    for widget in seen:
        nameless = isinstance(widget, Button | Key) and not widget.text and (meaning := widget.meaning())
        if nameless and meaning.text in ICONS:
            yield f"icon's name: {meaning.role} {meaning.text!r}"
    filled = [widget for widget in seen if _is_primary(widget)]
    if len(filled) > 1:
        yield f"two main buttons: {', '.join(_named(widget) for widget in filled)}"
    yield from _step_bar(view, seen)
    yield from _staff(seen, area)


def _is_primary(widget: Widget) -> bool:
    return (isinstance(widget, Button) and widget.kind is Kind.PRIMARY) or (
        isinstance(widget, Key) and widget.kind is KeyKind.GO
    )


def _step_bar(view: View, seen: Sequence[Widget]) -> Iterator[str]:
    bars = [widget for widget in seen if isinstance(widget, StepBar)]
    if view.step in _WITHOUT_BAR:
        if bars:
            yield "step bar: not before and after service"
        return
    words = tuple(catalogue()[view.language](key) for key in BAR)
    if [(bar.words, bar.now) for bar in bars] != [(words, view.bar)]:
        yield f"step bar: {[bar.now for bar in bars]} instead of {view.bar}"


def _staff(seen: Sequence[Widget], area: Area) -> Iterator[str]:
    calls = [widget for widget in seen if isinstance(widget, UtilityButton) and widget.calls]
    if [(call.rect, call.press, call.enabled) for call in calls] != [(area.staff_call, Opened(Overlay.STAFF), True)]:
        yield f"staff call: {[call.rect.as_tuple() for call in calls]} instead of {area.staff_call.as_tuple()}"


def _named(widget: Widget) -> str:
    said = "/".join(texts_of(widget))[:32]
    return f"{type(widget).__name__}{list(widget.rect.as_tuple())} {said!r}"
