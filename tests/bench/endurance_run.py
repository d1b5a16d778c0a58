"""`make endurance`: many visits one after the other, and whether the programs keep their size, files and threads.

A table on the way, and the figures in build/endurance.json. Never assertions: what grows is for somebody to judge.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.demo.launcher import Demonstration
from kiosk.demo.player import Player
from kiosk.demo.setting import Setting
from kiosk.demo.story import Line, Story, read_story
from tests.bench.process_table import family, resident_mib

if TYPE_CHECKING:
    from kiosk.demo.process import Program

OUT: Final = Path("build/endurance.json")
FOLDER: Final = Path("build/endurance")
# Signed and filed, the longest form, another language, a wrong password, a card that cannot sign, somebody walks away.
VISITS: Final = ("happy", "tenshutsu", "lang-zh-Hans", "wrong-password", "expired", "idle")
PLAIN: Final = ("panel.factory=none",)  # gpiozero's mock pins keep the history of all that was ever switched
LEFT: Final = frozenset({"set", "shot", "stored", "spooled"})  # counts are those of one visit
BACK: Final = (Line("endurance", "card", "off"), Line("endurance", "pass", "400"), Line("endurance", "wait", "attract"))


@dataclass(frozen=True, slots=True)
class Size:
    """What a program and all below it hold."""

    mib: float
    files: int
    threads: int


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--visits", type=int, default=120)
    visits = arguments.parse_args().visits
    os.environ.pop("DISPLAY", None)
    sizes: list[dict[str, Size]] = []
    with Demonstration(Setting(FOLDER, FOLDER / "trust"), sets=PLAIN) as demonstration:
        for number, story in zip(range(1, visits + 1), cycle(_stories()), strict=False):
            Player(demonstration, FOLDER / "screens", lambda _line: None).play(story)
            if number % len(VISITS) == 0:
                programs = {"kiosk": demonstration.kiosk, "courier": demonstration.courier, "city": demonstration.city}
                sizes.append({name: _size(program) for name, program in programs.items()})
                _tell(number, sizes[-1])
    _conclude(visits, sizes)


def _stories() -> list[Story]:
    told = [read_story(Path("tests/journeys", f"{name}.play")) for name in VISITS]
    return [
        Story(story.path, story.title, (*(line for line in story.lines if line.verb not in LEFT), *BACK))
        for story in told
    ]


def _size(program: Program | None) -> Size:
    assert program is not None
    every = family(program.pid)
    files = sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in every)
    threads = sum(len(list(Path(f"/proc/{pid}/task").iterdir())) for pid in every)
    return Size(round(resident_mib(program.pid), 2), files, threads)


def _tell(number: int, sizes: dict[str, Size]) -> None:
    told = "; ".join(
        f"{name} {size.mib:7.2f} MiB {size.files} files {size.threads} threads" for name, size in sizes.items()
    )
    print(f"after {number:4} visits: {told}", flush=True)


def _conclude(visits: int, sizes: list[dict[str, Size]]) -> None:
    """Say how much each has grown in 100 visits, measured over the second half: caches are full by then."""
    late = sizes[len(sizes) // 2 :]
    growth = {}
    if len(late) > 1:
        rounds = list(range(len(late)))
        for name in late[0]:
            slope = statistics.linear_regression(rounds, [size[name].mib for size in late]).slope
            growth[name] = round(slope * 100 / len(VISITS), 2)
            print(f"{name}: {growth[name]:+.2f} MiB in 100 visits, over the second half")
    rows = [{name: asdict(size) for name, size in each.items()} for each in sizes]
    OUT.write_text(json.dumps({"visits": visits, "MiB in 100 visits": growth, "sizes": rows}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
