"""The composition root: the only module that knows every concrete class."""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pygame

from drivers import backlight
from drivers.camera import source_of
from drivers.headphones import HeadphoneJack, find_jack
from drivers.panel import NO_PIN, Panel
from drivers.readers.pcsc import PcscReader
from kiosk.app import App
from kiosk.application.envelope import CityKey
from kiosk.application.receipt import ReceiptKey
from kiosk.application.signing import Signing
from kiosk.application.trust import TrustStore
from kiosk.catalogue.keys import CatalogueKeys
from kiosk.catalogue.shelf import Shelf
from kiosk.clock import SystemClock
from kiosk.courier.spool import Spool, tell_mended
from kiosk.demo.bar import DemonstrationBar
from kiosk.door import KioskDoor
from kiosk.forms.loader import load_form
from kiosk.forms.postcodes import Postcodes
from kiosk.journal import Journal
from kiosk.journey.events import HelpPressed
from kiosk.journey.journey import Journey
from kiosk.journey.place import Place
from kiosk.journey.staff_events import PowerOffAsked, StaffMenuAsked
from kiosk.journey.walk import Rules
from kiosk.keys import keymap
from kiosk.languages import load_languages
from kiosk.machine import MachineOfJourney
from kiosk.notify import Notifier
from kiosk.panel import PanelOfJourney, fitted
from kiosk.parts import Mail, Parts
from kiosk.remote import Remote
from kiosk.screens.area import area_of
from kiosk.screens.fonts import FontFiles
from kiosk.screens.keypad import Move, MoveAsked
from kiosk.screens.kit import load_kit
from kiosk.screens.stage import Stage
from kiosk.screens.touch import Touch
from kiosk.screens.window import open_window
from kiosk.sheets import checklist_of, fonts_of, sheets_of
from kiosk.signer.parent import Signer
from kiosk.signer.protocol import HolderKey
from kiosk.text_input.fallback import load_words
from kiosk.text_input.mozc.desk import MozcDesk
from kiosk.voice.player import Player
from kiosk.voice.setting import narrator_of
from kiosk.voice.stretch import ready
from kiosk.workers.camera import Darkroom
from kiosk.workers.card import CardWorker
from kiosk.workers.clerk import Clerk
from kiosk.workers.converter import ConverterWorker
from kiosk.workers.doorkeeper import Doorkeeper
from kiosk.workers.drafting import SIGNED_LANGUAGE, Desk
from kiosk.workers.hands import Hands
from kiosk.workers.health import Health
from kiosk.workers.offer import CatalogueOffer, FolderOffer, Offer
from kiosk.workers.timetable import Timetable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from drivers.readers.reader import Reader
    from kiosk.clock import Clock
    from kiosk.config import Config
    from kiosk.config import Reader as ReaderSettings
    from kiosk.journey.commands import Sign
    from kiosk.languages import Words
    from kiosk.screens.kit import Kit
    from kiosk.screens.texts import Texts
    from kiosk.voice.narrator import Narrator
    from kiosk.workers.card import SignerErrands

NUMBER_B_LENGTH = 14
PIN_LENGTH = 4
BANNER_DIRECT = "header.direct_reader"


