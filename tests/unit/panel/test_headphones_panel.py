"""The headphone jack: a contact at a pin, or the switch of a sound card that the kernel tells of."""

from __future__ import annotations

import os
import struct
from queue import SimpleQueue
from typing import TYPE_CHECKING

import pytest

from drivers.errors import PanelFault
from drivers.headphones import EV_SW, EVIOCGSW, SW_HEADPHONE_INSERT, HeadphoneJack, find_jack
from drivers.panel import Panel

if TYPE_CHECKING:
    from pathlib import Path

EVENT = struct.Struct("@llHHi")


def told(kind: int, code: int, value: int) -> bytes:
    return EVENT.pack(0, 0, kind, code, value)


@pytest.fixture
def device(tmp_path: Path):
    """Return a pipe in the place of an event device."""
    path = tmp_path / "event3"
    os.mkfifo(path)
    hold = os.open(path, os.O_RDWR)
    yield path, hold
    os.close(hold)


def test_a_pin_tells_both_ways() -> None:
    panel = Panel("mock", headphones=24)
    changes: SimpleQueue[bool] = SimpleQueue()
    panel.when_changed(lambda: changes.put(panel.plugged()))
    assert not panel.plugged()
    panel.plug(inside=True)
    assert changes.get(timeout=5)
    panel.plug(inside=False)
    assert not changes.get(timeout=5)
    panel.close()


@pytest.mark.parametrize("factory", ["none", "mock"])
def test_without_a_pin_there_are_never_any(factory: str) -> None:
    panel = Panel(factory)
    panel.when_changed(lambda: None)
    panel.plug(inside=True)
    assert not panel.plugged()
    panel.close()


def test_the_jack_tells_both_ways_and_other_switches_do_not_matter(device) -> None:
    path, hold = device
    jack = HeadphoneJack(path)
    changes: SimpleQueue[bool] = SimpleQueue()
    jack.when_changed(lambda: changes.put(jack.plugged()))
    assert not jack.plugged()
    os.write(hold, told(EV_SW, 4, 1) + told(1, SW_HEADPHONE_INSERT, 1) + told(EV_SW, SW_HEADPHONE_INSERT, 1))
    assert changes.get(timeout=5)
    os.write(hold, told(0, 0, 0) + told(EV_SW, SW_HEADPHONE_INSERT, 0))
    assert not changes.get(timeout=5)
    jack.close()


def test_a_jack_that_goes_away_counts_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "event3"
    os.mkfifo(path)
    hold = os.open(path, os.O_RDWR)
    jack = HeadphoneJack(path)
    changes: SimpleQueue[bool] = SimpleQueue()
    jack.when_changed(lambda: changes.put(jack.plugged()))
    os.write(hold, told(EV_SW, SW_HEADPHONE_INSERT, 1))
    assert changes.get(timeout=5)
    os.close(hold)
    assert not changes.get(timeout=5)
    jack.close()


def test_the_kernels_question_has_its_number() -> None:
    assert EVIOCGSW == 0x8008451B  # _IOR('E', 0x1b, 8)


def described(inputs: Path, event: str, name: str, switches: str) -> None:
    folder = inputs / event / "device"
    (folder / "capabilities").mkdir(parents=True)
    (folder / "name").write_text(f"{name}\n")
    (folder / "capabilities/sw").write_text(f"{switches}\n")


def test_the_jack_is_found_by_its_switch(tmp_path: Path) -> None:
    described(tmp_path, "event0", "touch panel", "0")
    described(tmp_path, "event1", "codec Headphone Jack", "4")
    described(tmp_path, "event2", "lid", "1")
    assert find_jack("", tmp_path, tmp_path / "dev") == tmp_path / "dev/event1"
    described(tmp_path, "event4", "USB Headset Jack", "1 14")
    assert find_jack("USB", tmp_path, tmp_path / "dev") == tmp_path / "dev/event4"
    with pytest.raises(PanelFault, match="codec Headphone Jack"):
        find_jack("", tmp_path, tmp_path / "dev")


def test_a_machine_without_one_says_so(tmp_path: Path) -> None:
    with pytest.raises(PanelFault, match="none"):
        find_jack("", tmp_path)
    with pytest.raises(PanelFault, match="event9"):
        HeadphoneJack(tmp_path / "event9")
