"""Every code that somebody can meet is in the runbook, and the runbook has none that nobody can meet."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from kiosk.__main__ import WRONG_SETTINGS
from kiosk.app import BROKE, GAVE_UP
from kiosk.catalogue.errors import Fault as CatalogueFault
from kiosk.courier.policy import Reason
from kiosk.first_day.findings import Code
from kiosk.journey.troubles import Trouble
from kiosk.out_of_service import CODES, UNKNOWN
from kiosk.provision.errors import Fault as StickFault
from kiosk.update.bundle import Refusal

ROOT = Path(__file__).parents[2]
RUNBOOK = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
TABLES = {
    "### Sticks": StickFault,
    "### Self-test": Code,
    "### What stops a citizen": Trouble,
    "### The courier's reasons": Reason,
    "| code of `catalogue.refused`": CatalogueFault,
    "| code of `update.refused`": Refusal,
}


def codes(begin: str, form: str = "[a-z0-9-]+") -> list[str]:
    """Return the codes in the first column of the first table after a place."""
    lines = RUNBOOK[RUNBOOK.index(begin) :].splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("|---"))
    rows = []
    for line in lines[start + 1 :]:
        if not line.startswith("|"):
            break
        rows.append(line.split("|")[1])
    return [code for row in rows for code in re.findall(rf"`({form})`", row)]


@pytest.mark.parametrize("begin", TABLES)
def test_the_table_has_every_code_once_and_no_other(begin: str) -> None:
    found = codes(begin)
    assert sorted(found) == sorted(code.value for code in TABLES[begin])


def test_every_number_of_the_out_of_service_scene_is_explained() -> None:
    """Python itself ends by 1 where no line of ours was reached, by 2 where the arguments are wrong."""
    told = re.findall(r"K-\d\d", RUNBOOK[RUNBOOK.index("| number |") :].split("\n\n")[0])
    ours = {f"K-{status:02}" for status in (1, 2, GAVE_UP, BROKE, WRONG_SETTINGS)}
    assert sorted(told) == sorted({*ours, *CODES.values(), UNKNOWN})


def _warned() -> set[str]:
    """Return every event that the programs warn of: `journal.warn("event")`, `self._journal.error("event")`."""
    found = set()
    for path in (ROOT / "kiosk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in {"warn", "error"} and "journal" in ast.unparse(node.func.value).lower():
                event = node.args[0]
                assert isinstance(event, ast.Constant), f"{path}: an event that cannot be looked up"
                found.add(str(event.value))
    return found


def test_everything_that_the_journal_warns_of_is_explained() -> None:
    events = _warned()
    assert len(events) > 30
    assert sorted(event for event in events if f"`{event}`" not in RUNBOOK) == []


def test_the_table_of_warnings_has_none_that_nobody_meets() -> None:
    assert set(codes("### What the journal warns of", r"[a-z0-9.-]+")) <= _warned()


def test_every_reason_of_being_closed_is_explained() -> None:
    reasons = set(tomllib.loads((ROOT / "config/texts/ja.toml").read_text("utf-8"))["out-of-service"]["reason"])
    told = {
        word for row in RUNBOOK.splitlines() if row.startswith("| 休止中") for word in re.findall(r"\*([a-z]+)\*", row)
    }
    assert reasons - {"unexpected", "starting"} <= told
