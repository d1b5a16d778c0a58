"""One program of the demonstration: started, heard when ready, ended by its own id."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

READY_WITHIN = 30.0  # seconds
END_WITHIN = 8.0  # seconds


class ProgramFailed(Exception):
    """A program of the demonstration did not get ready; its log says why."""


class Program:
    """A Python module run as a process of its own, its words kept in a log."""

    def __init__(
        self, name: str, arguments: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self._command = [sys.executable, "-m", *arguments]
        self._log = log
        self._environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The process id; 0 when it does not run."""
        return self._process.pid if self._process is not None and self.running else 0

    def start(self) -> None:
        """Start without waiting for anything."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._environment
            )

    def start_and_listen(self, key: str) -> dict[str, Any]:
        """Start and return the first line of JSON with `key` that the program prints; raises ProgramFailed."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, env=self._environment
            )
        found: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        Thread(target=self._keep, args=(self._process.stdout, key, found), daemon=True).start()
        try:
            facts = found.get(timeout=READY_WITHIN)
        except queue.Empty:
            facts = None
        if facts is None:
            self.stop()
            raise ProgramFailed(f"{self.name} did not get ready, see {self._log}")
        return facts

    def _keep(self, pipe: IO[bytes], key: str, found: queue.SimpleQueue[dict[str, Any] | None]) -> None:
        """Keep everything that is printed in the log, and put the line with `key` into `found`."""
        with pipe, self._log.open("ab") as log:
            for line in pipe:
                log.write(line)
                log.flush()
                with contextlib.suppress(ValueError):
                    facts = json.loads(line)
                    if isinstance(facts, dict) and key in facts:
                        found.put(facts)
        found.put(None)

    def run(self, timeout: float = 120.0) -> str:
        """Run to the end and return what was printed; raises ProgramFailed when it did not end well."""
        done = subprocess.run(
            self._command, stdin=subprocess.DEVNULL, capture_output=True, env=self._environment, timeout=timeout,
            check=False,
        )  # fmt: skip
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            log.write(done.stdout + done.stderr)
        if done.returncode:
            raise ProgramFailed(f"{self.name}: {done.stderr.decode(errors='replace').strip() or done.returncode}")
        return done.stdout.decode()

    def wait(self, seconds: float | None = None) -> int | None:
        """Wait for the end and return the exit code; None when it still runs."""
        if self._process is None:
            return None
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self) -> None:
        """End the program; what does not end by itself is killed."""
        if self._process is None:
            return
        if self.running:
            self._process.terminate()
        if self.wait(END_WITHIN) is None:
            self._process.kill()
            self._process.wait()
        self._process = None
