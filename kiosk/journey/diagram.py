"""Draw docs/journey.md from the table, so that the two cannot differ."""

from __future__ import annotations

import sys
from pathlib import Path

from kiosk.journey.deadlines import DEADLINES, DEVICE_LIMITS, AtEnd, Patience
from kiosk.journey.map import MAP, Outcome, Step
from kiosk.journey.troubles import WAYS_ON, Trouble

_HEAD = """# The journey

Drawn from `kiosk/journey/map.py`, `deadlines.py` and `troubles.py` by `make docs`; a test compares. To change the
journey, change the tables.
"""
_LEAVING = {Outcome.LEAVE, Outcome.LEAVE_CARD}


def document() -> str:
    """Return the whole of docs/journey.md."""
    return "\n".join([_HEAD, *_graph(), "", *_steps(), "", *_troubles(), ""])


def _graph() -> list[str]:
    """Draw the steps; the ways that leave (to the farewell) would hide the rest and stand in the table only."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> attract"]
    for step, exits in MAP.items():
        for outcome, target in exits.items():
            if outcome not in _LEAVING and target is not Step.TROUBLE:
                lines.append(f"    {_id(step)} --> {_id(target)}: {outcome}")
    return [*lines, "```"]


def _id(step: Step) -> str:
    return step.replace("-", "_")


def _steps() -> list[str]:
    lines = ["| step | ways on | waits for the citizen |", "|---|---|---|"]
    for step, exits in MAP.items():
        ways = ", ".join(f"{outcome} → {target}" for outcome, target in exits.items())
        lines.append(f"| {step} | {ways} | {_wait(step, DEADLINES[step])} |")
    return lines


def _wait(step: Step, patience: Patience) -> str:
    if step in DEVICE_LIMITS:
        return f"a device works; limit {DEVICE_LIMITS[step]:g} s"
    if patience.at_end is AtEnd.STAY:
        return "as long as it takes"
    if patience.warn is None:
        return f"{patience.count:g} s"
    return f"warns after {patience.warn:g} s, ends {patience.count:g} s later"


def _troubles() -> list[str]:
    lines = ["| trouble | the citizen can |", "|---|---|"]
    words = {"again": "go back to the confirmation and try again", "end": "be helped at the counter"}
    return lines + [f"| {trouble} | {words[WAYS_ON[trouble]]} |" for trouble in Trouble]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(document(), encoding="utf-8")
