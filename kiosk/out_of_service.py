"""The end of a crash loop: one still scene that says where to go, drawn with as little as possible.

`python -m kiosk.out_of_service --config FILE`. It opens no card, no spool and no forms, because one of them may be what
brought the kiosk down; where even the configuration is broken it uses the panel's own size and the default texts. It
hears no touch, so nobody can choose a language: the other ones stand where the picture would be.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Signal
from typing import TYPE_CHECKING

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from kiosk.clock import SystemClock
from kiosk.config import ConfigError, load
from kiosk.journal import Journal
from kiosk.journey.map import Step
from kiosk.journey.place import Place
from kiosk.journey.view import View
from kiosk.notify import Notifier
from kiosk.screens.area import area_of
from kiosk.screens.faces import FaceMissing
from kiosk.screens.kit import load_kit
from kiosk.screens.scenes.in_other_languages import in_other_languages
from kiosk.screens.stage import Stage
from kiosk.screens.texts import TextsUnreadable, load_texts
from kiosk.screens.theme import theme_for
from kiosk.screens.window import close_window, open_window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiosk.screens.kit import Kit
    from kiosk.screens.texts import Texts
    from kiosk.screens.widgets.base import Widget

TEXTS, TOKENS = Path("config/texts"), Path("config/themes")
REASON = "stopped"
OTHERS = ("en", "zh-Hans", "ko", "vi", "pt")  # besides Japanese, in which the scene speaks
# What systemd says of the kiosk (systemd.exec(5), $MONITOR_SERVICE_RESULT): the code that the scene shows to staff.
CODES = {"watchdog": "K-20", "timeout": "K-21", "signal": "K-30", "core-dump": "K-31", "oom-kill": "K-32"}
UNKNOWN = "K-00"
LOOK = 500  # ms between two signs of life; a wish to end is not heard meanwhile


@dataclass(frozen=True, slots=True)
class Panel:
    """What must be known to draw one scene."""

    place: Place
    size: tuple[int, int]
    mm: tuple[int, int]
    texts: Path
    tokens: Path
    fullscreen: bool
    counters: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(OTHERS, ""))  # by language, those to show


def panel_of(path: Path, profile: Path | None, sets: list[str]) -> Panel:
    """Read what is needed from the configuration, and do without where it is broken."""
    try:
        config = load(path, profile, sets)
    except ConfigError:
        return Panel(legible_place(path), (1280, 800), (217, 136), TEXTS, TOKENS, fullscreen=True)
    city, screen = config.city, config.screen
    place = Place(
        city.name, city.seal, city.service, city.receiver, city.counter, city.pick_up, city.hours,
        config.kiosk.name, config.kiosk.demo,
    )  # fmt: skip
    size = screen.width, screen.height
    translations = city.translations
    counters = {name: translations[name].counter if name in translations else "" for name in config.kiosk.languages}
    others = {name: counter for name, counter in counters.items() if name in OTHERS}
    return Panel(place, size, screen.mm, screen.texts, screen.tokens, screen.fullscreen, others)


def legible_place(path: Path) -> Place:
    """Return what can be read of the place in a configuration that is wrong elsewhere; what cannot is left empty."""
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        tree = {}
    city, kiosk = tree.get("city"), tree.get("kiosk")

    def said(table: object, key: str) -> str:
        value = table.get(key) if isinstance(table, dict) else ""
        return value if isinstance(value, str) else ""

    return Place(
        said(city, "name"), said(city, "seal")[:1], said(city, "service"), said(city, "receiver"),
        said(city, "counter"), said(city, "pick_up"), said(city, "hours"), said(kiosk, "name"), demo=False,
    )  # fmt: skip


def code_of(environment: Mapping[str, str]) -> str:
    """Return the code of the kiosk's end: `K-78` for exit status 78, else by what ended it (docs/runbook.md)."""
    result, status = environment.get("MONITOR_SERVICE_RESULT", ""), environment.get("MONITOR_EXIT_STATUS", "")
    if result == "exit-code" and status.isdecimal():
        return f"K-{int(status):02}"
    return CODES.get(result, UNKNOWN)


def spoken(texts: Path, languages: Iterable[str]) -> dict[str, Texts]:
    """Return the catalogues of these languages; a broken one is left out, it may be what ended the kiosk."""
    found: dict[str, Texts] = {}
    for language in languages:
        try:
            found |= load_texts(texts, (language,))
        except (OSError, TextsUnreadable):
            continue
    return found


def still(widgets: list[Widget]) -> list[Widget]:
    """Leave out what invites a touch: this program hears none."""
    return [widget for widget in widgets if widget.press is None]


def arranged(panel: Panel, kit: Kit, stage: Stage, view: View) -> list[Widget]:
    """Return the scene with the other languages, and without them where their characters are missing."""
    area = area_of(kit.tokens, panel.size, panel.mm)
    widgets, others = still(stage.arrange(view)), spoken(panel.texts, panel.counters)
    try:
        return in_other_languages(widgets, area, theme_for(kit, area), others, panel.counters)
    except FaceMissing:
        return widgets


def view_of(panel: Panel, code: str) -> View:
    """Return what the scene shows."""
    return View(Step.OUT_OF_SERVICE, panel.place, languages=("ja",), facts={"reason": REASON, "code": code})


def main(arguments: list[str] | None = None) -> int:
    """Show the scene until stopped."""
    parser = argparse.ArgumentParser(prog="kiosk.out_of_service", description="Says that the kiosk is out of service.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="sets")
    options = parser.parse_args(arguments)
    panel = panel_of(options.config, options.profile, options.sets)
    stopped = Signal()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    kit = load_kit(panel.tokens)
    surface = open_window(panel.size, fullscreen=panel.fullscreen)
    code = code_of(os.environ)
    stage = Stage(surface, kit, area_of(kit.tokens, panel.size, panel.mm), load_texts(panel.texts, ("ja",)))
    view = view_of(panel, code)
    stage.show(view, arranged(panel, kit, stage, view), ())
    Journal("out-of-service", sys.stdout, SystemClock()).warn("out-of-service", reason=REASON, code=code)
    _stay(Notifier(), stopped)
    close_window()
    return 0


def _stay(notifier: Notifier, stopped: Signal) -> None:
    notifier.ready()
    while not stopped.is_set():
        notifier.alive()
        if pygame.event.wait(LOOK).type == pygame.QUIT:
            return
    notifier.stopping()


if __name__ == "__main__":
    sys.exit(main())
