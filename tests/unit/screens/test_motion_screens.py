"""What moves, and that nothing does when somebody asked for calm, at night, in stark themes, or anywhere else."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from kiosk.screens.describe import describe
from kiosk.screens.motion import ARROWS, PERIOD, STEP, TRAVEL, Arrow
from kiosk.screens.widgets.marks import StageLine
from tests.gallery.easel import BIG, SMALL, easels
from tests.gallery.views import states, view_of

_EASELS = cache(easels)
MOVING = {"lay-card", "prefill-card", "take-card", "signing"}


def places(name: str, **choices) -> list[int]:
    """Return where the arrow stands in each 20 ms of a period."""
    view = replace(view_of(name, "ja"), **choices)
    stage = _EASELS()[BIG].stage
    drawn = [stage.arrange(view, now) for now in range(0, PERIOD, 20)]
    return [widget.shift for widgets in drawn for widget in widgets if isinstance(widget, Arrow)]


@pytest.mark.parametrize(("name", "way"), [("lay-card", 1), ("prefill-card", 1), ("take-card", -1)])
def test_the_arrow_goes_its_way_and_comes_back(name, way):
    shifts = [way * shift for shift in places(name)]
    assert (min(shifts), max(shifts)) == (0, TRAVEL)
    assert shifts[0] == 0
    assert all(abs(one - other) <= TRAVEL // 8 for one, other in pairwise(shifts))


@pytest.mark.parametrize("choices", [{"calm": True}, {"theme": "high_contrast"}, {"theme": "dark"}])
def test_it_rests_when_asked(choices):
    assert set(places("lay-card", **choices)) == {0}
    view = replace(view_of("signing.certificate", "ja"), **choices)
    assert _EASELS()[BIG].stage.frame_ms(view) is None


def test_the_ring_of_the_stage_steps():
    view, stage = view_of("signing.certificate", "ja"), _EASELS()[BIG].stage
    turns = [
        [
            widget.turn
            for widget in stage.arrange(view, now)
            if isinstance(widget, StageLine) and widget.turn is not None
        ]
        for now in range(0, 3 * STEP, STEP // 2)
    ]
    assert turns == [[0], [0], [1], [1], [2], [2]]


@pytest.mark.parametrize("size", [BIG, SMALL])
@pytest.mark.parametrize("name", states())
def test_nothing_else_moves(name, size):
    view, stage = view_of(name, "ja"), _EASELS()[size].stage
    if view.step not in MOVING or view.overlay is not None:
        assert stage.frame_ms(view) is None
        assert stage.arrange(view, 0) == stage.arrange(view, 777)


def test_the_arrow_says_nothing_of_its_own():
    said = describe(_EASELS()[BIG].stage.arrange(view_of("lay-card", "ja"), 300)).as_dict()
    assert not [item for item in said["items"] if item["text"] in ARROWS.values()]
