"""The scenes of the self-test, one a part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.first_day.findings import BY_ITSELF, SKIPPED, Part
from kiosk.first_day.frame import (
    ROW,
    SAID,
    Page,
    asked_bar,
    beside_picture,
    finding_row,
    framed,
    header,
    notice,
    pair,
    points,
)
from kiosk.first_day.marks import EdgeLine, Pattern, Target
from kiosk.first_day.menu import menu, stick
from kiosk.first_day.wizard import Act, Chosen, Step, Targeted
from kiosk.screens.actions import Act as Button
from kiosk.screens.actions import Actions, go
from kiosk.screens.canvas import Align
from kiosk.screens.furniture import action_bar
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import Column, body
from kiosk.screens.theme import DETAIL, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.notice import Notice, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiosk.screens.widgets.base import Widget

TARGET_MM: Final = 15.0


def arrange(page: Page) -> list[Widget]:
    """Return the widgets of the step that the wizard is at."""
    return _SCENES[page.wizard.step](page)


def _welcome(page: Page) -> list[Widget]:
    texts, theme, area, facts = page.texts, page.theme, page.area, page.facts
    parts = framed(
        page, Actions(main=go(texts("button.begin"), Chosen(Act.BEGIN))), texts("welcome.title", name=facts.name)
    )
    column = Column(theme, body(area, theme))
    column.say(texts("welcome.stick", kiosk=facts.kiosk, city=facts.city), DETAIL, "ink_soft", role=Role.STATE)
    column.skip(0 if area.small else 8)
    if not area.small:
        column.say(texts("welcome.what"))
        column.skip(16)
    musts = texts("welcome.between").join(texts(f"part.{part.value}") for part in page.wizard.musts)
    points(column, theme, [texts("welcome.1"), texts("welcome.2", musts=musts), texts("welcome.3")])
    return [*parts, *column.widgets]


def _screen(page: Page) -> list[Widget]:
    texts, area, theme = page.texts, page.area, page.theme
    bar = asked_bar(page, Act.SKIP, main=Act.YES)
    high = theme.px(96) if not area.small else theme.px(90)
    asked = Rect(area.content.x, area.action_bar.y - high - theme.px(12), area.content.w, high)
    words = Rect(asked.x, asked.y, asked.w * 3 // 4 - theme.px(16), asked.h)
    answer = Rect(words.right + theme.px(16), asked.y, asked.right - words.right - theme.px(16), asked.h)
    pattern = Rect(area.panel.x, area.header.bottom, area.panel.w, asked.y - theme.px(12) - area.header.bottom)
    return [
        *header(page),
        *action_bar(area, theme, bar),
        Pattern(pattern),
        Label(words, texts("screen.ask"), ROW, middle=True, role=Role.TITLE),
        *pair(page, answer, repeat=False),
        EdgeLine(area.panel),
    ]


def targets(page: Page) -> list[Rect]:
    """Return the rectangles of the touch's targets: the four corners and the middle of what is not the two bands."""
    area, (mm, _) = page.area, page.facts.mm
    size = round(TARGET_MM * area.panel.w / mm)
    content = Rect(area.panel.x, area.header.bottom, area.panel.w, area.action_bar.y - area.header.bottom).inset(4)
    right, low = content.right - size, content.bottom - size
    corners = [(content.x, content.y), (right, content.y), (right, low), (content.x, low)]
    middle = content.centred(size, size)
    return [*(Rect(x, y, size, size) for x, y in corners), middle]


def _touch(page: Page) -> list[Widget]:
    texts, area, theme, wizard = page.texts, page.area, page.theme, page.wizard
    bar = asked_bar(page, Act.SKIP)
    parts: list[Widget] = [*header(page), *action_bar(area, theme, bar)]
    places = targets(page)
    inner = Rect(places[0].right, places[0].y, places[1].x - places[0].right, places[4].y - places[0].y)
    words = texts("touch.ask", number=wizard.target + 1)
    if wizard.misses:
        words = texts("touch.missed", misses=wizard.misses)
    parts.append(
        Label(inner.inset(theme.px(24), 0), words, Type.BODY, align=Align.CENTRE, middle=True, role=Role.TITLE)
    )
    for number, place in enumerate(places):
        now = number == wizard.target
        parts.append(
            Target(
                place, number + 1, now, number < wizard.target, press=Targeted(number) if now else None, focus_order=800
            )
        )
    return parts


def _by_eye(part: Part, picture: str, name: str) -> Callable[[Page], list[Widget]]:
    """Return the scene of a part about which the installer is asked."""

    def scene(page: Page) -> list[Widget]:
        texts, theme, area = page.texts, page.theme, page.area
        parts = framed(page, asked_bar(page, Act.SKIP, main=Act.YES), texts(f"{name}.title"))
        column = Column(theme, beside_picture(page, parts, picture))
        column.say(texts(f"{name}.ask"), Type.LEAD)
        column.skip(12 if area.small else 32)
        column.add(*pair(page, column.take(theme.px(96)), repeat=part is not Part.SCREEN))
        return [*parts, *(column.widgets if area.small else column.centred())]

    return scene


def _button(page: Page) -> list[Widget]:
    return _waited(page, "help", "kiosk", "")


