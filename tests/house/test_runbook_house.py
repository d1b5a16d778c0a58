"""Every code that somebody can meet is in the runbook, and the runbook has none that nobody can meet."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

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


def codes(begin: str) -> list[str]:
    """Return the codes in the first column of the first table after a place."""
    lines = RUNBOOK[RUNBOOK.index(begin) :].splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("|---"))
    rows = []
    for line in lines[start + 1 :]:
        if not line.startswith("|"):
            break
        rows.append(line.split("|")[1])
    return [code for row in rows for code in re.findall(r"`([a-z0-9-]+)`", row)]


@pytest.mark.parametrize("begin", TABLES)
def test_the_table_has_every_code_once_and_no_other(begin: str) -> None:
    found = codes(begin)
    assert sorted(found) == sorted(code.value for code in TABLES[begin])


def test_every_reason_of_being_closed_is_explained() -> None:
    reasons = set(tomllib.loads((ROOT / "config/texts/ja.toml").read_text("utf-8"))["out-of-service"]["reason"])
    told = {
        word for row in RUNBOOK.splitlines() if row.startswith("| 休止中") for word in re.findall(r"\*([a-z]+)\*", row)
    }
    assert reasons - {"unexpected", "starting"} <= told
