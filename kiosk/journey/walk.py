"""How the walk goes on: from an outcome to the next step, and what must be done on arriving there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drivers.secrets import Secret
from kiosk.forms.model import FieldKind
from kiosk.forms.rules import without_hidden
from kiosk.journey.commands import (
    CloseCamera,
    Command,
    Draft,
    Flush,
    ForgetTyping,
    GiveUp,
    Lamp,
    OpenCamera,
    OpenStaffMenu,
    Play,
    PowerOff,
    PreparePage,
    ProbeCard,
    ReadHolder,
    Record,
    SetLamp,
    Sign,
    Sound,
)
from kiosk.journey.map import MAP, Outcome, Step
from kiosk.journey.session import Session
from kiosk.journey.view import USUAL, CardState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from kiosk.application.photograph import Photograph
    from kiosk.forms.model import Answers, Form
    from kiosk.journey.events import FormsPublished
    from kiosk.journey.place import Place

# Which question is asked is kept between them.
_AMONG_ANSWERS = frozenset({Step.FORM_PAGE, Step.ENTRY, Step.REVIEW, Step.CAMERA, Step.PHOTOGRAPH, Step.NO_CAMERA})

PASSWORD_LEAST, PASSWORD_MOST, ATTEMPTS_MOST = 6, 16, 5


@dataclass(frozen=True, slots=True)
class Rules:
    """What the configuration says about the walk."""

    place: Place
    forms: tuple[Form, ...]  # those offered at the start; others may be published later
    checklist: tuple[str, ...]
    languages: tuple[str, ...]
    theme: str = "light"
    patience: float = 1.0
    translations: Mapping[str, Place] = field(default_factory=dict)  # by language, where it is not Japanese
    pin_length: int = 4  # 14 when the text applet is opened by 照合番号B
    find_place: Callable[[str], str | None] = lambda _postcode: None
    small: bool = False  # the 7 inch panel
    speaks: bool = False  # there is a voice
    pace: int = USUAL  # of the voice where a visit begins, 1 to LEVELS
    volume: int = USUAL
    dim_after: float = 0.0  # seconds without a touch; 0: never
    dims: bool = False  # there is a backlight that can be set
    catalogue_serial: int = 0  # of the catalogue that `forms` are from; 0: from none, under development


class Walk:
    """The session, the state of the tray, and the one way to the next step."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.session = self.fresh()
        self.card_present = False
        self.forms, self.catalogue_serial = rules.forms, rules.catalogue_serial
        self.coming: FormsPublished | None = None  # what is offered from the next citizen on
        self.closed = ""  # why the kiosk does not serve; empty while it does
        self.closed_facts: dict[str, str] = {}
        self.wanted: OpenStaffMenu | PowerOff | None = None  # by staff
        self.leaving = False  # it is being done
        self.dimmed = False
        self.staff_called = False
        self.now = self.touched = self.entered = 0.0
        self.today: date | None = None
        self.camera_round = 0  # how often the camera was opened
        self.camera_heard = 0.0
        self.called_out = 0  # how often the forgotten card was called out
        self._lamp = Lamp.OFF

    def fresh(self) -> Session:
        """Return a session for the next citizen."""
        rules = self.rules
        return Session(rules.languages[0], rules.theme, rules.small, pace=rules.pace, volume=rules.volume)

    def take_forms(self) -> None:
        """Offer what was published meanwhile; only between citizens."""
        if self.coming is not None:
            self.forms, self.catalogue_serial = self.coming.forms, self.coming.serial
            self.coming = None

    def go(self, outcome: Outcome) -> list[Command]:
        """Take the way that the table has for `outcome`; an outcome the step does not have changes nothing."""
        step = MAP[self.session.step].get(outcome)
        if step is None:
            return []
        if step is Step.FORM_PAGE and self.session.step not in _AMONG_ANSWERS:
            self.session.question = 0
        departing = [CloseCamera()] if self.session.step is Step.CAMERA else []
        self.session.step = step
        self.session.overlay = None
        self.touched = self.entered = self.now
        arrive = _ARRIVALS.get(step)
        commands = arrive(self) if arrive else []
        return [Record("step", step), *departing, *self._lamp_for(step), *commands]

    def leave(self) -> list[Command]:
        """End the visit: everything is forgotten, the card is asked for if one lies there."""
        self.session.forget_application()
        return self.go(Outcome.LEAVE_CARD if self.card_present else Outcome.LEAVE)

    def give_up(self) -> list[Command]:
        """End the program because a device does not answer; nothing of the visit remains."""
        step = self.session.step
        self.session.close()
        return [*([self.wanted] if self.wanted else []), GiveUp(step)]

    def draft(self) -> Draft:
        """Return what is asked for now, without answers that are hidden."""
        session = self.session
        if session.form is None:
            raise ValueError("no form is chosen")
        kept = without_hidden(session.form, session.answers)
        return Draft(
            session.form,
            kept,
            {name: session.origins[name] for name in kept},
            tuple(item for item in self.rules.checklist if item in session.ticked),
            session.language,
            self.catalogue_serial,
            self._photographs(kept),
        )

    def _photographs(self, kept: Answers) -> dict[str, tuple[Photograph, ...]]:
        """Return the photographs that answers name, without those of hidden ones."""
        fields, taken = (self.session.form.fields if self.session.form else {}), self.session.photographs
        return {
            name: tuple(taken[str(digest)] for digest in value)
            for name, value in kept.items()
            if fields[name].kind is FieldKind.CAMERA and isinstance(value, list | tuple)
        }

    def _lamp_for(self, step: Step) -> list[Command]:
        lamp = LAMPS.get(step, Lamp.OFF)
        if lamp is self._lamp:
            return []
        self._lamp = lamp
        return [SetLamp(lamp)]


