"""文字・言語: language, text size and colours for this visit, and the texts behind the service."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.journey.events import (
    CalmChosen,
    Dismissed,
    LanguageChosen,
    LowerHalfChosen,
    Opened,
    Overlay,
    TextSizeChosen,
    ThemeChosen,
)
from kiosk.journey.map import MAP, Outcome
from kiosk.screens.actions import Act, Actions, back, go
from kiosk.screens.furniture import heading
from kiosk.screens.overlays.cover import covered
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.pad import GAP_SMALL, fitted_rows
from kiosk.screens.scenes.titles import STEADY, title_of
from kiosk.screens.scenes.uneven import uneven
from kiosk.screens.theme import Face
from kiosk.screens.widgets.button import Button
from kiosk.screens.widgets.check_row import CheckRow
from kiosk.screens.widgets.key import Key, KeyKind
from kiosk.screens.widgets.label import Label

if TYPE_CHECKING:
    from kiosk.journey.events import Event
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_SIZES: Final = {"standard": 1.0, "large": 1.2, "larger": 1.4, "largest": 1.6}
_THEMES: Final = ("light", "dark", "high_contrast", "yellow_on_black")
_LEGAL: Final = (Overlay.TERMS, Overlay.PRIVACY, Overlay.COPYRIGHT)
_OPTION: Final = Face(28, 34, bold=True, most=28)  # a target that fits at every text size
_OPTION_LONG: Final = Face(26, 32, bold=True, most=26, small=22)
_LINK: Final = Face(26, 34, bold=True, most=28)
_NAME: Final = Face(26, 32, bold=True, most=26)
_LABEL: Final = Face(24, 34, bold=True, most=28, small=22)
_COLUMNS: Final = 4


class _Option(NamedTuple):
    text: str
    press: Event
    chosen: bool


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the choices; where only three rows have room, the rest is on a second page."""
    if view.overlay_page and _paged(area):
        return _second_page(view, area, theme, texts)
    return _choices(view, area, theme, texts)


def _paged(area: Area) -> bool:
    return area.small or area.low


