"""The staff's main loop: touches and findings in, frames out, orders carried out."""

from __future__ import annotations

import queue
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pygame

from kiosk.first_day.devices import Background, beep, looking, reading, shining
from kiosk.first_day.frame import Facts, Page
from kiosk.first_day.readiness import last_report, ready
from kiosk.first_day.report import program_version, report_of, save
from kiosk.first_day.scenes import arrange, targets
from kiosk.first_day.wizard import HelpPressed, Missed, Order, Step, StickSeen, Targeted
from kiosk.first_day.wizard_end import Ending
from kiosk.frames import Frames
from kiosk.keys import move_of
from kiosk.provision.outcome import found as stick_found
from kiosk.screens.describe import describe
from kiosk.screens.keypad import Keypad, Move
from kiosk.screens.screen import Screen, present
from kiosk.screens.shot import save_png

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import Event as Signal

    from drivers.panel import Panel
    from drivers.readers.reader import Reader
    from kiosk.clock import Clock
    from kiosk.config import Config
    from kiosk.first_day.findings import Finding, Part
    from kiosk.first_day.wizard import Wizard
    from kiosk.journal import Journal
    from kiosk.journey.events import Event
    from kiosk.keys import Keymap
    from kiosk.notify import Notifier
    from kiosk.remote import Order as Ordered
    from kiosk.remote import Remote
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.touch import Touch
    from kiosk.screens.widgets.base import Widget

TURN: Final = 100  # ms between two looks at what others say
SHORT_OF_A_TARGET: Final = 0.5  # of a target's size beyond its edge: a touch meant for it


@dataclass(slots=True)
class Desk:
    """Everything that the staff's program holds together."""

    wizard: Wizard
    facts: Facts
    area: Area
    theme: Theme
    texts: Texts
    surface: pygame.Surface
    touch: Touch
    clock: Clock
    journal: Journal
    notifier: Notifier
    keys: Keymap
    config: Config | None = None
    panel: Panel | None = None
    reader: Reader | None = None
    look: Callable[[Signal], Iterator[tuple[Part, Finding]]] | None = None
    speak: Callable[[], None] = lambda: None
    power_off: Callable[[], None] = lambda: None
    stick: Path | None = None  # where word of the last stick is left
    remote: Remote | None = None