def _reader(page: Page) -> list[Widget]:
    finding = page.wizard.findings.get(Part.READER)
    code = finding.code if finding else None
    return _waited(page, "reader", "lay-card", page.texts(f"do.{code.value}") if code else "")


def _waited(page: Page, name: str, picture: str, problem: str) -> list[Widget]:
    """Return the scene of a part that answers by itself."""
    texts, theme, area = page.texts, page.theme, page.area
    parts = framed(page, asked_bar(page, Act.SKIP), texts(f"{name}.title"))
    column = Column(theme, beside_picture(page, parts, picture))
    column.say(texts(f"{name}.ask"), Type.LEAD)
    column.skip(8 if area.small else 24)
    if problem:
        notice(column, theme, problem, Tone.CAUTION)
    elif name == "reader":
        column.say(texts("reader.note"))
    else:
        column.say(texts("button.wait"), colour="ink_soft")
    if area.small:  # there is room for the way on in the action bar only
        return [*parts, *column.widgets]
    column.skip(24)
    column.add(*pair(page, column.take(theme.px(96)), repeat=name == "reader" and bool(problem)))
    return [*parts, *column.centred()]


def _machine(page: Page) -> list[Widget]:
    texts, theme, area, wizard = page.texts, page.theme, page.area, page.wizard
    parts = framed(page, Actions(), texts("machine.title"))
    place = body(area, theme)
    shown = [part for part in BY_ITSELF if part in wizard.fitted]
    line = min(theme.px(72), place.h // max(1, len(shown)))
    for at, part in enumerate(shown):
        finding = wizard.findings.get(part)
        parts += finding_row(page, Rect(place.x, place.y + at * line, place.w, line), part, finding)
    return parts


def _summary(page: Page) -> list[Widget]:
    texts, area, theme, wizard = page.texts, page.area, page.theme, page.wizard
    ready = wizard.ready
    main = go(texts("button.open"), Chosen(Act.OPEN), enabled=ready)
    again = Button(texts("button.retry"), Chosen(Act.RETRY), icon="reload")
    parts: list[Widget] = framed(
        page,
        Actions(back=again, main=main, main_px=None if area.small else 360),
        texts("summary.ready" if ready else "summary.not_ready"),
    )
    place = body(area, theme)
    wrong = next((part for part in wizard.musts if not wizard.findings.get(part, SKIPPED).good), None)
    foot = theme.px(88 if not area.small else 84)
    line = theme.px(56) if not area.small else theme.px(44)
    rows = max(1, (place.h - foot - theme.px(4)) // line)
    shown = _shown(page, 2 * rows)
    half = -(-len(shown) // 2)
    for at, part in enumerate(shown):
        cell = place.columns(2, theme.px(48))[at // half]
        where = Rect(cell.x, cell.y + at % half * line, cell.w, line)
        parts += finding_row(page, where, part, wizard.findings.get(part), code=not area.small)
    top = place.y + half * line + theme.px(4)
    return [*parts, _told(page, Rect(place.x, top, place.w, place.bottom - top), wrong)]


def _shown(page: Page, most: int) -> list[Part]:
    """Return the parts that have room, in their order; what did not pass goes before what did."""
    findings = page.wizard.findings
    passed = [part for part in Part if findings.get(part, SKIPPED).good or part not in page.wizard.fitted]
    worst = sorted(Part, key=lambda part: (part in passed, part not in page.wizard.fitted))[:most]
    return [part for part in Part if part in worst]


def _told(page: Page, place: Rect, wrong: Part | None) -> Widget:
    """Return what is to be done about the first part that must pass and has not, or that all is kept."""
    texts, wizard = page.texts, page.wizard
    finding = wizard.findings.get(wrong) if wrong else None
    high = min(place.h, page.theme.px(88 if not page.area.small else 84))
    rect = Rect(place.x, place.y, place.w, high)
    if wrong is None or page.facts.saved == "unsaved":
        tone = Tone.GOOD if page.facts.saved == "saved" else Tone.CAUTION
        return Notice(rect, texts(f"summary.{page.facts.saved}"), tone, face=SAID)
    do = texts(f"do.{finding.code.value}") if finding and finding.code else texts("summary.do")
    told = f"{texts(f'part.{wrong.value}')}: {do}"
    if page.area.small and finding and finding.code:  # the rows above have no room for the code
        told = f"{do} ({finding.code.value})"
    return Notice(rect, told, Tone.CAUTION, face=SAID)


_SCENES: Final[Mapping[Step, Callable[[Page], list[Widget]]]] = {
    Step.STICK: stick,
    Step.MENU: menu,
    Step.WELCOME: _welcome,
    Step.SCREEN: _screen,
    Step.TOUCH: _touch,
    Step.LAMP: _by_eye(Part.LAMP, "kiosk", "lamp"),
    Step.BUZZER: _by_eye(Part.BUZZER, "kiosk", "buzzer"),
    Step.VOICE: _by_eye(Part.VOICE, "kiosk", "voice"),
    Step.BUTTON: _button,
    Step.READER: _reader,
    Step.MACHINE: _machine,
    Step.SUMMARY: _summary,
}