def _choices(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    second = Act(texts("settings.more"), Opened(Overlay.SETTINGS, 1)) if _paged(area) else None
    actions = Actions(
        second=second,
        main=go(texts("settings.done"), Dismissed()),
        hint="" if _paged(area) else texts("settings.hint_again" if _agreed(view) else "settings.hint"),
    )
    rows = _rows(area, theme)
    parts: list[Widget] = [*covered(view, area, theme, texts, actions)]
    parts.append(_title(area, theme, texts("settings.title")))
    for row, (name, options) in zip(rows, _options(view, texts).items(), strict=False):
        many = name == "language" and len(options) > _COLUMNS
        parts += _languages(theme, row, options) if many else _line(theme, row, texts(f"settings.{name}"), options)
    if not _paged(area):
        parts += _toggles(view, area, theme, rows[3], texts)
        parts += _links(theme, rows[4], texts)
    return parts


def _agreed(view: View) -> bool:
    """Tell whether another language would ask for the consent again: what is signed has a page in it."""
    return bool(view.pictures) and Outcome.ASK_AGAIN in MAP[view.step]


def _languages(theme: Theme, row: Rect, options: list[_Option]) -> list[Widget]:
    """Return a key for each language over the whole row: their names say what they are."""
    kinds = {True: KeyKind.MODE, False: KeyKind.CHARACTER}
    cells = uneven(row, theme, [option.text for option in options], _NAME, theme.px(8))
    return [
        Key(cell, option.text, kinds[option.chosen], face=_NAME, press=option.press)
        for cell, option in zip(cells, options, strict=True)
    ]


def _toggles(view: View, area: Area, theme: Theme, row: Rect, texts: Texts) -> list[Widget]:
    """Return what can be switched on for this visit; a 7 inch panel lies within reach as a whole."""
    options = [_Option(texts("settings.calm"), CalmChosen(not view.calm), view.calm)]
    if not area.small:
        options.insert(0, _Option(texts("settings.lower"), LowerHalfChosen(not view.lower), view.lower))
    columns = max(2, len(options) + view.speaks)
    line = _line(theme, row, texts("settings.ease"), options, single=False, columns=columns)
    return [*line, *_voice(_cells(theme, row, columns)[len(options)], texts)] if view.speaks else line


def _voice(cell: Rect, texts: Texts) -> list[Widget]:
    """Return the way to what is read aloud, how fast and how loud."""
    return [
        Button(
            cell, texts("settings.voice"), icon="voice", icon_px=36, weight=4.5, face=_LINK, press=Opened(Overlay.VOICE)
        )
    ]


def _title(area: Area, theme: Theme, text: str) -> Widget:
    return title_of(area, theme, text) if area.small else _steady(heading(area, theme, text, up=14), theme)


def _steady(title: Label, theme: Theme) -> Label:
    """Keep the title in its line: the rows below it need their room at every text size."""
    return replace(title, rect=Rect(title.rect.x, title.rect.y, title.rect.w, theme.face(STEADY).line), face=STEADY)


def _options(view: View, texts: Texts) -> dict[str, list[_Option]]:
    languages = [
        _Option(texts(f"language.{language}"), LanguageChosen(language), language == view.language)
        for language in view.languages
    ]
    sizes = [
        _Option(texts(f"settings.sizes.{name}"), TextSizeChosen(size), abs(size - view.text_size) < 0.05)
        for name, size in _SIZES.items()
    ]
    themes = [_Option(texts(f"settings.themes.{name}"), ThemeChosen(name), name == view.theme) for name in _THEMES]
    return {"language": languages, "size": sizes, "theme": themes}


def _rows(area: Area, theme: Theme) -> list[Rect]:
    content = area.content
    if _paged(area):
        return fitted_rows(area, content.x, content.w).rows(3, GAP_SMALL)
    foot = content.bottom - theme.px(12)
    return Rect(content.x, foot - theme.px(480), content.w, theme.px(480)).rows(5, theme.px(10))


def _line(
    theme: Theme, row: Rect, label: str, options: list[_Option], *, single: bool = True, columns: int = _COLUMNS
) -> list[Widget]:
    """Return the label and its choices; a row holds four, more become narrower."""
    cells = _cells(theme, row, max(columns, len(options)))
    named = Rect(row.x, row.y, cells[0].x - row.x - theme.px(8), row.h)
    parts: list[Widget] = [Label(named, label, _LABEL, middle=True)]
    side, box = (6, 28) if theme.small else (14, 44)
    for cell, option in zip(cells, options, strict=False):
        rows = [
            CheckRow(cell, option.text, option.chosen, face=face, single=single, side=side, box=box, press=option.press)
            for face in (_OPTION, _OPTION_LONG)
        ]
        parts.append(next((row for row in rows if row.fits(theme)), rows[-1]))
    return parts


def _cells(theme: Theme, row: Rect, columns: int) -> list[Rect]:
    """Return the places of the choices in a row, at the right of its label."""
    named = theme.px(146 if theme.small else 200)
    return Rect(row.x + named, row.y, row.w - named, row.h).columns(columns, theme.px(8 if theme.small else 16))


def _links(theme: Theme, row: Rect, texts: Texts) -> list[Widget]:
    named = theme.px(200)
    place = Rect(row.x + named, row.y, row.w - named, row.h)
    links = [
        Button(
            cell, texts(f"{overlay.value}.title"), icon="doc", icon_px=36, weight=4.5, face=_LINK, press=Opened(overlay)
        )
        for overlay, cell in zip(_LEGAL, place.columns(len(_LEGAL), theme.px(16)), strict=True)
    ]
    label = Label(Rect(row.x, row.y, named - theme.px(8), row.h), texts("settings.legal"), _LABEL, middle=True)
    return [label, *links]


def _second_page(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    actions = Actions(
        back=back(texts("button.back"), Opened(Overlay.SETTINGS)),
        main=go(texts("settings.done"), Dismissed()),
    )
    rows = _rows(area, theme)
    places = [cell for row in rows[1:] for cell in row.columns(2, GAP_SMALL)]
    return [
        *covered(view, area, theme, texts, actions),
        _title(area, theme, texts("settings.more")),
        *_toggles(view, area, theme, rows[0], texts),
        *(
            Button(place, texts(f"{overlay.value}.title"), icon="doc", face=_LINK, press=Opened(overlay))
            for overlay, place in zip(_LEGAL, places, strict=False)
        ),
    ]
