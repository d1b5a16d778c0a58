"""文字・言語: language, text size and colours for this visit, and the texts behind the service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.journey.events import Dismissed, LanguageChosen, Opened, Overlay, TextSizeChosen, ThemeChosen
from kiosk.screens.furniture import Act, Actions, back, go, heading
from kiosk.screens.overlays.cover import covered
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.pad import GAP_SMALL, fitted_rows
from kiosk.screens.scenes.titles import title_of
from kiosk.screens.theme import Face
from kiosk.screens.widgets.button import Button
from kiosk.screens.widgets.check_row import CheckRow
from kiosk.screens.widgets.label import Label

if TYPE_CHECKING:
    from kiosk.journey.events import Event
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_SIZES: Final = {"standard": 1.0, "large": 1.2, "larger": 1.4, "largest": 1.6}
_MOST_SMALL: Final = 1.4  # a larger size leaves no room for the words on the 7 inch panel
_THEMES: Final = ("light", "dark", "high_contrast", "yellow_on_black")
_LEGAL: Final = (Overlay.TERMS, Overlay.PRIVACY, Overlay.COPYRIGHT)
_OPTION: Final = Face(28, 34, bold=True, most=28)  # a target that fits at every text size
_LINK: Final = Face(26, 34, bold=True, most=28)
_LABEL: Final = Face(24, 34, bold=True, most=28, small=22)
_COLUMNS: Final = 4


class _Option(NamedTuple):
    text: str
    press: Event
    chosen: bool


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the choices; at 7 inches the texts behind the service are a page of their own."""
    return (
        _legal_page(view, area, theme, texts)
        if area.small and view.overlay_page
        else _choices(view, area, theme, texts)
    )


def _choices(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    second = Act(texts("settings.legal_short"), Opened(Overlay.SETTINGS, 1)) if area.small else None
    actions = Actions(
        second=second,
        main=go(texts("settings.done"), Dismissed()),
        hint="" if area.small else texts("settings.hint"),
    )
    rows = _rows(area, theme)
    parts: list[Widget] = [*covered(view, area, theme, texts, actions)]
    parts.append(_title(area, theme, texts("settings.title")))
    for row, (name, options) in zip(rows, _options(view, texts, small=area.small).items(), strict=False):
        parts += _line(theme, row, texts(f"settings.{name}"), options)
    if not area.small:
        parts += _links(theme, rows[3], texts)
    return parts


def _title(area: Area, theme: Theme, text: str) -> Widget:
    return title_of(area, theme, text) if area.small else heading(area, theme, text, up=8)


def _options(view: View, texts: Texts, *, small: bool) -> dict[str, list[_Option]]:
    languages = [
        _Option(texts(f"language.{language}"), LanguageChosen(language), language == view.language)
        for language in view.languages
    ]
    sizes = [
        _Option(texts(f"settings.sizes.{name}"), TextSizeChosen(size), abs(size - view.text_size) < 0.05)
        for name, size in _SIZES.items()
        if size <= (_MOST_SMALL if small else size)
    ]
    themes = [_Option(texts(f"settings.themes.{name}"), ThemeChosen(name), name == view.theme) for name in _THEMES]
    return {"language": languages, "size": sizes, "theme": themes}


def _rows(area: Area, theme: Theme) -> list[Rect]:
    content = area.content
    if area.small:
        return fitted_rows(area, content.x, content.w).rows(3, GAP_SMALL)
    top = area.heading.bottom + theme.px(14)
    return Rect(content.x, top, content.w, content.bottom - theme.px(16) - top).rows(4, theme.px(20))


def _line(theme: Theme, row: Rect, label: str, options: list[_Option]) -> list[Widget]:
    """Return the label and its choices; a row holds four, more become narrower."""
    named = theme.px(146 if theme.small else 200)
    place = Rect(row.x + named, row.y, row.w - named, row.h)
    cells = place.columns(max(_COLUMNS, len(options)), theme.px(8 if theme.small else 16))
    parts: list[Widget] = [Label(Rect(row.x, row.y, named - theme.px(8), row.h), label, _LABEL, middle=True)]
    side, box = (6, 28) if theme.small else (14, 44)
    for cell, option in zip(cells, options, strict=False):
        parts.append(
            CheckRow(
                cell, option.text, option.chosen, face=_OPTION, single=True, side=side, box=box, press=option.press
            )
        )
    return parts


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


def _legal_page(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    actions = Actions(
        back=back(texts("button.back"), Opened(Overlay.SETTINGS)),
        main=go(texts("settings.done"), Dismissed()),
    )
    return [
        *covered(view, area, theme, texts, actions),
        _title(area, theme, texts("settings.legal")),
        *(
            Button(row, texts(f"{overlay.value}.title"), icon="doc", press=Opened(overlay))
            for overlay, row in zip(_LEGAL, _rows(area, theme), strict=True)
        ),
    ]
