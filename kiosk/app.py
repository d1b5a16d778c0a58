"""The main loop: touches and answers in, frames out; redrawn only when something has changed."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

import pygame

from kiosk.frames import Frames
from kiosk.glass import Glass
from kiosk.journey.candidate_events import CandidatesReady
from kiosk.journey.events import CharacterTyped, KeypadUsed, KeyTyped, TimePassed, TroubleMet
from kiosk.journey.map import Step
from kiosk.journey.troubles import Trouble
from kiosk.keys import move_of
from kiosk.lifeline import Lifeline
from kiosk.remote_orders import RemoteOrders
from kiosk.screens.keypad import Move, MoveAsked

if TYPE_CHECKING:
    from kiosk.journey.events import Event
    from kiosk.parts import Parts
    from kiosk.screens.widgets.base import Widget
    from kiosk.workers.hands import Hands

SECOND = 1000  # ms: how often time is looked at while nothing happens
GAVE_UP, BROKE = 3, 4  # exit codes


class NothingDrawn(Exception):
    """The first frame did not come onto the screen."""


class App:
    """Runs until it is told to end; the exit code says why."""

    def __init__(self, parts: Parts, began: float) -> None:
        """`began` is when the program started, by the clock's ticks."""
        self._parts = parts
        self._hands: Hands | None = None
        self._began = began
        self.frames = Frames()
        self.offset = 0.0  # seconds that a story let pass
        self._exit: int | None = None
        self._touched_at = 0.0
        self._widgets: list[Widget] = []
        self._last_second = -1.0
        self._glass = Glass(parts.journal)
        self._remote = RemoteOrders(self) if parts.remote else None
        self._lifeline = Lifeline(
            parts.notifier, parts.clock, parts.journal, parts.card, parts.stage.stands, parts.replace_card_service
        )

    def give_hands(self, hands: Hands) -> None:
        """Take the hands; they hold the workers, which hold the mail, so they come last."""
        self._hands = hands

    # ---- what others ask of it --------------------------------------------------------------------------------

    def end(self, code: int = 0) -> None:
        """End after this turn."""
        self._exit = code

    def give_up(self, step: str) -> None:
        """End because a device hangs: the service manager starts the program anew, and the card service as well."""
        self._parts.journal.error("gave-up", step=step)
        self._parts.replace_card_service()
        self._parts.stage.forget()
        self.end(GAVE_UP)

    def unforeseen(self, error: Exception) -> None:
        """Hear of an error that nobody foresaw, from any thread: the citizen gets an incident code."""
        code = self._parts.journal.incident(error)
        self._parts.mail.post(TroubleMet(Trouble.UNEXPECTED, {"incident": code}))

    def flush(self) -> None:
        """Push the touches on the pad out of SDL's memory."""
        self._parts.touch.forget()
        self._parts.mail.push_out()

    @property
    def parts(self) -> Parts:
        """What the main loop holds together."""
        return self._parts

    @property
    def widgets(self) -> list[Widget]:
        """What is on the screen now."""
        return self._widgets

    # ---- the loop ---------------------------------------------------------------------------------------------

    def run(self) -> int:
        """Run; this is the main thread's boundary, where anything unforeseen ends the program cleanly."""
        try:
            self._tell(TimePassed(self._ticks(), self._parts.clock.now().date()))
            self._draw()
            self._began_to_serve()
            while self._exit is None:
                self._turn()
        except Exception as error:  # noqa: BLE001 - the main thread's boundary
            self._parts.journal.incident(error)
            self._parts.journey.close()
            self._parts.stage.forget()
            self._exit = BROKE
        self._parts.notifier.stopping()
        return self._exit or 0

    def _began_to_serve(self) -> None:
        """Tell systemd, once the first frame is there for everybody to see."""
        if not self._parts.stage.stands():
            raise NothingDrawn
        self.frames.first_ms = round((self._parts.clock.ticks() - self._began) * 1000, 1)
        self._parts.notifier.ready()
        gc.collect()
        gc.freeze()  # forms, words and fonts stay for good: looking through them held a frame up for 40 ms
        self._parts.journal.note("ready", ready=True, first_ms=self.frames.first_ms)

    def _turn(self) -> None:
        happened = pygame.event.wait(self._patience())
        self._touched_at = 0.0
        while happened.type != pygame.NOEVENT:
            self._hear(happened)
            happened = pygame.event.poll()
        while (event := self._parts.mail.take()) is not None:
            self._open(event)
        self._pass_time()
        self._draw()
        if self._remote is not None:
            self._remote.answer()
        if not self._lifeline.turn():
            self._parts.stage.forget()  # the next turn draws everything; until it stands nobody is told that we live

    def _open(self, event: Event) -> None:
        if isinstance(event, MoveAsked):
            self.move(event.move)
        else:
            self._tell(event)

    def move(self, move: Move) -> None:
        """Take one of the four physical keys."""
        if move is Move.REPEAT and self._parts.narrator is not None:
            self._parts.narrator.repeat()
        event = self._parts.keypad.take(move, self._widgets, self._milliseconds())
        self._tell(KeypadUsed())
        if event is not None:
            self._tell(event)

    def focused(self) -> Widget | None:
        """Return what the physical keys stand on now."""
        keypad = self._parts.keypad
        keypad.settle(self._widgets, self._parts.journey.view().where, self._milliseconds())
        return keypad.focused(self._widgets)

    def _patience(self) -> int:
        """Return how long nothing needs to be done: a second, until a press stops showing, or until a frame."""
        due = self._parts.touch.due(self._milliseconds())
        frame = self._parts.stage.frame_ms(self._parts.journey.view())
        return max(1, min(SECOND, *(wait for wait in (due, frame) if wait is not None), SECOND))

    def _hear(self, happened: pygame.Event) -> None:
        if happened.type == pygame.QUIT:
            self.end()
        elif happened.type == pygame.KEYDOWN and self._parts.bar is not None:
            self._parts.bar.key(happened.key)
        if (move := move_of(happened, self._parts.keys)) is not None:
            self.move(move)
            return
        bar = list(self._parts.bar.widgets()) if self._parts.bar is not None else []
        came = time.perf_counter()
        event = self._parts.touch.handle(happened, [*self._widgets, *bar], self._milliseconds())
        if event is None or (self._parts.bar is not None and self._parts.bar.take(event)):
            return
        self._parts.keypad.rest()
        self._touched_at = self._touched_at or came
        if isinstance(event, CharacterTyped | KeyTyped):
            self.frames.typed_at = came
        self._tell(event)

    def _tell(self, event: Event) -> None:
        if self._hands is None:
            return
        journey = self._parts.journey
        before = journey.step
        if isinstance(event, CandidatesReady):
            self.frames.candidates_came = True
        self._hands.carry_out(journey.handle(event))
        if journey.step is not before and journey.step in {Step.ATTRACT, Step.FAREWELL, Step.HAND_OVER}:
            self._parts.stage.forget()
            self._parts.touch.forget()
            self._parts.keypad.forget()
            if self._parts.narrator is not None:
                self._parts.narrator.forget()
            gc.collect()  # while nobody types; what a visit leaves behind goes now
        self._widgets = self._parts.stage.arrange(journey.view())

    def _pass_time(self) -> None:
        ticks = self._ticks()
        if ticks - self._last_second >= SECOND / 1000:
            self._last_second = ticks
            self._tell(TimePassed(ticks, self._parts.clock.now().date()))
            self._glass.look(stuck=self._parts.touch.stuck(int(ticks * 1000)))
            if self._parts.doorkeeper is not None:
                self._parts.doorkeeper.look(self._parts.journey.step, self.frames.drawn)

    def _milliseconds(self) -> int:
        """Tell the time for touches; pygame's own clock stands still, because pygame as a whole is never started."""
        return int(self._parts.clock.ticks() * 1000)

    def _ticks(self) -> float:
        return self._parts.clock.ticks() + self.offset

    def _draw(self) -> None:
        view = self._parts.journey.view()
        now = self._milliseconds()
        self._widgets = self._parts.stage.arrange(view, now)
        pressed = self._parts.touch.pressed(self._widgets, now)
        self._parts.keypad.settle(self._widgets, view.where, now)
        self._parts.touch.settle(view.where, now)
        focused = self._parts.keypad.focused(self._widgets)
        if self._parts.narrator is not None:
            self._parts.narrator.hear(view.where, view, self._widgets, focused)
        if self._parts.stage.show(view, self._widgets, pressed, focused):
            self.frames.drawn += 1
            self.frames.offered(time.perf_counter())
            if self._touched_at:
                self.frames.answered(view.step, time.perf_counter() - self._touched_at)
        if self._parts.bar is not None:
            self._parts.bar.draw(self._parts.touch.pressed(self._parts.bar.widgets(), now))
