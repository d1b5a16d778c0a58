"""The longest form, 転出届, from the first touch to the receipt: how long each of its scenes takes to answer."""

from __future__ import annotations

from pathlib import Path

from kiosk.demo.launcher import Demonstration
from kiosk.demo.player import Player
from kiosk.demo.screen import Screen
from kiosk.demo.setting import Setting
from kiosk.demo.story import read_story

Rows = dict[str, tuple[float, str]]


def measure_longest(folder: Path) -> Rows:
    story = read_story(Path("tests/journeys/tenshutsu.play"))
    with Demonstration(Setting(folder / "longest", folder / "trust"), sets=story.sets) as demonstration:
        Player(demonstration, folder / "screens-longest", lambda _line: None).play(story)
        figures = Screen(demonstration.setting.remote).figures()
    rows: Rows = {}
    for step, times in sorted(figures["steps"].items()):
        rows[f"longest form, touch → frame, {step}: median of {times['n']}"] = (times["median"], "ms")
        rows[f"longest form, touch → frame, {step}: worst"] = (times["worst"], "ms")
    return rows
