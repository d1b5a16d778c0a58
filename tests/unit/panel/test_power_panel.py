"""The power button by the time it is held, and the backlight through a sysfs made of real files."""

from __future__ import annotations

import time
from threading import Event
from typing import TYPE_CHECKING

import pytest

from drivers.backlight import BacklightWish, fitted, main, wished
from drivers.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POWER = 24
MENU, OFF = 0.1, 1.0  # seconds, instead of three and eight


class Heard:
    def __init__(self) -> None:
        self.menu, self.off = Event(), Event()


@pytest.fixture
def wired() -> Iterator[tuple[Panel, Heard]]:
    panel, heard = Panel("mock", power_button=POWER, holds=(MENU, OFF)), Heard()
    panel.when_power_held(heard.menu.set, heard.off.set)
    yield panel, heard
    panel.close()


def pressed(panel: Panel) -> float:
    """Press it and wait until the panel has noticed; return when."""
    panel.pins.pin(POWER).drive_low()
    end = time.monotonic() + 5
    while panel._power_since == 0:
        assert time.monotonic() < end
        Event().wait(0.002)
    return panel._power_since


def test_held_for_a_while_opens_the_menu(wired: tuple[Panel, Heard]) -> None:
    panel, heard = wired
    since = pressed(panel)
    while time.monotonic() - since < MENU + 0.06:  # and the contact has settled
        Event().wait(0.005)
    panel.pins.pin(POWER).drive_high()
    assert heard.menu.wait(5)
    assert not heard.off.is_set()


def test_held_longer_switches_off_while_it_is_still_held(wired: tuple[Panel, Heard]) -> None:
    panel, heard = wired
    pressed(panel)
    assert heard.off.wait(5)
    panel.pins.pin(POWER).drive_high()
    Event().wait(0.1)
    assert not heard.menu.is_set()


def test_a_short_press_does_nothing(wired: tuple[Panel, Heard]) -> None:
    panel, heard = wired
    panel._holds = (60.0, 90.0)
    pressed(panel)
    panel.pins.pin(POWER).drive_high()
    assert not heard.menu.wait(0.2)


def test_what_is_fitted_is_told() -> None:
    panel = Panel("mock", power_button=POWER, buzzer=18, keys={"next": -1})
    assert panel.parts == {
        "lamp": False, "buzzer": True, "button": False, "power": True, "keys": False, "headphones": False,
    }  # fmt: skip
    panel.close()
    nothing = Panel("none")
    nothing.when_power_held(lambda: None, lambda: None)
    assert not any(nothing.parts.values())


@pytest.fixture
def sysfs(tmp_path: Path) -> Path:
    for name, most in (("10-0045", 31), ("other", 255)):
        (tmp_path / "backlight" / name).mkdir(parents=True)
        (tmp_path / "backlight" / name / "max_brightness").write_text(f"{most}\n")
        (tmp_path / "backlight" / name / "brightness").write_text(f"{most}\n")
    return tmp_path / "backlight"


def test_a_wish_reaches_every_backlight_and_none_goes_dark(sysfs: Path, tmp_path: Path) -> None:
    wish = BacklightWish(tmp_path / "wish")
    for percent, steps in ((20, ("6", "51")), (1, ("1", "3")), (100, ("31", "255"))):
        wish.wish(percent)
        assert main(["--wish", str(tmp_path / "wish"), "--sysfs", str(sysfs)]) == 0
        assert tuple((sysfs / name / "brightness").read_text().strip() for name in ("10-0045", "other")) == steps


@pytest.mark.parametrize("text", ["", "101", "-1", "20; reboot", "9" * 400])
def test_anything_but_a_number_of_percent_is_no_wish(sysfs: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "wish").write_text(text)
    assert wished(tmp_path / "wish") is None
    assert main(["--wish", str(tmp_path / "wish"), "--sysfs", str(sysfs)]) == 1
    assert (sysfs / "other/brightness").read_text() == "255\n"


def test_fitted_or_not(sysfs: Path, tmp_path: Path) -> None:
    assert fitted(sysfs)
    assert not fitted(tmp_path / "nothing")
    BacklightWish(None).wish(20)
