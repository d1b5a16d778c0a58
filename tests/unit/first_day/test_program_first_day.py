"""The staff's program as it runs: real touches, pins that are driven, a card on the tray, a stick that was put in."""

from __future__ import annotations

import io
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pygame
import pytest

from drivers.panel import Panel
from drivers.readers.reader import Presence
from drivers.virtual.direct import DirectReader
from drivers.virtual.tray import Tray
from kiosk.build_wizard import WizardBuilder, fitted
from kiosk.clock import SystemClock
from kiosk.config import load
from kiosk.demo.line import ask
from kiosk.first_day import probes
from kiosk.first_day.findings import PASSED, Code, Finding, Part, Result, failed
from kiosk.first_day.frame import Facts
from kiosk.first_day.program import Desk, StaffProgram
from kiosk.first_day.readiness import last_report, ready
from kiosk.first_day.wizard import Step, Wizard
from kiosk.first_day.wizard_end import Ending
from kiosk.journal import Journal
from kiosk.notify import Notifier
from kiosk.provision.outcome import Outcome, leave
from kiosk.remote import Remote
from kiosk.screens.area import area_of
from kiosk.screens.kit import load_kit
from kiosk.screens.texts import load_texts
from kiosk.screens.theme import theme_for
from kiosk.screens.touch import Touch
from kiosk.screens.window import open_window

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
SIZE, MM = (1280, 800), (217, 136)
HELP, BUZZER, LAMP = 23, 18, (17, 27, 22)
MUSTS = (Part.SCREEN, Part.TOUCH, Part.READER, Part.DISK)


class OnceBroken(DirectReader):
    """A reader of which nobody foresaw how it fails the first time."""

    broken = True

    def wait_for(self, *wanted) -> bool:
        if self.broken:
            self.broken = False
            raise ArithmeticError
        return super().wait_for(*wanted)


class Onward(SystemClock):
    """A clock of which staff let a while pass, so that nobody has to wait for a scene to settle under the finger."""

    passed = 0.0

    def ticks(self) -> float:
        return super().ticks() + self.passed


def wake() -> None:
    """Have the program look for orders at once."""
    pygame.event.post(pygame.event.Event(pygame.USEREVENT))


