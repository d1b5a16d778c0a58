"""What lies over a step: settings, the texts behind the service, staff, stopping, and nobody there."""

from __future__ import annotations

from kiosk.journey.deadlines import DEADLINES
from kiosk.journey.events import CardLifted, HelpPressed, Opened, Overlay, ServiceChanged, TimePassed
from kiosk.journey.map import Step
from tests.gallery.playing import START, State
from tests.gallery.states_form import CHOSEN, LISTED, prefilled
from tests.gallery.states_signing import ACCEPTED, PASSWORD, READY, SHOWN

CLOSED = (ServiceChanged(open=False, reason="reader"),)


def _idle(step: Step, left: int) -> TimePassed:
    """Return the moment at which the warning at a step still counts so many seconds."""
    patience = DEADLINES[step]
    assert patience.warn is not None
    return TimePassed(START + patience.warn + patience.count - left)


def overlay_states() -> dict[str, State]:
    """Return name → state; a name begins with the step below."""
    settings, leave, staff = Opened(Overlay.SETTINGS), Opened(Overlay.LEAVE), HelpPressed()
    found = {
        "attract.settings": (settings,),
        "form-page.settings": (*prefilled(), settings),
        "form-page.settings-legal": (*prefilled(), Opened(Overlay.SETTINGS, 1)),
        "form-page.voice": (*prefilled(), Opened(Overlay.VOICE)),
        "out-of-service.settings": (*CLOSED, settings),
        **{f"{step}.{overlay}": (*events, Opened(overlay)) for step, events, overlay in _legal()},
        "attract.staff": (staff,),
        "form-page.staff": (*prefilled(), staff),
        "password.staff": (*READY, *PASSWORD[:3], staff),
        "out-of-service.staff": (*CLOSED, staff),
        "guidance.leave": (*CHOSEN, leave),
        "form-page.leave": (*prefilled(), CardLifted(), leave),
        "consent.leave-card": (*SHOWN, leave),
        "password.leave": (*READY, *PASSWORD[:3], leave),
        "checklist.idle": (*LISTED, _idle(Step.CHECKLIST, 30)),
        "form-page.idle": (*prefilled(), _idle(Step.FORM_PAGE, 23)),
        "password.idle": (*READY, *PASSWORD[:3], _idle(Step.PASSWORD, 9)),
        "receipt.idle": (*ACCEPTED, _idle(Step.RECEIPT, 5)),
    }
    return {name: State(events) for name, events in found.items()}


def _legal():
    yield from (
        ("attract", (), Overlay.TERMS),
        ("checklist", LISTED, Overlay.TERMS),
        ("checklist", LISTED, Overlay.PRIVACY),
        ("checklist", LISTED, Overlay.COPYRIGHT),
    )
