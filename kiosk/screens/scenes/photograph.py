"""写真の確認: the picture that was taken; nothing is used before the citizen has looked for an individual number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.journey.camera_events import NumberDenied, PhotographEnlarged
from kiosk.journey.events import Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import Act, Actions, back, go
from kiosk.screens.furniture import furniture
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.asking import LEAST, LEAST_SMALL
from kiosk.screens.scenes.camera import PARTS, picture_beside, warn
from kiosk.screens.scenes.enlarged_photo import enlarged
from kiosk.screens.scenes.flow import BODIES, Column, body, fitting
from kiosk.screens.scenes.titles import title_of
from kiosk.screens.scenes.ways import apart
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.button import Button, Kind
from kiosk.screens.widgets.check_row import CheckRow
from kiosk.screens.widgets.photo import Photo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.journey.photographing import Photographing
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_TICKS: Final = (
    (Type.LEAD, 28, 64),
    (Face(28, 36, bold=True, most=36, small=26), 16, 52),
    (Face(26, 32, bold=True, most=30, small=24), 12, 44),
    (Face(24, 28, bold=True, most=26, small=22), 8, 36),
)

_ENLARGE_SMALL_PX: Final = 136
_ENLARGE: Final = (
    Face(28, 36, bold=True, most=36, small=24),
    Face(26, 32, bold=True, most=30, small=22),
    Face(24, 28, bold=True, most=24, small=22),
)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the photograph with what to look for; one that was accepted before is only seen again."""
    now = view.photographing
    if now is None or now.shot is None:
        return furniture(view, area, theme, texts)
    if now.part is not None:
        return enlarged(view, area, theme, texts)
    title = texts("photograph.kept" if now.kept else "photograph.title")
    return [
        *_framed(view, now, area, theme, texts),
        title_of(area, theme, title),
        *fitting(theme, area.content, *_ways(now, area, theme, texts)),
    ]


def _framed(view: View, now: Photographing, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the furniture; without room for three buttons 撮り直す is the way back: 戻る is at the camera."""
    hint = "" if now.denied or area.low or area.small else texts("photograph.hint")
    arranged: list[Widget] = []
    for said, leaving in ((hint, True), ("", True), ("", False)):
        arranged = furniture(view, area, theme, texts, _actions(now, area, texts, said, leaving=leaving))
        if all(widget.fits(theme) for widget in arranged) and apart(arranged):
            break
    return arranged


def _actions(now: Photographing, area: Area, texts: Texts, hint: str, *, leaving: bool) -> Actions:
    again, leave = texts("photograph.again"), back(texts("button.back"), Pressed(Outcome.BACK))
    if now.kept:
        return Actions(back=leave, main=Act(again, Pressed(Outcome.RETRY), icon="camera", kind=Kind.PRIMARY))
    return Actions(
        back=leave if leaving else back(again, Pressed(Outcome.RETRY)),
        second=Act(again, Pressed(Outcome.RETRY)) if leaving else None,
        main=go(texts("photograph.use"), Pressed(Outcome.NEXT), enabled=now.denied),
        hint=hint,
        main_px=None if area.small else 380,
    )


def _ways(now: Photographing, area: Area, theme: Theme, texts: Texts) -> Iterator[partial[list[Widget]]]:
    place = body(area, theme)
    for warned in (True, False):
        for tick in _TICKS:
            for part in PARTS:
                for face in BODIES[::3] if now.kept else BODIES:
                    yield partial(_laid, now, area, theme, texts, place, (part, face, tick), warned=warned)


def _laid(
    now: Photographing,
    area: Area,
    theme: Theme,
    texts: Texts,
    place: Rect,
    look: tuple[float, Type | Face, tuple[Type | Face, int, int]],
    *,
    warned: bool,
) -> list[Widget]:
    part, face, tick = look
    shot = now.shot
    if shot is None:
        return []
    if area.low:
        place = Rect(place.x, place.y, place.w, area.controls.y - theme.px(8) - place.y)
    shape = shot.preview.width, shot.preview.height
    above = place if area.low else Rect(place.x, place.y, place.w, place.h - _least(area) - theme.px(12))
    picture, room = picture_beside(above, theme, shape, part)
    wide = max(picture.w, _ENLARGE_SMALL_PX if area.small else 0)
    used = wide - picture.w
    column = Column(theme, Rect(room.x + used, place.y, room.w - used, place.h))
    column.say(texts("photograph.read"), face)
    if not now.kept:
        column.skip(12)
        if warned:
            warn(column, theme, texts("photograph.number"), face)
            column.skip(16)
        column.add(_ticked(now, area, theme, texts, column, tick))
    return [
        Photo(picture, shot.preview, texts("photograph.picture")),
        *column.widgets,
        _enlarge(area, theme, texts("consent.enlarge"), Rect(picture.x, picture.y, wide, picture.h)),
    ]


def _least(area: Area) -> int:
    return LEAST_SMALL if area.small else area.px(LEAST)


def _enlarge(area: Area, theme: Theme, word: str, picture: Rect) -> Button:
    """Return 大きく見る below the picture; in the lower half below the row to tick."""
    least, gap = _least(area), theme.px(12)
    x, y = (area.controls.x, area.controls.y + least + gap) if area.low else (picture.x, picture.bottom + gap)
    wide = area.controls.w // 3 if area.low else picture.w
    buttons = [
        Button(Rect(x, y, wide, least), word, icon=icon, face=face, gap=10, icon_px=36, press=PhotographEnlarged(0))
        for icon in ("zoom", None)
        for face in _ENLARGE
    ]
    return next((button for button in buttons if button.fits(theme)), buttons[-1])


def _ticked(
    now: Photographing, area: Area, theme: Theme, texts: Texts, column: Column, tick: tuple[Type | Face, int, int]
) -> CheckRow:
    """Return the row to tick; in the lower half over the whole width, below what is read."""
    face, side, box = tick
    least = _least(area)
    text = texts("photograph.tick")
    words = column.place.w - theme.px(side + 3 + box + min(side, 28) + 12)
    high = max(least, theme.height(text, face, words) + theme.px(8))
    if area.low:  # what is read ends above it, or another arrangement is tried
        top = area.controls.y if column.y <= area.controls.y else area.panel.bottom
        place = Rect(area.controls.x, top, area.controls.w, least)
    else:
        place = column.take(high)
    return CheckRow(place, text, now.denied, face=face, side=side, box=box, press=NumberDenied())