LAMPS: Mapping[Step, Lamp] = {
    Step.PREFILL_CARD: Lamp.WAITING,
    Step.LAY_CARD: Lamp.WAITING,
    Step.WRONG_CARD: Lamp.TROUBLE,
    Step.PREFILL_READING: Lamp.WORKING,
    Step.SIGNING: Lamp.WORKING,
    Step.HAND_OVER: Lamp.WORKING,
    Step.RECEIPT: Lamp.DONE,
    Step.TAKE_CARD: Lamp.TAKE,
    Step.TROUBLE: Lamp.TROUBLE,
}


def _wait_for_card(walk: Walk, *, prefill: bool) -> list[Command]:
    session = walk.session
    session.wipe_secret()
    session.for_prefill, session.card_kind = prefill, None
    session.pin_refused = session.last_try_agreed = False
    session.card = CardState.READING if walk.card_present else CardState.AWAITED
    return [ProbeCard()] if walk.card_present else []


def _take_pad(walk: Walk, limit: int) -> list[Command]:
    walk.session.wipe_secret()
    walk.session.secret = Secret(limit)
    walk.session.pad_digits = False
    return []


def _read_holder(walk: Walk) -> list[Command]:
    secret = walk.session.secret
    return [Flush(), ReadHolder(secret)] if secret is not None else walk.go(Outcome.LEAVE)


def _open_camera(walk: Walk) -> list[Command]:
    walk.camera_round += 1
    walk.camera_heard = walk.now
    return [OpenCamera(walk.camera_round)]


def _put_away(walk: Walk) -> list[Command]:
    walk.session.photographing = None
    return []


def _sign(walk: Walk) -> list[Command]:
    session = walk.session
    session.stage = None
    if session.secret is None or session.prepared is None:
        return walk.leave()
    return [Flush(), Sign(session.prepared, session.secret, session.holder, session.last_try_agreed)]


def _show_consent(walk: Walk) -> list[Command]:
    session = walk.session
    session.wipe_secret()
    session.picture = 0
    return [] if session.prepared else [PreparePage(walk.draft())]


def _forget_prepared(walk: Walk) -> list[Command]:
    """Back where answers can change: the page must be made anew, and the prefill is over."""
    walk.session.wipe_secret()
    walk.session.for_prefill = False
    walk.session.prepared = None
    return []


def _say_goodbye(walk: Walk) -> list[Command]:
    walk.session.close()
    return [ForgetTyping()]


def _open_again(walk: Walk) -> list[Command]:
    walk.session.close()
    walk.take_forms()
    walk.session = walk.fresh()
    return walk.go(Outcome.CLOSE) if walk.closed else []


def _ask_for_card(walk: Walk) -> list[Command]:
    walk.called_out = 0
    return [Play(Sound.TAKE_CARD)]


def _meet_trouble(walk: Walk) -> list[Command]:
    walk.session.wipe_secret()
    return [Play(Sound.TROUBLE)]


_ARRIVALS: Mapping[Step, Callable[[Walk], Sequence[Command]]] = {
    Step.PREFILL_CARD: lambda walk: _wait_for_card(walk, prefill=True),
    Step.LAY_CARD: lambda walk: _wait_for_card(walk, prefill=False),
    Step.PREFILL_PIN: lambda walk: _take_pad(walk, walk.rules.pin_length),
    Step.PASSWORD: lambda walk: _take_pad(walk, PASSWORD_MOST),
    Step.PREFILL_READING: _read_holder,
    Step.SIGNING: _sign,
    Step.FORM_PAGE: _put_away,
    Step.CAMERA: _open_camera,
    Step.CONSENT: _show_consent,
    Step.REVIEW: _forget_prepared,
    Step.PREFILL_OFFER: _forget_prepared,
    Step.WRONG_PASSWORD: lambda _walk: [Play(Sound.TROUBLE)],
    Step.WRONG_CARD: lambda _walk: [Play(Sound.TROUBLE)],
    Step.RECEIPT: lambda _walk: [Play(Sound.DONE)],
    Step.TROUBLE: _meet_trouble,
    Step.TAKE_CARD: _ask_for_card,
    Step.FAREWELL: _say_goodbye,
    Step.ATTRACT: _open_again,
}
