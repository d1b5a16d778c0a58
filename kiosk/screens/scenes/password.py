"""署名用パスワードを入力してください: a pad whose keys never change their look, and dots."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import EntryKey, KeyTyped, Opened, Overlay, Pressed
from kiosk.journey.map import Outcome
from kiosk.journey.view import PasswordHint
from kiosk.screens.actions import Act, Actions, go, stop
from kiosk.screens.canvas import Align
from kiosk.screens.furniture import furniture, heading
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.password_pad import letters_and_digits, one_kind
from kiosk.screens.theme import MARK, Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.entry import PasswordEntry
from kiosk.screens.widgets.figure import Figure
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.marks import Pips
from kiosk.screens.widgets.surfaces import Sheet

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

LEAST: Final = 6
_LARGE: Final = 1.4
_AROUND: Final = Face(26, 38, bold=True, most=28)
_NUMBER: Final = Face(64, 72, bold=True, fixed=True, most=64)
_WARNING: Final = Face(24, 34, most=26)
_HINTS: Final = {
    PasswordHint.TOO_SHORT: "password.too_short",
    PasswordHint.FOUR_DIGITS: "password.four_digits",
}


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return title, dots, pad and tries; at 7 inches letters and digits take turns."""
    if area.small:
        return _small(view, area, theme, texts)
    if area.low:
        return _low(view, area, theme, texts)
    private = "password.private_keys" if view.by_keys else "password.private"
    hint = _HINTS[view.password_hint] if view.cells and view.password_hint else private
    if theme.text_factor >= _LARGE and view.password_hint is PasswordHint.FOUR_DIGITS:
        hint = "password.four_short"
    actions = Actions(
        back=stop(texts("button.stop"), Opened(Overlay.LEAVE)),
        main=_start(view, texts),
        hint=texts(hint),
    )
    entry = area.at(0, 88, 976, 76)
    return [
        *furniture(view, area, theme, texts, actions),
        *_title(area, theme, texts),
        PasswordEntry(entry, view.cells, unit=texts("password.count_after")),
        *letters_and_digits(area, texts),
        *_tries(view, area.at(1000, 88, 184, 468), theme, texts),
    ]


def _start(view: View, texts: Texts) -> Act:
    return go(texts("password.start"), Pressed(Outcome.GIVEN), enabled=view.cells >= LEAST)


def _title(area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the title and, where it leaves room, the rule at its right."""
    title = heading(area, theme, texts("password.title"), up=10)
    used = theme.width(title.text, Type.HEADING) + theme.px(32)
    rule = Rect(title.rect.x + used, title.rect.y, title.rect.w - used, title.rect.h)
    if theme.width(texts("password.rule"), Type.BODY) > rule.w:
        return [title]
    named = replace(title, rect=Rect(title.rect.x, title.rect.y, used - theme.px(16), title.rect.h))
    return [named, Label(rule, texts("password.rule"), Type.BODY, "ink_soft", Align.RIGHT, middle=True)]


def _tries(view: View, place: Rect, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the sheet at the right: how many tries are left, and what happens after the last."""
    inner = place.inset(theme.px(8), theme.px(12))
    number = Rect(inner.x, inner.y, inner.w, theme.face(_NUMBER).line)
    pips = theme.px(32 * view.attempts_most + 10 * (view.attempts_most - 1))
    dots = Rect(inner.centre[0] - theme.px(16), number.bottom + theme.px(8), theme.px(32), pips)
    top = dots.bottom + theme.px(10)
    warning = Rect(inner.x, top, inner.w, inner.bottom - top)
    said = texts("password.left", left=view.attempts_left)
    figure = said.replace(str(view.attempts_left), f"<b>{view.attempts_left}</b>", 1)
    return [
        Sheet(place),
        Figure(number, figure, _AROUND, _NUMBER, align=Align.CENTRE, gap=4),
        Pips(dots, view.attempts_left, view.attempts_most, upright=True, gap=10),
        Label(warning, texts("password.lock", most=view.attempts_most), _WARNING, align=Align.CENTRE, middle=True),
    ]


def _low(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return what is read above, and below it letters or digits in three rows."""
    private = "password.private_keys" if view.by_keys else "password.private"
    hint = _HINTS[view.password_hint] if view.cells and view.password_hint else private
    if view.cells and view.password_hint is PasswordHint.FOUR_DIGITS:
        hint = "password.four_short"
    entry = area.at(0, 96, 920, 76)
    left, tries = texts("password.left", left=view.attempts_left), area.at(944, 96, 240, 76)
    return [
        *furniture(view, area, theme, texts, _turning(view, texts, texts(hint))),
        heading(area, theme, texts("password.title")),
        PasswordEntry(entry, view.cells, unit=texts("password.count_after")),
        Label(tries, left, _AROUND, align=Align.RIGHT, middle=True, role=Role.STATE),
        *one_kind(area.controls, texts, digits=view.pad_digits, gap=theme.px(8)),
    ]


def _turning(view: View, texts: Texts, hint: str = "") -> Actions:
    """Return the action bar with the key that shows the other half of the pad."""
    other = EntryKey.LATIN if view.pad_digits else EntryKey.DIGITS
    word = "password.letters" if view.pad_digits else "password.digits"
    return Actions(
        back=stop(texts("button.stop"), Opened(Overlay.LEAVE)),
        second=Act(texts(word), KeyTyped(other)),
        main=_start(view, texts),
        hint=hint,
    )


def _small(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    other = EntryKey.LATIN if view.pad_digits else EntryKey.DIGITS
    word = "password.letters" if view.pad_digits else "password.digits"
    actions = Actions(
        back=stop(texts("button.stop"), Opened(Overlay.LEAVE)),
        second=Act(texts(word), KeyTyped(other)),
        main=_start(view, texts),
    )
    line = Rect(area.content.x, area.content.y + 2, area.content.w, 42)
    label, left = texts("password.label"), texts("password.left", left=view.attempts_left)
    named = theme.width(label, MARK) + theme.px(8)
    tries = theme.width(left, MARK) + 2
    entry = Rect(line.x + named, line.y, line.w - named - tries - theme.px(8), line.h)
    return [
        *furniture(view, area, theme, texts, actions),
        Label(Rect(line.x, line.y, named, line.h), label, MARK, middle=True, role=Role.TITLE),
        PasswordEntry(entry, view.cells, dot=min(20, _dot(entry, theme))),
        Label(Rect(line.right - tries, line.y, tries, line.h), left, MARK, middle=True, role=Role.STATE),
        *one_kind(_pad(area, line), texts, digits=view.pad_digits),
    ]


def _pad(area: Area, line: Rect) -> Rect:
    """Return the place of three rows of keys of 15 mm, from margin to margin."""
    margin = area.content.x // 2
    top = line.bottom + 2
    return Rect(margin, top, area.panel.w - 2 * margin, area.content.bottom - 2 - top)


def _dot(entry: Rect, theme: Theme) -> int:
    """Return how large a dot can be, in design px, so that sixteen stand in the field."""
    return int((entry.w / theme.factor - 50 - 16) / 16 - 11)