class Staff:
    """Somebody in front of the machine, in a thread of their own, while the program runs in this one."""

    def __init__(
        self,
        tmp_path: Path,
        authority: Path,
        step: Step = Step.WELCOME,
        *,
        configured: bool = True,
        look=None,
        reader=DirectReader,
    ) -> None:
        os.environ["SDL_VIDEODRIVER"] = "dummy"
        surface = open_window(SIZE, fullscreen=False)
        kit = load_kit()
        area = area_of(kit.tokens, SIZE, MM)
        sets = [f"first_day.folder={tmp_path / 'readiness'}", f"spool.path={tmp_path / 'spool'}", "forms.catalogue="]
        config = load(ROOT / "config/kiosk.toml", ROOT / "config/profiles/demo.toml", sets) if configured else None
        self.config = config
        self.lines = io.StringIO()
        self.clock = clock = Onward()
        self.remote_at = tmp_path / "r"  # a socket's name is short
        self.panel = Panel("mock", lamp=LAMP, buzzer=BUZZER, help_button=HELP)
        self.reader = reader(Tray(authority))
        self.wizard = Wizard(step, fitted(config) if config else (), MUSTS if config else ())
        self.power: list[str] = []
        texts = load_texts(ROOT / "config/texts/first_day", ("ja", "en"))["ja"]
        desk = Desk(
            self.wizard, Facts("申請機", "kiosk-01", "鶴ヶ島市", mm=MM), area, theme_for(kit, area), texts, surface,
            Touch(SIZE), clock, Journal("first-day", self.lines, clock), Notifier({}), {}, config=config,
            panel=self.panel, reader=self.reader, stick=tmp_path / "stick.json",
            power_off=lambda: self.power.append("off"), remote=Remote(self.remote_at, wake),
        )  # fmt: skip
        if config is not None:
            desk.look = look or (lambda stop: probes.machine(config, clock, stop, None))
        self.program = StaffProgram(desk)
        self.problems: list[Exception] = []

    def run(self, acting) -> Ending:
        def act() -> None:
            try:
                acting(self)
            except Exception as problem:  # noqa: BLE001 - told to the test below
                self.problems.append(problem)
                self.program.stop()

        thread = Thread(target=act)
        thread.start()
        ending = self.program.run()
        thread.join(20)
        self.panel.close()
        self.program._desk.remote.close()
        if self.problems:
            raise self.problems[0]
        return ending

    def until(self, seen) -> None:
        end = time.monotonic() + 30
        while not seen():
            assert time.monotonic() < end, (self.wizard.step, self.lines.getvalue()[-400:])
            time.sleep(0.01)

    def at(self, step: Step) -> None:
        self.until(lambda: self.wizard.step is step)

    def finger(self, x: float, y: float) -> None:
        place = {"touch_id": 1, "finger_id": 7, "x": x / SIZE[0], "y": y / SIZE[1]}
        for kind in (pygame.FINGERDOWN, pygame.FINGERUP):
            pygame.event.post(pygame.event.Event(kind, {**place, "dx": 0.0, "dy": 0.0, "pressure": 1.0}))

    def touch(self, words: str) -> None:
        """Touch the target that says so, once it is there and has settled under the finger."""
        found = []

        def there() -> bool:
            items = self.ask({"do": "describe"})["items"]
            found[:] = [item["rect"] for item in items if item["press"] and item["enabled"] and item["text"] == words]
            return bool(found)

        self.until(there)
        self.clock.passed += 1.0
        x, y, width, height = found[0]
        self.ask({"do": "touch", "x": x + width // 2, "y": y + height // 2})

    def ask(self, order: dict) -> dict:
        """Have the program's remote control do something: it answers when that is done, and drawn."""
        return ask(self.remote_at, order)


def whole_test(staff: Staff) -> None:
    staff.touch("点検をはじめる")
    staff.at(Step.SCREEN)
    staff.touch("はい")
    staff.at(Step.TOUCH)
    staff.finger(640, 500)  # beside the first target
    staff.until(lambda: staff.wizard.misses == 1)
    for number in range(1, 6):
        staff.touch(str(number))
        staff.until(lambda done=number: staff.wizard.target == done or staff.wizard.step is not Step.TOUCH)
    staff.at(Step.LAMP)
    staff.until(lambda: staff.panel.pins.pin(LAMP[0]).state > 0.9)
    staff.touch("はい")
    staff.at(Step.BUZZER)
    staff.until(lambda: len(staff.panel.pins.pin(BUZZER).states) > 2)
    staff.touch("はい")
    staff.at(Step.VOICE)
    staff.touch("はい")
    staff.at(Step.BUTTON)
    staff.panel.pins.pin(HELP).drive_low()
    staff.at(Step.READER)
    staff.reader.lay("hanako")
    staff.at(Step.SUMMARY)
    staff.touch("受付をはじめる")


def test_a_whole_test_with_pins_and_card(authority_folder: Path, tmp_path: Path) -> None:
    staff = Staff(tmp_path, authority_folder)
    assert staff.run(whole_test) is Ending.OPEN
    report = last_report(tmp_path / "readiness")
    assert report is not None
    results = {line.part: line.result for line in report.lines}
    assert results == {
        **dict.fromkeys(("screen", "touch", "lamp", "buzzer", "voice", "button", "reader", "disk", "clock"), "passed"),
        **dict.fromkeys(("camera", "network", "city", "catalogue"), "not-fitted"),
    }
    assert ready(staff.config, tmp_path / "readiness")
    assert (tmp_path / "readiness/readiness.pdf").read_bytes().startswith(b"%PDF")
    assert staff.reader.presence() is Presence.PRESENT
    assert "花子" not in staff.lines.getvalue() + (tmp_path / "readiness/readiness.json").read_text()


def test_a_lamp_goes_dark_when_its_scene_ends(authority_folder: Path, tmp_path: Path) -> None:
    staff = Staff(tmp_path, authority_folder, Step.SCREEN)

    def act(staff: Staff) -> None:
        staff.touch("この点検をとばす")
        staff.at(Step.TOUCH)
        staff.touch("この点検をとばす")
        staff.at(Step.LAMP)
        staff.until(lambda: staff.panel.pins.pin(LAMP[0]).state > 0.9)
        staff.touch("いいえ")
        staff.until(lambda: all(staff.panel.pins.pin(pin).state == 0 for pin in LAMP))
        staff.program.stop()

    assert staff.run(act) is Ending.STOPPED
    assert staff.wizard.findings[Part.LAMP].code == "lamp-dark"


def test_a_machine_without_a_configuration_waits_for_its_stick(authority_folder: Path, tmp_path: Path) -> None:
    staff = Staff(tmp_path, authority_folder, Step.STICK, configured=False)
    now = datetime.now(UTC).isoformat()

    def act(staff: Staff) -> None:
        staff.until(lambda: bool(staff.program._widgets))
        leave(Outcome(now, "signature"), tmp_path / "stick.json")
        staff.until(lambda: staff.wizard.stick is not None)
        assert staff.wizard.step is Step.STICK
        leave(Outcome(now, "applied", 3), tmp_path / "stick.json")

    assert staff.run(act) is Ending.RESTART
    codes = [json.loads(line).get("code") for line in staff.lines.getvalue().splitlines()]
    assert [code for code in codes if code] == ["signature", "applied"]


def test_the_menu_does_not_open_what_was_not_tested(authority_folder: Path, tmp_path: Path) -> None:
    staff = Staff(tmp_path, authority_folder, Step.MENU)

    def act(staff: Staff) -> None:
        staff.touch("職員メニューを閉じる")
        staff.at(Step.WELCOME)
        staff.program.stop()

    assert staff.run(act) is Ending.STOPPED


def test_the_menu_switches_off(authority_folder: Path, tmp_path: Path) -> None:
    staff = Staff(tmp_path, authority_folder, Step.MENU)

    def act(staff: Staff) -> None:
        staff.touch("電源を切る")
        staff.until(lambda: staff.power == ["off"])
        staff.program.stop()

    assert staff.run(act) is Ending.STOPPED
    assert staff.power == ["off"]


def test_a_check_that_breaks_is_a_failed_one_and_the_test_goes_on(authority_folder: Path, tmp_path: Path) -> None:
    """Not a scene that looks for ever: every part that was not looked at yet has failed, with an incident's code."""

    def broken(_stop: Event) -> Iterator[tuple[Part, Finding]]:
        yield Part.DISK, PASSED
        raise KeyError("花子")

    staff = Staff(tmp_path, authority_folder, Step.READER, look=broken)

    def act(staff: Staff) -> None:
        staff.touch("この点検をとばす")
        staff.at(Step.SUMMARY)
        staff.program.stop()

    assert staff.run(act) is Ending.STOPPED
    findings, lines = staff.wizard.findings, [json.loads(line) for line in staff.lines.getvalue().splitlines()]
    assert findings[Part.DISK] == PASSED
    (incident,) = {line["incident"] for line in lines if line["event"] == "incident"}
    assert findings[Part.CLOCK] == failed(Code.UNFORESEEN, incident)
    assert findings[Part.CAMERA].result is Result.NOT_FITTED
    assert not staff.wizard.ready
    assert "花子" not in staff.lines.getvalue()


def test_a_reader_that_breaks_is_told_and_can_be_tried_again(authority_folder: Path, tmp_path: Path) -> None:
    staff = Staff(tmp_path, authority_folder, Step.BUTTON, reader=OnceBroken)

    def act(staff: Staff) -> None:
        staff.touch("この点検をとばす")
        staff.until(lambda: Part.READER in staff.wizard.findings)
        assert staff.wizard.step is Step.READER
        staff.reader.lay("hanako")
        staff.touch("もう一度")
        staff.at(Step.SUMMARY)
        staff.program.stop()

    assert staff.run(act) is Ending.STOPPED
    assert staff.wizard.findings[Part.READER] == PASSED


def test_a_voice_is_tried_by_its_own_player(tmp_path: Path) -> None:
    sets = ["voice.on=true", "voice.driver=dummy", f"first_day.folder={tmp_path}"]
    config = load(ROOT / "config/kiosk.toml", ROOT / "config/profiles/demo.toml", sets)
    assert Part.VOICE in fitted(config)
    builder = WizardBuilder(config)
    assert pygame.mixer.get_init() is None
    builder._voice(config)()
    end = time.monotonic() + 20
    while pygame.mixer.get_init() is None:  # the mixer starts with the first sound
        assert time.monotonic() < end
        time.sleep(0.02)
    builder.close()


def test_a_machine_without_the_pins_that_are_configured_reports_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    sets = ["panel.factory=gpiod", "panel.chip=nowhere", f"first_day.folder={tmp_path}"]
    config = load(ROOT / "config/kiosk.toml", ROOT / "config/profiles/demo.toml", sets)
    builder = WizardBuilder(config)
    try:
        wizard = builder.build()._desk.wizard
        assert {Part.LAMP, Part.BUZZER, Part.BUTTON} <= wizard.fitted, "staff are asked, and the report says no"
    finally:
        builder.close()
    assert '"event": "panel-absent"' in capsys.readouterr().out


@pytest.mark.parametrize("factory", ["mock", "none"])
def test_what_the_configuration_names_is_fitted(factory: str) -> None:
    sets = [f"panel.factory={factory}", "panel.buzzer=-1"]
    parts = fitted(load(ROOT / "config/kiosk.toml", ROOT / "config/profiles/demo.toml", sets))
    assert {Part.SCREEN, Part.TOUCH, Part.READER, Part.DISK} <= parts
    assert (Part.LAMP in parts, Part.BUZZER in parts) == (factory == "mock", False)
