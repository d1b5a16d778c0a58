"""The scenes before and beside the self-test: the stick of a machine without a configuration, and the staff's menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.first_day.frame import ROW, SAID, Page, framed, header, notice, points, row
from kiosk.first_day.wizard import Act, Chosen
from kiosk.screens.actions import Act as Button
from kiosk.screens.actions import Actions, go
from kiosk.screens.furniture import action_bar
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import Column, body
from kiosk.screens.theme import Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.choice import Choice
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.notice import Tone
from kiosk.screens.widgets.surfaces import Sheet

if TYPE_CHECKING:
    from kiosk.screens.widgets.base import Widget


def stick(page: Page) -> list[Widget]:
    """Return what a machine without a configuration waits for, or why the last stick is not taken."""
    texts, theme, area = page.texts, page.theme, page.area
    refused = page.wizard.stick is not None and not page.wizard.stick.good
    power = Button(texts("button.power_off"), Chosen(Act.POWER_OFF), icon="power")
    title = texts("stick.refused" if refused else "stick.title")
    parts = framed(page, Actions(back=power), title)
    column = Column(theme, body(area, theme))
    if refused:
        return [*parts, *_refused(page, column)]
    if not area.small:
        column.say(texts("stick.what"))
        column.skip(20)
    points(column, theme, [texts(f"stick.{number}") for number in (1, 2, 3)])
    return [*parts, *column.widgets]


def _refused(page: Page, column: Column) -> list[Widget]:
    outcome, texts = page.wizard.stick, page.texts
    if outcome is None:
        return []
    where = ": ".join(word for word in (outcome.file, outcome.key, outcome.expected) if word)
    column.say(texts("stick.code", code=outcome.code), Type.LEAD, role=Role.STATE)
    if where:
        column.say(texts("stick.where", where=where), SAID if page.area.small else ROW)
    column.skip(4 if page.area.small else 8)
    notice(column, page.theme, texts(f"stick.do.{outcome.code}"), Tone.CAUTION)
    if not page.area.small:
        column.skip(12)
        column.say(texts("stick.kept"))
    return column.widgets


def menu(page: Page) -> list[Widget]:
    """Return how the machine stands, and what can be done with it."""
    texts, area, theme = page.texts, page.area, page.theme
    close = go(texts("button.close"), Chosen(Act.OPEN))
    bar = Actions(main=close, hint=texts("menu.private"), hint_icon="lock")
    parts = [*header(page), *action_bar(area, theme, bar)]
    content = area.content.inset(0, theme.px(16 if not area.small else 8))
    left = Rect(content.x, content.y, content.w * 9 // 16, content.h)
    right = Rect(left.right + theme.px(24), content.y, content.right - left.right - theme.px(24), content.h)
    acts = ((Act.BEGIN, "shield"), (Act.RESTART, "reload"), (Act.POWER_OFF, "power"))
    cards = [
        Choice(
            cell, texts(f"button.{act.value.replace('-', '_')}"), icon=icon, badge=False, arrow=False, press=Chosen(act)
        )
        for cell, (act, icon) in zip(right.rows(len(acts), theme.px(16)), acts, strict=True)
    ]
    return [*parts, Sheet(left), *_state(page, left), *cards]


def _state(page: Page, sheet: Rect) -> list[Widget]:
    texts, theme, facts = page.texts, page.theme, page.facts
    inner = sheet.inset(theme.px(24), theme.px(12))
    line = theme.face(Type.HEADING_SMALL).line
    title = Label(Rect(inner.x, inner.y, inner.w, line), texts("menu.state"), Type.HEADING_SMALL, role=Role.TITLE)
    stick = page.wizard.stick
    told = texts("menu.none") if stick is None else stick.code
    rows = [
        (texts("menu.last"), _last(page), facts.last is not None and facts.last.ready),
        (texts("menu.configuration"), texts("menu.same" if facts.same else "menu.other"), facts.same),
        (texts("menu.stick"), told, stick is None or stick.good),
        (texts("menu.version"), facts.version, True),
    ]
    below = Rect(inner.x, title.rect.bottom, inner.w, inner.bottom - title.rect.bottom)
    found: list[Widget] = [title]
    for place, (label, said, good) in zip(below.rows(len(rows), 0), rows, strict=True):
        found += row(theme, place, label, said, "check" if good else "clock", "success" if good else "caution")
    return found


def _last(page: Page) -> str:
    report = page.facts.last
    if report is None:
        return page.texts("menu.never")
    key = "menu.passed" if report.ready else "menu.failed"
    return page.texts(key, date=f"{report.ended:%Y-%m-%d}")
