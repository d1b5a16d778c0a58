"""The list of hardware: its pins are those of the configuration, and their places on the header are the board's."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from gpiozero.pins.pi import PiBoardInfo

from drivers.pins import HEADER_OF

ROOT = Path(__file__).parents[2]
README = (ROOT / "image/README.md").read_text("utf-8")
PANEL = tomllib.loads((ROOT / "config/kiosk.toml").read_text("utf-8"))["panel"]
PROVISION = tomllib.loads((ROOT / "config/provision.toml").read_text("utf-8"))


def row(part: str) -> str:
    """Return the row of a part."""
    (found,) = (line for line in README.splitlines() if line.startswith(f"| {part}"))
    return found


def header() -> dict[int, str]:
    """Return what is at each place of a board's header: GPIO17, GND, 3V3."""
    places = PiBoardInfo.from_revision(HEADER_OF).headers["J8"].pins
    return {number: pin.name for number, pin in places.items()}


def test_the_pins_are_those_of_the_configuration() -> None:
    lamp = {colour: PANEL[f"lamp_{colour}"] for colour in ("red", "green", "blue")}
    assert {colour: int(pin) for colour, pin in re.findall(r"(red|green|blue) (\d+) \(", row("lamp"))} == lamp
    for part in ("buzzer", "help button"):
        assert re.match(rf"\| {part} \| (\d+) \(", row(part))[1] == str(PANEL[part.replace(" ", "_")])
    power = re.search(r"`power_button = (\d+)`", row("power button"))
    assert power
    assert PROVISION["settings"]["panel"]["power_button"] == int(power[1])


def test_every_pin_is_where_the_list_says() -> None:
    places = header()
    parts = [row(part) for part in ("lamp", "buzzer", "help button", "power button", "clock")]
    told = [found for each in parts for found in re.findall(r"([A-Za-z_]+|3\.3 V)? ?=? ?(\d+)?`? \((\d+)\)", each)]
    assert len(told) == 13
    for name, number, place in told:
        wanted = {"ground": "GND", "3.3 V": "3V3"}.get(name, f"GPIO{number}")
        assert places[int(place)] == wanted, (name, number, place)
