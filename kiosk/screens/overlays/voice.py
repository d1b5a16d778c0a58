"""音声: whether the screen is read aloud in this visit, how fast and how loud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.journey.events import Dismissed, Opened, Overlay
from kiosk.journey.view import LEVELS
from kiosk.journey.voice_events import PaceChosen, VoiceChosen, VolumeChosen
from kiosk.screens.actions import Actions, back, go
from kiosk.screens.furniture import heading
from kiosk.screens.overlays.cover import covered
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.pad import GAP_SMALL, fitted_rows
from kiosk.screens.scenes.titles import title_of
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.button import Button, Kind
from kiosk.screens.widgets.check_row import CheckRow
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.level import Level
from kiosk.screens.widgets.notice import Notice

if TYPE_CHECKING:
    from kiosk.journey.events import Event
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_LABEL: Final = Face(24, 30, bold=True, most=28, small=22)
_OPTION: Final = Face(28, 34, bold=True, most=30)
_NARROW: Final = Face(24, 28, bold=True, most=24)
_ROW, _GAP = 96, 20  # design px where there is room
_HINTED: Final = 1.2  # larger words leave no room beside the buttons


class _Steps(NamedTuple):
    """One row of less, how much, more."""

    label: str
    less: str
    more: str
    now: str
    level: int
    kind: type[PaceChosen | VolumeChosen]


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return three rows of choices and, where there is room, what is heard where."""
    tight = area.small or area.low
    hinted = not tight and theme.text_factor <= _HINTED
    actions = Actions(
        back=back(texts("button.back"), Opened(Overlay.SETTINGS)),
        main=go(texts("settings.done"), Dismissed()),
        hint=texts("voice.hint") if hinted else "",
    )
    title = title_of(area, theme, texts("voice.title")) if tight else heading(area, theme, texts("voice.title"))
    rows = _rows(area, theme, title.rect.bottom)
    parts: list[Widget] = [*covered(view, area, theme, texts, actions), title]
    parts += _reading(view, theme, rows[0], texts)
    for row, steps in zip(rows[1:], _steps(view, texts), strict=True):
        parts += _line(theme, row, steps)
    return parts if area.small else [*parts, *_note(area, theme, texts, title.rect.bottom, rows)]


def _rows(area: Area, theme: Theme, top: int) -> list[Rect]:
    content = area.content
    if area.small or area.low:
        return fitted_rows(area, content.x, content.w).rows(3, GAP_SMALL)
    high = 3 * theme.px(_ROW) + 2 * theme.px(_GAP)
    return Rect(content.x, top + theme.px(12), content.w, high).rows(3, theme.px(_GAP))


def _note(area: Area, theme: Theme, texts: Texts, top: int, rows: list[Rect]) -> list[Widget]:
    """Return what the loudspeaker never says: above the rows in the lower half, below them elsewhere."""
    content, gap = area.content, theme.px(16)
    above, below = (top, rows[0].y) if area.low else (rows[-1].bottom, content.bottom)
    place = Rect(content.x, above + gap, content.w, below - above - 2 * gap)
    for face in (Type.BODY, Face(26, 34), Face(24, 30, most=26)):
        high = theme.height(texts("voice.note"), face, place.w - theme.px(120)) + theme.px(24)
        if high <= place.h:
            return [Notice(Rect(place.x, place.y, place.w, high), texts("voice.note"), face=face)]
    return []


def _steps(view: View, texts: Texts) -> tuple[_Steps, _Steps]:
    def steps(name: str, less: str, more: str, level: int, kind: type[PaceChosen | VolumeChosen]) -> _Steps:
        now = texts(f"voice.{name}_now", number=level)
        return _Steps(texts(f"voice.{name}"), texts(f"voice.{less}"), texts(f"voice.{more}"), now, level, kind)

    return (
        steps("pace", "slower", "faster", view.pace, PaceChosen),
        steps("volume", "softer", "louder", view.volume, VolumeChosen),
    )


def _places(theme: Theme, row: Rect) -> tuple[Rect, Rect]:
    named = theme.px(168 if theme.small else 220)
    return Rect(row.x, row.y, named - theme.px(8), row.h), Rect(row.x + named, row.y, row.w - named, row.h)


def _reading(view: View, theme: Theme, row: Rect, texts: Texts) -> list[Widget]:
    named, place = _places(theme, row)
    side, box = (6, 28) if theme.small else (20, 48)
    cells = place.columns(2, theme.px(8 if theme.small else 16))
    return [
        Label(named, texts("voice.read"), _LABEL, middle=True),
        *(
            CheckRow(
                cell, texts(key), wanted is view.voice, face=_OPTION, single=True, side=side, box=box,
                press=VoiceChosen(wanted),
            )
            for cell, key, wanted in zip(cells, ("voice.on", "voice.off"), (True, False), strict=True)
        ),
    ]  # fmt: skip


def _line(theme: Theme, row: Rect, steps: _Steps) -> list[Widget]:
    named, place = _places(theme, row)
    less, shown, more = place.columns(3, theme.px(8 if theme.small else 16))
    return [
        Label(named, steps.label, _LABEL, middle=True),
        _step(theme, less, steps.less, "minus", steps.kind(steps.level - 1) if steps.level > 1 else None),
        Level(shown, steps.now, steps.level, LEVELS),
        _step(theme, more, steps.more, "plus", steps.kind(steps.level + 1) if steps.level < LEVELS else None),
    ]


def _step(theme: Theme, place: Rect, text: str, icon: str, press: Event | None) -> Widget:
    button = Button(
        place, text, Kind.SECONDARY, icon, face=_OPTION, gap=10, icon_px=32, press=press, enabled=press is not None
    )
    if button.fits(theme):
        return button
    return Button(
        place, text, Kind.SECONDARY, icon, face=_NARROW, gap=6, icon_px=24, press=press, enabled=button.enabled
    )
