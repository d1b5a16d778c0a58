"""カメラを使えません: what happened, and how the application goes on without a photograph."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiosk.journey.camera_events import CameraFailure
from kiosk.journey.events import Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import Act, Actions, back, go
from kiosk.screens.furniture import furniture, heading
from kiosk.screens.scenes.flow import BODIES, Column, body, facts, fitting
from kiosk.screens.scenes.trouble_parts import pictured
from kiosk.screens.widgets.button import Kind

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.rect import Rect
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Face, Theme, Type
    from kiosk.screens.widgets.base import Widget


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the sentences, the way back to the question and, where it can help, another try."""
    absent = view.photographing is not None and view.photographing.failure is CameraFailure.ABSENT

    def words(place: Rect, *, face: Type | Face) -> list[Widget]:
        column = Column(theme, place)
        for key in _sentences(view):
            column.say(texts(key, **facts(view)), face)
            column.skip(6 if area.small else 24)
        return column.widgets

    ways = (
        way for face in BODIES for way in pictured(body(area, theme), theme, "photograph", partial(words, face=face))
    )
    return [
        *furniture(view, area, theme, texts, _actions(texts, absent=absent)),
        heading(area, theme, texts("no-camera.title")),
        *fitting(theme, area.content, *ways),
    ]


def _sentences(view: View) -> tuple[str, ...]:
    now = view.photographing
    needed = view.form is not None and now is not None and view.form.field(now.field).required
    what = "no-camera.large" if now is not None and now.failure is CameraFailure.TOO_LARGE else "no-camera.what"
    return (what, "no-camera.needed" if needed else "no-camera.optional", "no-camera.staff")


def _actions(texts: Texts, *, absent: bool) -> Actions:
    """Return the ways on: where there is no camera at all, another try would be of no use."""
    if absent:
        return Actions(main=go(texts("no-camera.on"), Pressed(Outcome.BACK)))
    retry = Act(texts("no-camera.retry"), Pressed(Outcome.RETRY), icon="reload", kind=Kind.PRIMARY)
    return Actions(back=back(texts("button.back"), Pressed(Outcome.BACK)), main=retry)
