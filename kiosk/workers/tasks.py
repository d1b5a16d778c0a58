"""A worker: one thread that does one thing at a time, in order, and says when it is alive."""

from __future__ import annotations

import queue
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.clock import Clock


class Worker:
    """Runs tasks in the order in which they were given; between them it does its rounds.

    `failed` is told of anything unforeseen: this is one of the two places where every exception ends.
    """

    def __init__(self, name: str, clock: Clock, failed: Callable[[Exception], None]) -> None:
        self._clock = clock
        self._failed = failed
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self.disturbed = Event()  # set while a task waits: the rounds end early
        self.beat = clock.ticks()
        self.busy = False

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def give(self, task: Callable[[], None]) -> None:
        """Put a task into the queue."""
        self._tasks.put(task)
        self.disturbed.set()

    def stop(self, seconds: float) -> bool:
        """End after the task that is being done; False when it has not ended within `seconds`."""
        self._tasks.put(None)
        self.disturbed.set()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def rounds(self) -> None:
        """Do what is to be done while no task waits; the base waits for one."""
        self.disturbed.wait(1.0)

    def _run(self) -> None:
        while True:
            self.beat = self._clock.ticks()
            try:
                task = self._tasks.get_nowait()
            except queue.Empty:
                self.disturbed.clear()
                if self._tasks.empty():
                    self._do(self.rounds)
                continue
            if task is None:
                return
            self.busy = True
            self._do(task)
            del task  # while the worker rests, nothing of a citizen stays with what it did last
            self.busy = False

    def _do(self, task: Callable[[], None]) -> None:
        try:
            task()
        except Exception as error:  # noqa: BLE001 - the thread's boundary
            self._failed(error)
