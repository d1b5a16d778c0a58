"""What the scenes of the staff's program share: an indigo header, rows of findings, points, cards to answer with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.first_day.findings import Finding, Part, Result
from kiosk.first_day.wizard import Act, Chosen, Step
from kiosk.screens.actions import Act as Button
from kiosk.screens.actions import Actions, back, go
from kiosk.screens.canvas import Align
from kiosk.screens.furniture import action_bar, heading
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import Column, body
from kiosk.screens.theme import Face
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.choice import Choice
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.marks import POINT, Point
from kiosk.screens.widgets.notice import Notice, Tone
from kiosk.screens.widgets.picture import Icon, Illustration
from kiosk.screens.widgets.surfaces import Band

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.first_day.readiness import Report
    from kiosk.first_day.wizard import Wizard
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_HEAD: Final = Face(36, 48, bold=True, most=36, small=30)
ROW: Final = Face(28, 40, most=28, small=24)
SAID: Final = Face(26, 34, most=26, small=22)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the scenes tell beside the wizard's own state."""

    name: str = ""
    kiosk: str = ""
    city: str = ""
    version: str = ""
    mm: tuple[int, int] = (217, 136)
    last: Report | None = None
    same: bool = False  # the last report is of this configuration
    saved: str = "saved"


@dataclass(frozen=True, slots=True)
class Page:
    """Where and with what is drawn."""

    wizard: Wizard
    facts: Facts
    area: Area
    theme: Theme
    texts: Texts


def framed(page: Page, actions: Actions, title: str) -> list[Widget]:
    """Return header, action bar and title."""
    return [*header(page), *action_bar(page.area, page.theme, actions), heading(page.area, page.theme, title)]


def header(page: Page) -> list[Widget]:
    """Return the indigo band with what this is and how far it has come."""
    area, theme, wizard = page.area, page.theme, page.wizard
    band, size = area.header, theme.px(48)
    left = area.content.x
    kind = {Step.STICK: "first", Step.MENU: "menu"}.get(wizard.step, "test")
    now, most = wizard.place
    place = page.texts("header.place", now=now, all=most) if now else page.facts.name
    words = Rect(left + size + theme.px(16), band.y, area.content.w // 2, band.h)
    right = Rect(words.right, band.y, area.content.right - words.right, band.h)
    return [
        Band(band, "staff"),
        Icon(Rect(left, band.y, size, band.h).centred(size, size), "tool", 4.5, "on_staff"),
        Label(words, page.texts(f"header.{kind}"), _HEAD, "on_staff", middle=True, role=Role.STATE),
        Label(right, place, _HEAD, "on_staff", Align.RIGHT, middle=True, role=Role.STATE),
    ]


def asked_bar(page: Page, *acts: Act, main: Act | None = None) -> Actions:
    """Return the action bar of a part: back, skip, and what answers its question."""
    texts = page.texts
    second = Button(texts("button.skip"), Chosen(Act.SKIP)) if Act.SKIP in acts else None
    return Actions(
        back=back(texts("button.back"), Chosen(Act.BACK)),
        second=second,
        main=go(texts(f"button.{main.value}"), Chosen(main)) if main else None,
        main_px=None if page.area.small else 320,
    )


def pair(page: Page, place: Rect, *, repeat: bool) -> list[Widget]:
    """Return いいえ, and もう一度 where the machine can do it again, as cards below the question."""
    acts = ([Act.REPEAT] if repeat else []) + [Act.NO]
    icons = {Act.REPEAT: "reload", Act.NO: "cross"}
    high = min(page.theme.px(96 if not page.area.small else 90), place.h)
    row = Rect(place.x, place.y, place.w, high)
    return [
        Choice(cell, page.texts(f"button.{act.value}"), icon=icons[act], badge=False, arrow=False, press=Chosen(act))
        for cell, act in zip(row.columns(len(acts), page.theme.px(16)), acts, strict=True)
    ]


_LOOKS: Final[Mapping[Result, tuple[str, str]]] = {
    Result.PASSED: ("check", "success"),
    Result.FAILED: ("warn", "danger"),
    Result.NOT_FITTED: ("minus", "ink_soft"),
    Result.SKIPPED: ("next", "caution"),
}


def finding_row(page: Page, place: Rect, part: Part, finding: Finding | None, *, code: bool = True) -> list[Widget]:
    """Return the line of a part and what was found at it, by its code where that has room."""
    texts = page.texts
    if finding is None:
        return row(page.theme, place, texts(f"part.{part.value}"), texts("result.waiting"), "clock", "ink_soft")
    icon, colour = _LOOKS[finding.result]
    label, said = texts(f"part.{part.value}"), texts(f"result.{finding.result.value}")
    if finding.code and code and _both_fit(page.theme, place, label, finding.code.value):
        said = finding.code.value
    return row(page.theme, place, label, said, icon, colour)


def _both_fit(theme: Theme, place: Rect, label: str, said: str) -> bool:
    """Tell whether a name and a code stand side by side in a row."""
    return theme.width(label, SAID) + theme.width(f"<b>{said}</b>", SAID) + theme.px(36 + 16 + 12 + 8) <= place.w


def row(theme: Theme, place: Rect, label: str, said: str, icon: str, colour: str) -> list[Widget]:
    """Return a line: sign, name and word, with a rule below it."""
    size = min(theme.px(36), place.h - theme.px(8))
    words = Rect(place.x + size + theme.px(16), place.y, place.w - size - theme.px(16), place.h)
    wide = min(theme.width(f"<b>{said}</b>", SAID) + 1, words.w * 3 // 4)
    line = theme.line_px
    return [
        Icon(Rect(place.x, place.y, size, place.h).centred(size, size), icon, 5, colour),
        Label(
            Rect(words.x, place.y, words.w - wide - theme.px(12), place.h), label, SAID, middle=True, role=Role.STATE
        ),
        Label(
            Rect(words.right - wide, place.y, wide, place.h), f"<b>{said}</b>", SAID,
            "ink_soft" if colour == "ink_soft" else "ink", Align.RIGHT, middle=True, role=Role.STATE,
        ),
        Band(Rect(place.x, place.bottom - line, place.w, line), "line"),
    ]  # fmt: skip


def points(column: Column, theme: Theme, lines: list[str]) -> None:
    """Add numbered lines; on the small panel the number stands in the line."""
    for number, line in enumerate(lines, 1):
        if theme.small:
            column.say(f"{number}. {line}", SAID)
            column.skip(2)
            continue
        high = max(theme.px(56), theme.height(line, POINT, column.place.w - theme.px(72)))
        column.add(Point(column.take(high), number, line))
        column.skip(8)


def notice(column: Column, theme: Theme, text: str, tone: Tone) -> None:
    """Add a notice as high as its words."""
    wide = column.place.w - theme.px(120)
    high = max(theme.px(72), theme.height(text, ROW, wide) + theme.px(28))
    column.add(Notice(column.take(high), text, tone, face=ROW))


def beside_picture(page: Page, parts: list[Widget], picture: str) -> Rect:
    """Lay a picture at the left, where there is room, and return the place at its right."""
    place = body(page.area, page.theme)
    if page.area.small:
        return place
    wide = page.theme.px(400)
    high = page.theme.picture_height(picture, wide)
    parts.append(Illustration(Rect(place.x, place.y + max(0, (place.h - high) // 2), wide, high), picture))
    used = wide + page.theme.px(48)
    return Rect(place.x + used, place.y, place.w - used, place.h)
