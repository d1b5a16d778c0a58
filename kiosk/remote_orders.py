"""What the remote control may have done: the main thread carries it out between two frames."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pygame

from kiosk.journey.staff_events import PowerOffAsked, StaffMenuAsked
from kiosk.screens.describe import describe
from kiosk.screens.keypad import Move
from kiosk.screens.rich import plain
from kiosk.screens.shot import save_png

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiosk.frames import Frames
    from kiosk.parts import Parts
    from kiosk.remote import Order
    from kiosk.screens.widgets.base import Widget

FINGER, LYING = 7, 8  # any ids; a real panel's are small numbers as well


class Operated(Protocol):
    """What the remote control needs of the main loop."""

    frames: Frames
    offset: float  # seconds that a story let pass

    @property
    def parts(self) -> Parts:
        """What the main loop holds together."""
        ...

    @property
    def widgets(self) -> list[Widget]:
        """What is on the screen now."""
        ...

    def move(self, move: Move) -> None:
        """Take one of the four physical keys."""
        ...

    def focused(self) -> Widget | None:
        """Return what the physical keys stand on now."""
        ...


class RemoteOrders:
    """Answers orders; a touch is answered when the frame after it has been drawn."""

    def __init__(self, app: Operated) -> None:
        self._app = app
        self._touching: list[Order] = []
        self._ways: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "describe": self._describe,
            "shot": self._shot,
            "pass": self._pass,
            "figures": self._figures,
            "key": self._key,
            "power": self._power,
            "headphones": self._headphones,
        }

    def answer(self) -> None:
        """Answer everything that has come."""
        for touched in self._touching:
            touched.reply({"ok": True})
        self._touching.clear()
        remote = self._app.parts.remote
        while remote is not None and (order := remote.take()) is not None:
            wanted = str(order.order.get("do"))
            if wanted == "touch":
                self._touch(order)
            elif wanted in self._ways:
                order.reply(self._ways[wanted](order.order))
            else:
                order.reply({"error": "describe, touch, key, headphones, shot, pass or figures was expected"})

    def _touch(self, order: Order) -> None:
        """Put a finger down and lift it, as SDL would tell it of a panel; one that is `held` stays where it is."""
        width, height = pygame.display.get_window_size()
        held = bool(order.order.get("held"))
        place = {"touch_id": 1, "x": order.order["x"] / width, "y": order.order["y"] / height}
        place |= {"finger_id": LYING if held else FINGER, "dx": 0.0, "dy": 0.0, "pressure": 1.0}
        for kind in (pygame.FINGERDOWN,) if held else (pygame.FINGERDOWN, pygame.FINGERUP):
            pygame.event.post(pygame.event.Event(kind, place))
        self._touching.append(order)

    def _describe(self, _order: dict[str, Any]) -> dict[str, Any]:
        view = self._app.parts.journey.view()
        words = describe(self._app.widgets).as_dict()
        return {**words, "step": view.step.value, "overlay": view.overlay.value if view.overlay else None}

    def _shot(self, order: dict[str, Any]) -> dict[str, Any]:
        save_png(self._app.parts.stage.surface, Path(order["path"]))
        return {"ok": True}

    def _pass(self, order: dict[str, Any]) -> dict[str, Any]:
        self._app.offset += float(order["seconds"])
        self._app.parts.mail.wake()
        return {"ok": True}

    def _key(self, order: dict[str, Any]) -> dict[str, Any]:
        """Press one of the four physical keys and say what the focus is on."""
        self._app.move(Move(order["key"]))
        focused = self._app.focused()
        meaning = focused.meaning() if focused is not None else None
        return {"focused": plain(meaning.text) if meaning else ""}

    def _headphones(self, order: dict[str, Any]) -> dict[str, Any]:
        """Put headphones in, or take them out."""
        if self._app.parts.plug is None:
            return {"error": "the pins of this kiosk are real"}
        self._app.parts.plug(inside=bool(order["in"]))
        return {"ok": True}

    def _power(self, order: dict[str, Any]) -> dict[str, Any]:
        """Hold the power button inside the case, for a while or long: its pin is played."""
        self._app.parts.mail.post(PowerOffAsked() if order["held"] == "long" else StaffMenuAsked())
        return {"ok": True}

    def _figures(self, _order: dict[str, Any]) -> dict[str, Any]:
        return self._app.frames.as_dict()
