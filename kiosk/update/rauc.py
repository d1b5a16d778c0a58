"""RAUC by its own program: install into the other slot, say what a slot is worth (rauc(1), status and install)."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from kiosk.update.bundle import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHORT: Final = 60.0  # seconds for a question
LONG: Final = 3600.0  # for an installation on a slow card
LOOK: Final = 5.0


class RaucFailed(Exception):
    """RAUC did not do what it was asked; its own journal says why."""


def mark(worth: Literal["good", "bad"]) -> None:
    """Say what the slot is worth that runs; raises RaucFailed."""
    _run("status", f"mark-{worth}")


def other_is_good() -> bool:
    """Whether the slot that does not run could be started instead; raises RaucFailed."""
    return other_of(_run("status", "--output-format=json"))


def other_of(told: bytes) -> bool:
    """Read it out of `rauc status --output-format=json`; raises RaucFailed."""
    try:
        status: dict[str, Any] = msgspec.json.decode(told)
        slots = [slot for named in status["slots"] for slot in named.values()]
        return any(slot["state"] != "booted" and slot["boot_status"] == "good" for slot in slots)
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
        raise RaucFailed from None


def install(bundle: Path, alive: Callable[[], None]) -> None:
    """Install into the other slot and have it started next; `alive` is called every few seconds; raises RaucFailed."""
    with subprocess.Popen(
        ["rauc", "install", str(bundle)], env={**os.environ, **LANGUAGE}, stdin=subprocess.DEVNULL
    ) as running:
        for _ in range(int(LONG / LOOK)):
            alive()
            try:
                if running.wait(LOOK) != 0:
                    raise RaucFailed
            except subprocess.TimeoutExpired:
                continue
            return
        running.kill()
        raise RaucFailed


def _run(*words: str) -> bytes:
    try:
        done = subprocess.run(
            ["rauc", *words], env={**os.environ, **LANGUAGE}, capture_output=True, check=True, timeout=SHORT
        )
    except (OSError, subprocess.SubprocessError):
        raise RaucFailed from None
    return done.stdout
