"""The walk through the self-test: events in, orders out. No pygame, no devices, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kiosk.first_day.findings import (
    BY_HAND,
    BY_ITSELF,
    DENIED,
    NOT_FITTED,
    PASSED,
    SKIPPED,
    Code,
    Finding,
    Part,
    Result,
    failed,
)
from kiosk.journey.events import Event

if TYPE_CHECKING:
    from collections.abc import Collection

    from kiosk.provision.outcome import Outcome

TARGETS: Final = 5  # four corners and the middle
MISSES: Final = 6  # so many touches beside a target mean that the panel is off
COLOURS: Final = ("red", "green", "blue")


class Step(StrEnum):
    """Where the staff are."""

    STICK = "stick"  # this machine has no configuration: it waits for a stick
    MENU = "menu"
    WELCOME = "welcome"
    SCREEN = "screen"
    TOUCH = "touch"
    LAMP = "lamp"
    BUZZER = "buzzer"
    VOICE = "voice"
    BUTTON = "button"
    READER = "reader"
    MACHINE = "machine"  # what needs no hand is looked at
    SUMMARY = "summary"


class Act(StrEnum):
    """What a button means."""

    BEGIN = "begin"
    YES = "yes"
    NO = "no"
    SKIP = "skip"
    REPEAT = "repeat"
    BACK = "back"
    OPEN = "open"
    RETRY = "retry"
    RESTART = "restart"
    POWER_OFF = "power-off"


@dataclass(frozen=True, slots=True)
class Chosen(Event):
    """A button was pressed."""

    act: Act


@dataclass(frozen=True, slots=True)
class Targeted(Event):
    """The target with this number was hit, so many millimetres from its middle."""

    number: int
    off_mm: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Missed(Event):
    """A touch beside the target, so many millimetres from its middle."""

    off_mm: float


@dataclass(frozen=True, slots=True)
class HelpPressed(Event):
    """The help button of the panel was pressed."""


@dataclass(frozen=True, slots=True)
class Found(Event):
    """A part that needs no hand, or the reader, was looked at."""

    part: Part
    finding: Finding


@dataclass(frozen=True, slots=True)
class Broke(Event):
    """What looked at parts broke in a way that nobody foresaw; `incident` is its code in the journal."""

    incident: str


@dataclass(frozen=True, slots=True)
class StickSeen(Event):
    """A stick was applied or refused."""

    outcome: Outcome


class Order(StrEnum):
    """What is to be done."""

    LIGHT = "light"  # the lamp through its colours
    DARK = "dark"
    BEEP = "beep"
    SPEAK = "speak"
    READ_CARD = "read-card"
    STOP_READING = "stop-reading"
    LOOK = "look"  # at everything that needs no hand
    SAVE = "save"  # the report
    OPEN = "open"  # the kiosk serves
    RESTART = "restart"  # with the new configuration
    POWER_OFF = "power-off"


_ON_ARRIVAL: Final = {
    Step.LAMP: Order.LIGHT,
    Step.BUZZER: Order.BEEP,
    Step.VOICE: Order.SPEAK,
    Step.READER: Order.READ_CARD,
    Step.MACHINE: Order.LOOK,
    Step.SUMMARY: Order.SAVE,
}
_ON_LEAVING: Final = {Step.LAMP: Order.DARK, Step.READER: Order.STOP_READING}
_WAY: Final = (Step.WELCOME, *(Step(part.value) for part in BY_HAND), Step.MACHINE, Step.SUMMARY)


class Wizard:
    """One self-test. `fitted` are the parts that the configuration names; `musts` those that have to pass."""

    def __init__(self, step: Step, fitted: Collection[Part], musts: Collection[Part]) -> None:
        self.step = step
        self.fitted = frozenset(fitted)
        self.musts = tuple(part for part in Part if part in musts)
        self.findings: dict[Part, Finding] = {}
        self.target = 0
        self.misses = 0
        self.worst_mm = 0.0
        self.stick: Outcome | None = None
        self._forget()

    @property
    def ready(self) -> bool:
        """Whether every part that must pass has passed."""
        return all(self.findings.get(part, SKIPPED).good for part in self.musts)

    @property
    def place(self) -> tuple[int, int]:
        """Which of how many steps this is, from 1; the menu and the stick are none."""
        way = self._way()
        return (way.index(self.step) + 1 if self.step in way else 0), len(way)

    def handle(self, event: Event) -> list[Order]:
        """Take an event and return what is to be done; one that means nothing here changes nothing."""
        match event:
            case StickSeen():
                self.stick = event.outcome
                orders = [Order.RESTART] if event.outcome.good and self.step is Step.STICK else []
            case Found():
                orders = self._found(event)
            case Broke():
                orders = self._broke(failed(Code.UNFORESEEN, event.incident))
            case Chosen():
                orders = self._chosen(event.act)
            case Targeted() | Missed() if self.step is Step.TOUCH:
                orders = self._touched(event)
            case HelpPressed() if self.step is Step.BUTTON:
                orders = self._settle(Part.BUTTON, PASSED)
            case _:
                orders = []
        return orders

    # ---- what the staff do ------------------------------------------------------------------------------------

    def _chosen(self, act: Act) -> list[Order]:
        if act is Act.POWER_OFF:
            return [Order.POWER_OFF] if self.step in {Step.MENU, Step.STICK, Step.SUMMARY} else []
        if self.step is Step.MENU:
            if act is Act.BEGIN:
                return self._begin()
            return {Act.OPEN: [Order.OPEN], Act.RESTART: [Order.RESTART]}.get(act, [])
        if self.step is Step.SUMMARY:
            return self._from_summary(act)
        if self.step is Step.WELCOME:
            return self._next() if act is Act.BEGIN else []
        return self._answer(act)

    def _from_summary(self, act: Act) -> list[Order]:
        if act is Act.OPEN and self.ready:
            return [Order.OPEN]
        return self._begin() if act is Act.RETRY else []

    def _answer(self, act: Act) -> list[Order]:
        if act is Act.BACK:
            return self._back()
        if self.step.value not in set(BY_HAND):
            return []
        part = Part(self.step.value)
        if act is Act.REPEAT and self.step in _ON_ARRIVAL:
            self.findings.pop(part, None)
            return [_ON_ARRIVAL[self.step]]
        if act is Act.SKIP:
            return self._settle(part, SKIPPED)
        if act is Act.NO:
            return self._settle(part, self.findings.get(part) or failed(DENIED[part], self._touch_detail(part)))
        seen = part in {Part.SCREEN, Part.LAMP, Part.BUZZER, Part.VOICE}  # the others prove themselves
        return self._settle(part, PASSED) if act is Act.YES and seen else []

    def _touched(self, event: Targeted | Missed) -> list[Order]:
        if isinstance(event, Missed):
            self.misses += 1
            return self._settle(Part.TOUCH, self._touch_failed()) if self.misses >= MISSES else []
        if event.number != self.target:
            return []
        self.worst_mm = max(self.worst_mm, event.off_mm)
        self.target += 1
        if self.target < TARGETS:
            return []
        return self._settle(Part.TOUCH, Finding(Result.PASSED, detail=f"{self.worst_mm:.1f} mm"))

    def _touch_failed(self) -> Finding:
        return failed(Code.TOUCH_MISSED, self._touch_detail(Part.TOUCH))

    def _touch_detail(self, part: Part) -> str:
        return f"{self.target}/{TARGETS}" if part is Part.TOUCH else ""

    # ---- what the machine finds -------------------------------------------------------------------------------

    def _found(self, event: Found) -> list[Order]:
        if event.part is Part.READER:
            if self.step is not Step.READER:
                return []
            if event.finding.good:
                return self._settle(Part.READER, event.finding)
            self.findings[Part.READER] = event.finding  # told on the scene; another card may be laid down
            return []
        if self.step is not Step.MACHINE:
            return []
        self.findings[event.part] = event.finding
        return self._next() if all(part in self.findings for part in BY_ITSELF) else []

    def _broke(self, finding: Finding) -> list[Order]:
        """Take every part that is still waited for as failed: a scene must not look for ever."""
        if self.step is Step.READER:
            self.findings[Part.READER] = finding
        if self.step is not Step.MACHINE:
            return []
        self.findings |= {part: finding for part in BY_ITSELF if part not in self.findings}
        return self._next()

    # ---- the way ----------------------------------------------------------------------------------------------

    def _way(self) -> tuple[Step, ...]:
        apart = {part.value for part in BY_HAND if part not in self.fitted}
        return tuple(step for step in _WAY if step.value not in apart)

    def _settle(self, part: Part, finding: Finding) -> list[Order]:
        self.findings[part] = finding
        return self._next()

    def _begin(self) -> list[Order]:
        self._forget()
        self.step = Step.WELCOME
        return []

    def _forget(self) -> None:
        self.findings = {part: NOT_FITTED for part in Part if part not in self.fitted}

    def _next(self) -> list[Order]:
        way = self._way()
        return self._go(way[min(way.index(self.step) + 1, len(way) - 1)])

    def _back(self) -> list[Order]:
        way = self._way()
        if self.step not in way or self.step in {Step.WELCOME, Step.MACHINE}:
            return []
        return self._go(way[way.index(self.step) - 1])

    def _go(self, step: Step) -> list[Order]:
        orders = [_ON_LEAVING[self.step]] if self.step in _ON_LEAVING else []
        self.step = step
        if step is Step.TOUCH:
            self.target, self.misses, self.worst_mm = 0, 0, 0.0
        if step.value in set(BY_HAND):
            self.findings.pop(Part(step.value), None)
        if step is Step.MACHINE:
            for part in BY_ITSELF:
                if part in self.fitted:
                    self.findings.pop(part, None)
        return orders + ([_ON_ARRIVAL[step]] if step in _ON_ARRIVAL else [])
