"""The composition root of the staff's program: what of the kiosk it needs, and nothing of a citizen's."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from drivers.camera import source_of
from drivers.panel import NO_PIN, Panel
from drivers.readers.pcsc import PcscReader
from drivers.virtual.direct import DirectReader
from drivers.virtual.service import Service
from drivers.virtual.tray import Tray
from kiosk.clock import SystemClock
from kiosk.first_day import probes
from kiosk.first_day.findings import BY_ITSELF, Part
from kiosk.first_day.frame import Facts
from kiosk.first_day.program import Desk, StaffProgram
from kiosk.first_day.wizard import Step, Wizard
from kiosk.journal import Journal
from kiosk.keys import keymap
from kiosk.notify import Notifier
from kiosk.panel import fitted as fitted_panel
from kiosk.remote import Remote
from kiosk.screens.area import area_of
from kiosk.screens.fonts import FontFiles
from kiosk.screens.kit import load_kit
from kiosk.screens.texts import load_texts
from kiosk.screens.theme import theme_for
from kiosk.screens.touch import Touch
from kiosk.screens.window import open_window
from kiosk.voice.player import Loud, Player
from kiosk.voice.tone import beeps

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.readers.reader import Reader
    from kiosk.config import Config
    from kiosk.first_day.wizard_end import Ending

LANGUAGES: Final = ("ja", "en")
FOLDER: Final = "first_day"  # below the folder of the texts
STICK: Final = Path("/run/madoguchi-setup/stick.json")


class WizardBuilder:
    """Puts the staff's program together; without a configuration only the scene that waits for a stick."""

    def __init__(self, config: Config | None, *, menu: bool = False, language: str = "ja") -> None:
        self._config = config
        self._menu = menu
        self._language = language
        self._closers: list[Callable[[], None]] = []
        self.clock = SystemClock()
        self.journal = Journal("first-day", sys.stdout, self.clock, priorities="JOURNAL_STREAM" in os.environ)

    def build(self) -> StaffProgram:
        """Return the program; raises what the kiosk's own start raises for fonts, texts and the panel."""
        config = self._config
        size, mm = (1280, 800), (217, 136)
        texts, tokens, fullscreen = Path("config/texts"), Path("config/themes"), True
        fonts = None
        if config is not None:
            screen, files = config.screen, config.fonts
            size, mm, fullscreen = (screen.width, screen.height), screen.mm, screen.fullscreen
            texts, tokens = screen.texts, screen.tokens
            fonts = FontFiles(
                files.text, files.text_bold, files.fixed, files.fixed_bold, files.wide, files.wide_bold, files.names
            )
        kit = load_kit(tokens, fonts)
        surface = open_window(size, fullscreen=fullscreen)
        area = area_of(kit.tokens, surface.get_size(), mm)
        desk = Desk(
            self._wizard(),
            self._facts(mm),
            area,
            theme_for(kit, area),
            load_texts(texts / FOLDER, LANGUAGES)[self._language],
            surface,
            Touch(surface.get_size()),
            self.clock,
            self.journal,
            Notifier(),
            {} if config is None else keymap(config.input),
            config=config,
            stick=STICK if config is None or not config.first_day.stick else Path(config.first_day.stick),
        )
        if config is not None:
            self._fit(desk, config)
        return StaffProgram(desk)

    def close(self) -> None:
        """Let everything go, the last first."""
        while self._closers:
            self._closers.pop()()

    def _wizard(self) -> Wizard:
        if self._config is None:
            return Wizard(Step.STICK, (), ())
        musts = tuple(Part(name) for name in self._config.first_day.musts)
        return Wizard(Step.MENU if self._menu else Step.WELCOME, fitted(self._config), musts)

    def _facts(self, mm: tuple[int, int]) -> Facts:
        if self._config is None:
            return Facts(mm=mm)
        kiosk, city = self._config.kiosk, self._config.city
        return Facts(kiosk.name, kiosk.id, city.name, mm=mm)

    def _fit(self, desk: Desk, config: Config) -> None:
        """Give the program the devices that the configuration names."""
        pins = config.panel
        make = partial(
            Panel,
            pins.factory,
            chip=pins.chip,
            lamp=(pins.lamp_red, pins.lamp_green, pins.lamp_blue),
            buzzer=pins.buzzer,
            help_button=pins.help_button,
            power_button=pins.power_button,
        )
        panel = desk.panel = fitted_panel(make, self.journal)
        self._closers.append(panel.close)
        flag = Path(pins.power_flag) if pins.power_flag else None

        def power_off() -> None:
            if flag is not None:
                flag.touch()

        desk.power_off = power_off
        panel.when_power_held(lambda: None, power_off)
        desk.reader = self._reader(config)
        if config.voice.on:
            desk.speak = self._voice(config)
        eye = source_of(config.camera.factory, (config.camera.width, config.camera.height), config.camera.files)
        desk.look = lambda stop: probes.machine(config, self.clock, stop, eye)
        if config.kiosk.remote:
            desk.remote = Remote(Path(config.kiosk.remote), lambda: None)
            self._closers.append(desk.remote.close)

    def _voice(self, config: Config) -> Callable[[], None]:
        """Return what sounds three times, by the voice's own way; what cannot be played is told to the journal."""
        player = Player(config.voice.driver, lambda error: self.journal.warn("voice", type=type(error).__name__))
        self._closers.append(player.close)
        how = Loud(gain=config.voice.loudspeaker)
        return lambda: player.play([lambda: beeps(0.3, 0.2, 3)], how)

    def _reader(self, config: Config) -> Reader:
        given = config.reader
        if given.kind == "pcsc":
            reader = PcscReader(given.name)
            self._closers.append(reader.close)
            return reader
        tray = Tray(given.direct_cards or Path())
        if given.direct_control:
            service = Service(tray, Path(given.direct_control), None)
            Thread(target=service.run, name="tray", daemon=True).start()
            self._closers.append(service.stop)
        return DirectReader(tray)


def fitted(config: Config) -> frozenset[Part]:
    """Return the parts that a configuration names; a screen with its touch and a reader every kiosk has."""
    pins = config.panel
    there = {Part.SCREEN, Part.TOUCH, Part.READER, *BY_ITSELF}
    there -= {Part.CAMERA} if config.camera.factory == "none" else set()
    there |= {Part.VOICE} if config.voice.on else set()
    if pins.factory != "none":
        lamp = NO_PIN not in (pins.lamp_red, pins.lamp_green, pins.lamp_blue)
        there |= {Part.LAMP} if lamp else set()
        there |= {Part.BUZZER} if pins.buzzer != NO_PIN else set()
        there |= {Part.BUTTON} if pins.help_button != NO_PIN else set()
    return frozenset(there)


def staff_program(config: Config | None, *, menu: bool, hold: Callable[[Callable[[], None]], None]) -> Ending:
    """Run the staff's program to its end; `hold` is told how to stop it."""
    builder = WizardBuilder(config, menu=menu)
    try:
        program = builder.build()
        hold(program.stop)
        return program.run()
    finally:
        builder.close()
