"""Every state of every step as the scenes get it, from a real journey with the real form."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Opened, Overlay
from kiosk.journey.map import Step
from kiosk.journey.session import ONE_QUESTION_FROM
from tests.gallery.playing import State, played
from tests.gallery.states_camera import camera_states
from tests.gallery.states_form import form_states
from tests.gallery.states_over import overlay_states
from tests.gallery.states_signing import signing_states

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.journey.view import View
    from kiosk.screens.widgets.base import Widget

LEGAL: Final = frozenset({Overlay.TERMS, Overlay.PRIVACY, Overlay.COPYRIGHT})


@cache
def states() -> dict[str, State]:
    """Return all states by name, in the order of the walk; a name is `step` or `step.state`."""
    found = {**form_states(), **camera_states(), **signing_states(), **overlay_states()}
    order = {step.value: place for place, step in enumerate(Step)}
    return dict(sorted(found.items(), key=lambda pair: order[step_of(pair[0])]))


def step_of(name: str) -> str:
    """Return the step of a state's name."""
    return name.split(".", maxsplit=1)[0]


@cache
def _played(name: str, language: str, text_size: float) -> View:
    view = played(states()[name], language, text_size)
    assert view.step == step_of(name), f"{name} leads to {view.step}"
    return view


def view_of(name: str, language: str, text_size: float = 1.0, theme: str = "light") -> View:
    """Return what is seen in a state; colours are the citizen's choice and change nothing else."""
    return replace(_played(name, language, text_size), theme=theme)


def shown_at(name: str, text_size: float) -> bool:
    """Tell whether a state exists at a text size: some only where questions are asked one at a time."""
    return not states()[name].in_large or text_size >= ONE_QUESTION_FROM


def following(view: View, widgets: Sequence[Widget]) -> View | None:
    """Return the next page of a text that is read page by page; how many there are depends on the panel."""
    wanted = Opened(view.overlay, view.overlay_page + 1) if view.overlay in LEGAL else None
    asked = wanted is not None and any(widget.press == wanted for widget in widgets)
    return replace(view, overlay_page=view.overlay_page + 1) if asked else None