class StaffProgram:
    """Runs until the kiosk may open, a restart is asked for, or it is stopped."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._mail: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._background = Background(self._mail.put, desk.journal)
        self._screen = Screen(desk.surface)
        self._keypad = Keypad()
        self._widgets: list[Widget] = []
        self._ending: Ending | None = None
        self._began = desk.clock.now()
        self._stick_at = self._stick_time()
        self._at = (0, 0)
        self._touching: list[Ordered] = []
        self._settle_facts()
        if desk.panel is not None:
            desk.panel.when_help_pressed(lambda: self._mail.put(HelpPressed()))

    def stop(self) -> None:
        """End after this turn; callable from a signal."""
        self._ending = Ending.STOPPED

    def run(self) -> Ending:
        """Run; what follows is returned."""
        desk = self._desk
        desk.journal.note("first-day.started", ready=False, step=desk.wizard.step.value)
        self._draw()
        desk.notifier.ready()
        while self._ending is None:
            self._turn()
        self._background.end()
        self._answer_touches()
        desk.notifier.stopping()
        return self._ending

    # ---- a turn -----------------------------------------------------------------------------------------------

    def _turn(self) -> None:
        happened = pygame.event.wait(TURN)
        while happened.type != pygame.NOEVENT:
            self._hear(happened)
            happened = pygame.event.poll()
        self._see_stick()
        while not self._mail.empty():
            self._tell(self._mail.get())
        self._draw()
        self._answer_remote()
        self._desk.notifier.alive()

    def _hear(self, happened: pygame.Event) -> None:
        if happened.type == pygame.QUIT:
            self.stop()
            return
        if (move := move_of(happened, self._desk.keys)) is not None:
            self._move(move)
            return
        touched = self._desk.touch.place(happened)
        if touched is not None and happened.type in {pygame.FINGERDOWN, pygame.MOUSEBUTTONDOWN}:
            self._at = touched[1:]
            self._aimed()
        event = self._desk.touch.handle(happened, self._widgets, self._now())
        if event is not None:
            self._keypad.rest()
            self._tell(replace(event, off_mm=self._off_mm()) if isinstance(event, Targeted) else event)

    def _move(self, move: Move) -> None:
        event = self._keypad.take(move, self._widgets, self._now())
        if event is not None:
            self._tell(event)

    def _aimed(self) -> None:
        """Count a touch that was meant for the target and went beside it; one on a button is none."""
        wizard = self._desk.wizard
        if wizard.step is not Step.TOUCH:
            return
        target = targets(self._page())[min(wizard.target, 4)]
        on_something = any(widget.touchable and widget.rect.contains(*self._at) for widget in self._widgets)
        band = self._desk.area.header.bottom <= self._at[1] < self._desk.area.action_bar.y
        if band and not on_something and not target.contains(*self._at):
            self._tell(Missed(self._off_mm()))

    def _off_mm(self) -> float:
        """Return how far the last touch lay from the target's middle."""
        wizard, area = self._desk.wizard, self._desk.area
        x, y = targets(self._page())[min(wizard.target, 4)].centre
        across = ((self._at[0] - x) ** 2 + (self._at[1] - y) ** 2) ** 0.5
        return float(across * self._desk.facts.mm[0] / area.panel.w)

    def _see_stick(self) -> None:
        """Look whether another stick was put in since the start."""
        at = self._stick_time()
        if at != self._stick_at and self._desk.stick is not None:
            self._stick_at = at
            outcome = stick_found(self._desk.stick)
            if outcome is not None:
                self._desk.journal.note("first-day.stick", code=outcome.code)
                self._tell(StickSeen(outcome))

    def _stick_time(self) -> int:
        try:
            return self._desk.stick.stat().st_mtime_ns if self._desk.stick else 0
        except OSError:
            return 0

    # ---- orders -----------------------------------------------------------------------------------------------

    def _tell(self, event: Event) -> None:
        before = self._desk.wizard.step
        for order in self._desk.wizard.handle(event):
            self._carry_out(order)
        if self._desk.wizard.step is not before:
            self._desk.journal.note("first-day.step", step=self._desk.wizard.step.value)

    def _carry_out(self, order: Order) -> None:
        desk, background = self._desk, self._background
        match order:
            case Order.LIGHT if desk.panel:
                background.begin(shining(desk.panel))
            case Order.DARK | Order.STOP_READING:
                background.end()
            case Order.BEEP if desk.panel:
                beep(desk.panel)
            case Order.READ_CARD if desk.reader:
                background.begin(reading(desk.reader))
            case Order.LOOK if desk.look:
                background.begin(looking(desk.look))
            case _:
                self._end_or_keep(order)

    def _end_or_keep(self, order: Order) -> None:
        match order:
            case Order.SAVE:
                self._save()
            case Order.OPEN:
                self._open()
            case Order.RESTART:
                self._ending = Ending.RESTART
            case Order.POWER_OFF:
                self._desk.journal.warn("power-off-wished")
                self._desk.power_off()
            case Order.SPEAK:
                self._desk.speak()
            case _:
                pass

    def _save(self) -> None:
        desk = self._desk
        if desk.config is None or not desk.config.first_day.folder:
            return
        report = report_of(desk.wizard, desk.config, self._began, desk.clock.now(), clock_trusted=desk.clock.trusted())
        desk.journal.note("first-day.report", ready=report.ready)
        for line in report.lines:
            if line.code:
                desk.journal.warn("first-day.failed", part=line.part, code=line.code)
        try:
            printed = save(report, Path(desk.config.first_day.folder), desk.texts, desk.config.fonts.text)
            saved = "saved" if printed else "unprinted"
        except OSError:
            saved = "unsaved"
        desk.facts = replace(desk.facts, saved=saved)
        self._settle_facts()

    def _open(self) -> None:
        """Open the kiosk; after a test that has to be done anew there is nothing to open, and the test begins."""
        desk = self._desk
        if (
            desk.config is None
            or not desk.config.first_day.folder
            or ready(desk.config, Path(desk.config.first_day.folder))
        ):
            self._ending = Ending.OPEN
        elif desk.wizard.step is Step.MENU:
            desk.wizard.step = Step.WELCOME

    def _settle_facts(self) -> None:
        desk = self._desk
        facts = replace(desk.facts, version=program_version())
        if desk.config is not None and desk.config.first_day.folder:
            folder = Path(desk.config.first_day.folder)
            facts = replace(facts, last=last_report(folder), same=ready(desk.config, folder))
        desk.facts = facts

    # ---- frames -----------------------------------------------------------------------------------------------

    def _page(self) -> Page:
        desk = self._desk
        return Page(desk.wizard, desk.facts, desk.area, desk.theme, desk.texts)

    def _draw(self) -> None:
        desk, now = self._desk, self._now()
        self._widgets = arrange(self._page())
        self._keypad.settle(self._widgets, (desk.wizard.step, desk.wizard.target), now)
        pressed = desk.touch.pressed(self._widgets, now)
        present(self._screen.show(self._widgets, desk.theme, pressed, self._keypad.focused(self._widgets)))

    def _now(self) -> int:
        return int(self._desk.clock.ticks() * 1000)

    # ---- the demonstration's hand and eye -------------------------------------------------------------------------

    def _answer_remote(self) -> None:
        self._answer_touches()
        remote = self._desk.remote
        while remote is not None and (order := remote.take()) is not None:
            self._answer(order)

    def _answer_touches(self) -> None:
        for touched in self._touching:
            touched.reply({"ok": True})
        self._touching.clear()

    def _answer(self, order: Ordered) -> None:
        wanted = order.order
        match wanted.get("do"):
            case "describe":
                step = f"first-day.{self._desk.wizard.step.value}"
                order.reply({**describe(self._widgets).as_dict(), "step": step, "overlay": None})
            case "shot":
                save_png(self._screen.surface, Path(wanted["path"]))
                order.reply({"ok": True})
            case "figures":
                order.reply(Frames().as_dict())  # of citizens' touches there are none here
            case "key":
                self._move(Move(wanted["key"]))
                self._draw()
                focused = self._keypad.focused(self._widgets)
                meaning = focused.meaning() if focused is not None else None
                order.reply({"focused": meaning.text if meaning else ""})
            case "help":
                self._mail.put(HelpPressed())
                order.reply({"ok": True})
            case "touch":
                width, height = self._screen.surface.get_size()
                place = {"touch_id": 1, "finger_id": 7, "x": wanted["x"] / width, "y": wanted["y"] / height}
                for kind in (pygame.FINGERDOWN, pygame.FINGERUP):
                    pygame.event.post(pygame.event.Event(kind, {**place, "dx": 0.0, "dy": 0.0, "pressure": 1.0}))
                self._touching.append(order)
            case _:
                order.reply({"error": "describe, touch, key, help or shot was expected"})
