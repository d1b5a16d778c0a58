"""Runs a piece of a program and tells in which order its files reached the disk."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Told:
    """How a program ended, and the fsyncs and renames it made in a folder (see told_calls.c)."""

    ended: subprocess.CompletedProcess[str]
    calls: list[str]


class ToldCalls:
    """The library that listens, and programs run under it."""

    def __init__(self, folder: Path) -> None:
        """Compile it into `folder`."""
        self._library = folder / "told_calls.so"
        source = HERE / "told_calls.c"
        subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", self._library, source, "-ldl"], check=True)

    def run(self, program: str, *words: object, folder: Path, failing: int = 0) -> Told:
        """Run a program with `words` as its arguments; the `failing`-th fsync in the folder fails."""
        told = folder / "told"
        environment = {"LD_PRELOAD": str(self._library), "TOLD": str(told), "SYNC_FAILS": str(failing)}
        done = subprocess.run(
            [sys.executable, "-c", program, *map(str, words)],
            env={"PYTHONPATH": str(HERE.parent), **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=50,
        )
        calls = told.read_text().splitlines() if told.exists() else []
        told.unlink(missing_ok=True)
        return Told(done, calls)