class Builder:
    """Puts the kiosk together from its configuration.

    Raises ConfigError, FormError, FontMissing, TextsDiffer, TrustFileUnusable, PanelFault and SpoolError: the program
    does not start with anything half right.
    """

    def __init__(self, config: Config, began: float, bar: Path | None) -> None:
        self._config = config
        self._began = began
        self._bar = bar
        self.clock: Clock = SystemClock()
        self.journal = Journal("kiosk", sys.stdout, self.clock, priorities="JOURNAL_STREAM" in os.environ)
        self._mail = Mail()
        self._closers: list[Callable[[], object]] = []

    def build(self) -> App:
        """Build everything, start the workers, and return the main loop."""
        config = self._config
        words = self._words()
        texts = words.texts
        panel = self._panel()
        stage, touch, bar = self._screen(texts, panel)
        health = Health(self._mail.post, self.journal)
        offer = self._offer(health, words)
        rules = replace(self._rules(words, offer), find_place=self._postcodes().place, small=stage.area.small)
        journey = Journey(rules)
        clerk = self._clerk(texts, health, offer)
        card = self._card(clerk, health)
        parts = Parts(
            journey, stage, touch, self._mail, card, clerk, self.clock, self.journal, Notifier(),
            self._wish_for_new_pcscd,
        )  # fmt: skip
        parts.bar, parts.keys = bar, keymap(config.input)
        if config.update.door:
            door = KioskDoor(Path(config.update.door), self._began)
            parts.doorkeeper = Doorkeeper(door, self.clock, health)
            self._closers.append(door.leave)
        player = self._player() if config.voice.on else None
        if player is not None:
            parts.narrator = self._narrator(texts, offer, panel, player)
        parts.plug = panel.plug if config.panel.factory == "mock" else None
        if config.kiosk.remote:
            parts.remote = Remote(Path(config.kiosk.remote), self._mail.wake)
            self._closers.append(parts.remote.close)
        self._app = app = App(parts, self._began)
        converter, camera = self._converter(), self._camera()
        machine, hands = MachineOfJourney(config, self.journal, app.end), self._signals(panel, player)
        app.give_hands(Hands(card, clerk, converter, camera, hands, self.journal, app.flush, app.give_up, machine))
        clerk.start()
        card.start()
        converter.start()
        converter.forget()
        self._closers += [partial(worker.stop, 2.0) for worker in (card, clerk, converter, camera)]
        return app

    def close(self) -> None:
        """Let everything go, the last first."""
        self._mail.open = False
        while self._closers:
            self._closers.pop()()

    def _postcodes(self) -> Postcodes:
        table = Postcodes(self._config.forms.postcodes)
        self._closers.append(table.close)
        return table

    # ---- the rooms --------------------------------------------------------------------------------------------

    def _words(self) -> Words:
        config = self._config
        return load_languages(config.screen.texts, config.forms.directory, config.kiosk.languages)

    def _rules(self, words: Words, offer: Offer) -> Rules:
        config, city = self._config, self._config.city
        banner = words.texts["ja"](BANNER_DIRECT) if config.reader.kind == "direct" else ""
        place = Place(
            city.name, city.seal, city.service, city.receiver, city.counter, city.pick_up, city.hours,
            config.kiosk.name, config.kiosk.demo, banner,
        )  # fmt: skip
        pin_length = PIN_LENGTH if HolderKey(config.prefill.by) is HolderKey.PIN else NUMBER_B_LENGTH
        return Rules(
            place, offer.forms, config.journey.checklist, words.languages, config.screen.theme,
            config.journey.patience, self._places(place), pin_length,
            catalogue_serial=offer.serial, speaks=config.voice.on, pace=config.voice.pace, volume=config.voice.volume,
            dim_after=config.screen.dim_after, dims=bool(config.screen.backlight) and backlight.fitted(),
        )  # fmt: skip

    def _places(self, place: Place) -> dict[str, Place]:
        return {
            language: replace(
                place,
                city=words.name or place.city,
                counter=words.counter or place.counter,
                pick_up=words.pick_up or place.pick_up,
            )
            for language, words in self._config.city.translations.items()
        }

    def _screen(self, texts: dict[str, Texts], panel: Panel) -> tuple[Stage, Touch, DemonstrationBar | None]:
        screen, fonts = self._config.screen, self._config.fonts
        size = screen.width, screen.height
        files = FontFiles(
            fonts.text, fonts.text_bold, fonts.fixed, fonts.fixed_bold, fonts.wide, fonts.wide_bold, fonts.names
        )
        kit = load_kit(screen.tokens, files)
        below = DemonstrationBar.HEIGHT if self._bar else 0
        window = open_window((screen.width, screen.height + below), fullscreen=screen.fullscreen)
        surface = window.subsurface(pygame.Rect((0, 0), size)) if below else window
        stage = Stage(surface, kit, area_of(kit.tokens, size, screen.mm), texts)
        return stage, Touch(window.get_size()), self._demonstration_bar(kit, window, panel)

    def _demonstration_bar(self, kit: Kit, window: pygame.Surface, panel: Panel) -> DemonstrationBar | None:
        return DemonstrationBar(kit, window, self._config.screen.height, self._bar, panel) if self._bar else None

    def _offer(self, health: Health, words: Words) -> Offer:
        """Look where the forms come from; without a catalogue, under development, straight from their folder."""
        forms, city = self._config.forms, self._config.city
        if not forms.catalogue:
            return FolderOffer(words.forms)
        keys = CatalogueKeys.load(city.catalogue_keys, ReceiptKey.load(city.receipt_key))
        offer = CatalogueOffer(
            Shelf(Path(forms.catalogue), keys, city.name),
            lambda folder: load_form(folder, forms.directory, words.languages),
            timedelta(days=forms.grace_days),
            self.clock,
            self._mail.post,
            self.journal,
            health,
            words.forms,
        )
        offer.look()
        return offer

    def _clerk(self, texts: Mapping[str, Texts], health: Health, offer: Offer) -> Clerk:
        config, japanese = self._config, texts[SIGNED_LANGUAGE]
        spool = Spool(config.spool.path, config.spool.capacity)
        self._closers.append(spool.close)
        tell_mended(spool, self.journal)
        desk = Desk(
            config.kiosk.id,
            config.city.receiver,
            config.kiosk.demo,
            japanese("consent.id"),
            japanese("consent.statement"),
            checklist_of(japanese, config.journey.checklist),
        )
        return Clerk(
            self.clock,
            self._mail.post,
            self.journal,
            self._unforeseen,
            desk=desk,
            fonts=fonts_of(SIGNED_LANGUAGE, config.fonts),
            sheets=sheets_of(texts, config.city, config.journey.checklist, config.fonts),
            city_key=CityKey.load(config.city.sealing_key),
            receipt_key=ReceiptKey.load(config.city.receipt_key),
            spool=spool,
            patience=config.spool.patience,
            health=health,
            offer=offer,
            timetable=Timetable(config.hours.opening(), self.clock, health),
            clock_must_be_trusted=config.journey.clock_must_be_trusted,
        )

    def _card(self, clerk: Clerk, health: Health) -> CardWorker:
        config = self._config
        reader, signer = self._reader()
        store = TrustStore.load(config.trust.anchors, allow_demo=config.kiosk.demo)
        policies = frozenset(config.trust.policies)

        def begin(command: Sign) -> Signing:
            return Signing(command.prepared, store, policies, self.clock.now(), command.holder)

        return CardWorker(
            reader,
            signer,
            self.clock,
            self._mail.post,
            self.journal,
            self._unforeseen,
            holder_key=HolderKey(config.prefill.by),
            begin=begin,
            file=lambda prepared, container: clerk.give(lambda: clerk.file(prepared, container)),
            healthy=lambda *, well: health.report("reader", well=well),
            restart_service=self._wish_for_new_pcscd,
        )

    def _camera(self) -> Darkroom:
        config = self._config.camera
        source = source_of(config.factory, (config.width, config.height), config.files)
        return Darkroom(source, config.turned, self.clock, self._mail.post, self.journal, self._unforeseen)

    def _converter(self) -> ConverterWorker:
        conversion = self._config.conversion
        mozc = MozcDesk(Path(conversion.socket)) if conversion.socket else None
        words = load_words(conversion.words)
        return ConverterWorker(self.clock, self._mail.post, self.journal, self._unforeseen, mozc=mozc, words=words)

    def _reader(self) -> tuple[Reader, SignerErrands]:
        config = self._config.reader
        if config.kind == "pcsc":
            return PcscReader(config.name), Signer(config.name, os.environ, long_answers=config.long_answers)
        return self._direct_reader(config)

    def _direct_reader(self, config: ReaderSettings) -> tuple[Reader, SignerErrands]:
        """Make the demonstration's reader without pcscd; in service no virtual card is even loaded."""
        from drivers.virtual.direct import DirectReader
        from drivers.virtual.service import Service
        from drivers.virtual.tray import Tray
        from kiosk.signer.direct import DirectSigner

        tray = Tray(config.direct_cards or Path())
        if config.direct_control:
            service = Service(tray, Path(config.direct_control), None)
            Thread(target=service.run, name="tray", daemon=True).start()
            self._closers.append(service.stop)
        reader = DirectReader(tray)
        return reader, DirectSigner(reader)

    def _panel(self) -> Panel:
        pins, voice = self._config.panel, self._config.voice
        make = partial(
            Panel,
            pins.factory,
            chip=pins.chip,
            lamp=(pins.lamp_red, pins.lamp_green, pins.lamp_blue),
            buzzer=pins.buzzer,
            help_button=pins.help_button,
            keys=self._key_pins(),
            headphones=voice.headphones_pin if voice.headphones == "pin" else NO_PIN,
            power_button=pins.power_button,
        )
        panel = fitted(make, self.journal)
        panel.when_power_held(lambda: self._mail.post(StaffMenuAsked()), lambda: self._mail.post(PowerOffAsked()))
        panel.when_key_pressed(lambda key: self._mail.post(MoveAsked(Move(key))))
        panel.when_help_pressed(lambda: self._mail.post(HelpPressed()))
        self._closers.append(panel.close)
        return panel

    def _signals(self, panel: Panel, player: Player | None) -> PanelOfJourney:
        """Return the panel; warnings reach two senses only where there is a buzzer or a loudspeaker."""
        if player is None:
            if not panel.has_buzzer:
                self.journal.warn("no-sound", missing="panel.buzzer/voice.on")
            return PanelOfJourney(panel, None)
        return PanelOfJourney(panel, lambda sound: player.signal(sound, self._config.voice.loudspeaker))

    def _player(self) -> Player:
        ready()

        def failed(error: Exception) -> None:
            self.journal.warn("voice-failed", type=type(error).__name__)  # the screen says everything

        player = Player(self._config.voice.driver, failed)
        self._closers.append(player.close)
        return player

    def _jack(self, panel: Panel) -> Panel | HeadphoneJack:
        """Return what tells that headphones are in; a pin that is not there says that they never are."""
        voice = self._config.voice
        if voice.headphones != "jack":
            return panel
        jack = HeadphoneJack(find_jack(voice.headphones_jack))
        self._closers.append(jack.close)
        return jack

    def _narrator(self, texts: Mapping[str, Texts], offer: Offer, panel: Panel, player: Player) -> Narrator:
        jack = self._jack(panel)

        def jack_changed() -> None:
            player.hush()
            self._mail.wake()

        jack.when_changed(jack_changed)
        return narrator_of(self._config, texts, lambda: (offer.serial, offer.forms), jack, player)

    def _key_pins(self) -> dict[str, int]:
        given = self._config.input
        if given.keypad != "gpio":
            return {}
        pins = given.pin_next, given.pin_previous, given.pin_select, given.pin_back, given.pin_repeat
        return dict(zip(Move, pins, strict=True))

    def _unforeseen(self, error: Exception) -> None:
        self._app.unforeseen(error)

    def _wish_for_new_pcscd(self) -> None:
        """Leave a file that has the service manager replace pcscd: it hangs, or may hold what a dead signer gave."""
        self.journal.warn("pcscd-restart-wished")
        if self._config.reader.restart_flag:
            with contextlib.suppress(OSError):  # nobody there to hear it: no reason to end the kiosk
                Path(self._config.reader.restart_flag).touch()
