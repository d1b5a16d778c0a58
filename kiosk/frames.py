"""How long it takes from a touch to the frame that answers it; counted, not guessed."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

KEPT = 500  # figures of each step


class Frames:
    """Figures of the frames since the start."""

    def __init__(self) -> None:
        self.drawn = 0
        self.first_ms = 0.0
        self.typed_at = 0.0  # when the key was touched whose candidates are awaited; 0 while none is
        self.candidates_came = False
        self._answers: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=KEPT))

    def answered(self, step: str, seconds: float) -> None:
        """Note how long the answer to a touch took."""
        self._answers[step].append(seconds * 1000)

    def offered(self, now: float) -> None:
        """Note how long it took from a key to its candidates, when they have just come on the screen."""
        if self.candidates_came and self.typed_at:
            self.answered("candidates", now - self.typed_at)
            self.typed_at = 0.0
        self.candidates_came = False

    def as_dict(self) -> dict[str, object]:
        """Return the count of frames, the time to the first and, by step, median, percentiles and worst in ms."""
        steps = {step: _summary(sorted(times)) for step, times in self._answers.items()}
        every = sorted(time for times in self._answers.values() for time in times)
        return {"frames": self.drawn, "first_ms": self.first_ms, "all": _summary(every), "steps": steps}


def _summary(times: Sequence[float]) -> dict[str, float]:
    """Return how many there are, median, 95th and 99th percentile and the worst of sorted times."""
    shares = {"median": 0.5, "p95": 0.95, "p99": 0.99, "worst": 1.0}
    at = {name: min(len(times) - 1, int(len(times) * share)) for name, share in shares.items()}
    return {"n": len(times), **{name: round(times[place], 2) if times else 0.0 for name, place in at.items()}}
