"""撮影: what the camera sees, how the paper should lie, and what must not be photographed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.forms.show import short_label
from kiosk.journey.camera_events import ShutterPressed
from kiosk.screens.actions import Act
from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import BODIES, Column, body, fitting
from kiosk.screens.scenes.titles import title_of
from kiosk.screens.scenes.ways import framed
from kiosk.screens.texts import Said
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.button import Kind
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.notice import Notice, Tone
from kiosk.screens.widgets.photo import LivePicture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_POINTS: Final = ("camera.point_1", "camera.point_2")
PARTS: Final = (0.54, 0.46, 0.38, 0.3)  # of the width that the picture may take; it gives way to words
_LATER: Final = Face(28, 40, most=34, small=24)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the live picture with what to do beside it; the shutter is the way on."""
    now = view.photographing
    seen = now is not None and now.frame is not None
    taking = now is not None and now.taking
    word = texts("camera.taking" if taking else "camera.take")
    main = Act(word, ShutterPressed(), icon="camera", enabled=seen and not taking, kind=Kind.PRIMARY)
    title = title_of(area, theme, texts("camera.title", name=Said(paper_of(view))))
    return [
        *framed(view, area, theme, texts, main, "" if area.low else texts("camera.hint")),
        title,
        *fitting(theme, area.content, *_ways(view, area, theme, texts)),
    ]


def paper_of(view: View) -> str:
    """Return what the paper is called that is photographed."""
    if view.form is None or view.photographing is None:
        return ""
    return short_label(view.form, view.photographing.field, view.language)


def _ways(view: View, area: Area, theme: Theme, texts: Texts) -> Iterator[partial[list[Widget]]]:
    place = body(area, theme)
    for points in (_POINTS, ()):
        for part in PARTS:
            for face in BODIES:
                yield partial(_laid, view, theme, texts, place, part, face, points)


def _laid(
    view: View, theme: Theme, texts: Texts, place: Rect, part: float, face: Type | Face, points: tuple[str, ...]
) -> list[Widget]:
    now = view.photographing
    frame = now.frame if now is not None else None
    shape = (frame.width, frame.height) if frame is not None else (4, 3)
    picture, room = picture_beside(place, theme, shape, part)
    parts: list[Widget] = [LivePicture(picture, frame, texts("camera.picture"))]
    if frame is None:
        inner = picture.inset(theme.px(16))
        parts.append(Label(inner, texts("camera.waiting"), _LATER, align=Align.CENTRE, middle=True, role=Role.STATE))
    column = Column(theme, room)
    for key in points:
        column.say(texts(key), face)
        column.skip(12)
    warn(column, theme, texts("camera.number"), face)
    return [*parts, *column.widgets]


def picture_beside(place: Rect, theme: Theme, shape: tuple[int, int], part: float) -> tuple[Rect, Rect]:
    """Return the place of a picture of this shape at the left, in `part` of the width, and the place beside it."""
    wide = min(round(place.w * part), round(place.h * shape[0] / shape[1]))
    high = min(place.h, round(wide * shape[1] / shape[0]))
    used = wide + theme.px(20 if theme.small else 36)
    return Rect(place.x, place.y, wide, high), Rect(place.x + used, place.y, place.w - used, place.h)


def warn(column: Column, theme: Theme, text: str, face: Type | Face) -> None:
    """Add a caution."""
    wide = column.place.w - theme.px(27 + 40 + 16 + 20)
    high = theme.height(text, face, wide) + theme.px(16)
    column.add(Notice(column.take(high), text, Tone.CAUTION, face=face))
