"""One happy journey with all programs, and what it cost."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from kiosk.demo.launcher import Demonstration
from kiosk.demo.player import Player
from kiosk.demo.screen import Screen
from kiosk.demo.setting import Setting
from kiosk.demo.story import read_story
from tests.bench.process_table import cpu_ticks, resident_mib

IDLE_SECONDS = 10.0
Rows = dict[str, tuple[float, str]]


def measure_kiosk(folder: Path) -> Rows:
    story = read_story(Path("tests/journeys/happy.play"))
    with Demonstration(Setting(folder, folder / "trust"), sets=story.sets) as demonstration:
        screen = Screen(demonstration.setting.remote)
        idle = idle_cpu(demonstration.kiosk.pid)
        player = Player(demonstration, folder / "screens", lambda _line: None)
        player.play(story)
        figures = screen.figures()
        programs = {"kiosk": demonstration.kiosk, "courier": demonstration.courier, "city": demonstration.city}
        memory = {name: resident_mib(program.pid) for name, program in programs.items()}
    rows: Rows = {
        "start → first frame (1000 asked)": (figures["first_ms"], "ms"),
        "touch → frame, median of all": (figures["all"]["median"], "ms"),
        "touch → frame, p99 of all": (figures["all"]["p99"], "ms"),
    }
    for step, times in sorted(figures["steps"].items()):
        rows[f"touch → frame, {step}: median"] = (times["median"], "ms")
        rows[f"touch → frame, {step}: p99"] = (times["p99"], "ms")
    rows["kiosk, CPU while nobody is there"] = (idle, "%")
    rows |= {f"{name}, resident memory": (size, "MiB") for name, size in memory.items()}
    rows["card, APDUs of the whole visit"] = (float(player.card_counts["apdus"]), "APDUs")
    return rows | _from_journal(folder / "log" / "kiosk.log")


def idle_cpu(pid: int) -> float:
    """CPU of a process over some seconds, in percent of one core."""
    time.sleep(1.0)  # start-up is over
    before = cpu_ticks(pid)
    time.sleep(IDLE_SECONDS)
    return 100 * (cpu_ticks(pid) - before) / os.sysconf("SC_CLK_TCK") / IDLE_SECONDS


def _from_journal(log: Path) -> Rows:
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    events = {line["event"]: line for line in lines}
    signed, spooled = events["signed"], events["spooled"]
    return {
        "signing errand, APDUs": (float(signed["apdus"]), "APDUs"),
        "signing errand, bytes to the card": (float(signed["bytes_out"]), "bytes"),
        "signing errand, bytes from the card": (float(signed["bytes_in"]), "bytes"),
        "signing errand, time": (float(signed["ms"]), "ms"),
        "signature → durable in the spool": (float(spooled["ms"]), "ms"),
    }
