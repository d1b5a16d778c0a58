"""Every state of every step as the scenes get it, from a real journey with the real form."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Opened, Overlay
from kiosk.journey.map import Step
from kiosk.journey.session import ONE_QUESTION_FROM
from tests.gallery.playing import State, played
from tests.gallery.states_camera import camera_states
from tests.gallery.states_form import form_states
from tests.gallery.states_over import overlay_states
from tests.gallery.states_procedures import procedure_states
from tests.gallery.states_signing import signing_states

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.journey.view import View
    from kiosk.screens.widgets.base import Widget


class Manner(StrEnum):
    """How a scene is laid and driven, by the citizen's wish."""

    STANDARD = "standard"
    LOWER = "lower-half"  # every target within reach of a seat
    KEYS = "focus-ring"  # driven by the keys beside the screen
    CALM = "calm"  # nothing moves


LEGAL: Final = frozenset({Overlay.TERMS, Overlay.PRIVACY, Overlay.COPYRIGHT})


@cache
def states() -> dict[str, State]:
    """Return all states by name, in the order of the walk; a name is `step` or `step.state`."""
    found = {
        **form_states(),
        **procedure_states(),
        **camera_states(),
        **signing_states(),
        **overlay_states(),
    }
    order = {step.value: place for place, step in enumerate(Step)}
    return dict(sorted(found.items(), key=lambda pair: order[step_of(pair[0])]))


def step_of(name: str) -> str:
    """Return the step of a state's name."""
    return name.split(".", maxsplit=1)[0]


@cache
def _played(name: str, language: str, text_size: float, lower: bool, small: bool) -> View:
    view = played(states()[name], language, text_size, lower=lower, small=small)
    assert view.step == step_of(name), f"{name} leads to {view.step}"
    return view


def view_of(
    name: str, language: str, text_size: float = 1.0, theme: str = "light", manner: Manner = Manner.STANDARD,
    *, small: bool = False,
) -> View:  # fmt: skip
    """Return what is seen in a state; colours, rest and the ring are the citizen's choice and change nothing else."""
    view = _played(name, language, text_size, manner is Manner.LOWER, small)
    return replace(view, theme=theme, calm=manner is Manner.CALM, by_keys=manner is Manner.KEYS)


def shown_at(name: str, text_size: float, manner: Manner = Manner.STANDARD) -> bool:
    """Tell whether a state exists: some only where questions are asked one at a time."""
    return not states()[name].in_large or text_size >= ONE_QUESTION_FROM or manner is Manner.LOWER


def following(view: View, widgets: Sequence[Widget]) -> View | None:
    """Return the next page of a text that is read page by page; how many there are depends on the panel."""
    wanted = Opened(view.overlay, view.overlay_page + 1) if view.overlay in LEGAL else None
    asked = wanted is not None and any(widget.press == wanted for widget in widgets)
    return replace(view, overlay_page=view.overlay_page + 1) if asked else None
