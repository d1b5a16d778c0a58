"""What each program may touch: docs/security.md says it, and from within each unit's own sandbox it is tried."""

from __future__ import annotations

import json
import re
from itertools import takewhile
from pathlib import Path
from types import SimpleNamespace

import pytest
from units_machine import wait_for
from units_probe import ACTS
from units_trial import HELPERS, NOTHING, PROGRAMS, tried, unit_text
from units_world import REMOTE, SWITCH, TRAY

from kiosk.demo.player import Player
from kiosk.demo.story import read_story

pytestmark = pytest.mark.timeout(180)  # the first of them boots the machine

ROOT = Path(__file__).parents[3]
SECURITY = ROOT / "docs/security.md"
RESULTS = ROOT / "build/tried-and-refused.md"
STORY = ROOT / "tests/journeys/happy.play"
MAY, REFUSED = "may", "refused"
WORDS = "act", "what is tried", "held by"  # columns that are no program's
# What refusal looks like.
REFUSALS = {"EPERM", "EACCES", "EROFS", "ENOENT", "EAFNOSUPPORT"}
CITY_LISTENS = ":20FB "  # port 8443 in /proc/net/tcp


def told() -> dict[str, dict[str, str]]:
    """Return what the documentation's two tables say: program → act → may or refused."""
    lines = SECURITY.read_text("utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("| act |")]
    table: dict[str, dict[str, str]] = {}
    for start in starts:
        rows = [cells(line) for line in takewhile(lambda line: line.startswith("|"), lines[start:])]
        for column, program in enumerate(rows[0]):
            if program not in WORDS:
                table[program] = {row[0].strip("`"): row[column] for row in rows[2:]}
    return table


def cells(line: str) -> list[str]:
    """Return the cells of a row."""
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.fixture
def serving(machine):
    """The machine with its city at the door: a probe must find what it may reach."""
    wait_for("the city", lambda: CITY_LISTENS in machine.run("cat", "/proc/net/tcp").stdout)
    wait_for("the converter", lambda: machine.path("/run/madoguchi-mozc/converter.sock").exists())
    return machine


def test_every_act_and_every_program_has_its_place_in_the_documentation():
    table = told()
    assert list(table) == [*PROGRAMS, *HELPERS]
    for acts in table.values():
        assert list(acts) == list(ACTS)
        assert set(acts.values()) <= {MAY, REFUSED}


@pytest.mark.parametrize("program", [*PROGRAMS, *HELPERS])
def test_what_is_told_is_what_happens(serving, program):
    found = tried(serving, program)
    wrong = {
        act: (expected, found[act])
        for act, expected in told()[program].items()
        if (found[act] == "done") != (expected == MAY) or found[act] not in {"done", *REFUSALS}
    }
    assert wrong == {}
    kept = serving.work / "results" / "tried.json"
    all_found = {**(json.loads(kept.read_text("ascii")) if kept.exists() else {}), program: found}
    kept.write_text(json.dumps(all_found), encoding="ascii")
    write_down(all_found)


def write_down(found: dict[str, dict[str, str]]) -> None:
    """Leave what was tried, and what came of it, where people can read it."""
    rows = ["| act | " + " | ".join(found) + " |", "|---|" + "---|" * len(found)]
    rows += [f"| {act} | " + " | ".join(results[act] for results in found.values()) + " |" for act in ACTS]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("# Tried from within each unit's sandbox\n\n" + "\n".join(rows) + "\n", encoding="utf-8")


def test_without_a_sandbox_every_act_succeeds(serving):
    """The control: what is refused above is refused by the sandbox and by nothing else."""
    assert {act: result for act, result in tried(serving, NOTHING).items() if result != "done"} == {}


def test_a_directive_that_is_taken_away_is_noticed(serving):
    text = unit_text("kiosk")
    lost = re.sub(r"^(NoExecPaths|ExecPaths|ProtectHome|MemoryDenyWriteExecute)=.*\n", "", text, flags=re.MULTILINE)
    assert lost != text
    found = tried(serving, "kiosk", lost)
    assert {act for act, expected in told()["kiosk"].items() if expected == REFUSED and found[act] == "done"} == {
        "read-home",
        "run-shell",
        "write-and-run-memory",
    }


def test_a_whole_journey_succeeds_under_all_of_it(serving, monkeypatch):
    """From the first touch to the city's receipt: signer, card service, converter, spool and courier, each confined."""
    monkeypatch.chdir(ROOT)
    before = len(serving.said("madoguchi-courier.service", "courier.delivered"))
    places = {"remote": REMOTE, "tray": TRAY, "courier": SWITCH}
    setting = SimpleNamespace(**{name: serving.path(place) for name, place in places.items()})
    pictures = serving.work / "pictures"
    stage = SimpleNamespace(setting=setting, tray=serving.tray, export=serving.export)
    Player(stage, pictures, print).play(read_story(STORY))
    assert len(serving.said("madoguchi-courier.service", "courier.delivered")) == before + 1
    assert serving.said("madoguchi-kiosk.service", "signed")
    assert len(list(pictures.glob("*.png"))) > 5
