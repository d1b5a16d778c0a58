"""Lines that exist in memory only: what is driven can be read, what is read can be driven."""

from __future__ import annotations

import time
from queue import Empty, Queue


class MemoryLine:
    """One line, with everything that was done to it."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.high = False
        self.direction, self.pull, self.edges, self.bounce = "input", "floating", "none", 0.0
        self.driven: list[bool] = []
        self.closed = False
        self._changes: Queue[tuple[float, bool]] = Queue()

    def output(self, *, high: bool) -> None:
        self.direction, self.edges = "output", "none"
        self.write(high=high)

    def input(self, pull: str, *, edges: str = "none", bounce: float = 0.0) -> None:
        self.direction, self.pull, self.edges, self.bounce = "input", pull, edges, bounce
        self.high = pull == "up"

    def read(self) -> bool:
        return self.high

    def write(self, *, high: bool) -> None:
        assert self.direction == "output"
        self.high = high
        self.driven.append(high)

    def changes(self, seconds: float) -> list[tuple[float, bool]]:
        try:
            return [self._changes.get(timeout=seconds)]
        except Empty:
            return []

    def close(self) -> None:
        self.closed = True

    def drive(self, *, high: bool) -> None:
        """Change it from outside, as a finger on a button does."""
        rises, wanted = high and not self.high, self.edges
        self.high = high
        if wanted in {"both", "rising" if rises else "falling"}:
            self._changes.put((time.monotonic(), high))


class MemoryChip:
    """Opens lines by number, each once, as the kernel does."""

    def __init__(self, *, taken: tuple[int, ...] = ()) -> None:
        self.lines: dict[int, MemoryLine] = {}
        self._taken = taken

    def __call__(self, number: int) -> MemoryLine:
        if number in self._taken or (number in self.lines and not self.lines[number].closed):
            raise OSError(16, "Device or resource busy")
        self.lines[number] = MemoryLine(number)
        return self.lines[number]
