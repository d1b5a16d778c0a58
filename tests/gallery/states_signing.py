"""The looks of every step from the consent to the farewell, and of everything that stops the citizen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from drivers.card.recognise import CardKind
from kiosk.application.receipt import Receipt, ReceiptStatus
from kiosk.journey.events import (
    CardKnown,
    CardLaid,
    CardLifted,
    CellPressed,
    CityAnswered,
    CityRefused,
    CitySilent,
    EntryKey,
    HandedOver,
    KeyTyped,
    PasswordRefused,
    PictureChosen,
    Pressed,
    SignatureMade,
    SigningAdvanced,
    Stage,
    TroubleMet,
)
from kiosk.journey.map import Outcome
from kiosk.journey.troubles import Trouble
from kiosk.journey.view import PARTS, ReceiptState, View
from tests.gallery.playing import PageDrawn, State
from tests.gallery.states_form import AWAITED, GIVEN, GOOD_CARD, NEXT, READING, SHORT_REVIEW, reviewed

if TYPE_CHECKING:
    from kiosk.journey.events import Event

    Events = tuple[Event, ...]

SIGN = Pressed(Outcome.SIGN)
HELD_NUMBER, NUMBER = "H3D8-54WQ-2T", "K7P4-29XD-6M"
HELD = HandedOver(HELD_NUMBER, "10:42", f"MADOGUCHI/1 HELD {HELD_NUMBER} 2026-11-24T10:42+0900")
PASSWORD = tuple(CellPressed(cell) for cell in range(8))

CONSENTING = (*SHORT_REVIEW, *[SIGN] * 3)
SHOWN = (*CONSENTING, PageDrawn())
AGREED = (*SHOWN, Pressed(Outcome.AGREE))
LAYING = (*SHORT_REVIEW, CardLifted(), *[SIGN] * 3, PageDrawn(), Pressed(Outcome.AGREE))
READY = (*AGREED, GOOD_CARD)
SIGNING = (*READY, *PASSWORD, GIVEN)
SIGNED = (*SIGNING, *(SigningAdvanced(stage) for stage in Stage), SignatureMade())
STORED = (*SIGNED, HELD)


def _receipt(status: ReceiptStatus) -> CityAnswered:
    moment = datetime(2026, 11, 24, 1, 43, tzinfo=UTC)
    receipt = Receipt(NUMBER, "t", "kiosk-03", "鶴ヶ島市", status, moment, "0" * 64, "1" * 64, demo=False)
    return CityAnswered(receipt, "10:43", f"MADOGUCHI/1 {NUMBER} 2026-11-24T10:43+0900 {'0' * 32}")


ACCEPTED = (*STORED, _receipt(ReceiptStatus.ACCEPTED))


def signing_states() -> dict[str, State]:
    """Return name → state; a name begins with the step."""
    found = {**_consent(), **_cards(), **_password(), **_end(), **_troubles()}
    return {name: state if isinstance(state, State) else State(state) for name, state in found.items()}


def _consent() -> dict[str, State | Events]:
    long = (*reviewed("longaddress"), *[SIGN] * 5, PageDrawn())
    enlarged = (*SHOWN, Pressed(Outcome.ENLARGE))
    return {
        "consent.preparing": CONSENTING,
        "consent": SHOWN,
        "consent.long": long,
        "consent.demo": State(SHOWN, demo=True),
        "page-view": enlarged,
        "page-view.other": (*enlarged, PictureChosen(PARTS)),
        "page-view.middle": (*enlarged, NEXT),
        "page-view.last": (*enlarged, NEXT, NEXT, NEXT),
        "not-agreed": (*SHOWN, Pressed(Outcome.DISAGREE)),
    }


def _cards() -> dict[str, State | Events]:
    others = [kind for kind in CardKind if kind is not CardKind.MY_NUMBER]
    return {
        "lay-card": LAYING,
        "lay-card.reading": (*LAYING, CardLaid()),
        **{f"wrong-card.{kind}": (*LAYING, CardLaid(), CardKnown(kind)) for kind in others},
        "wrong-card.prefill": (*AWAITED, CardLaid(), CardKnown(CardKind.LICENCE)),
        "last-try": (*AGREED, replace(GOOD_CARD, attempts_left=1)),
    }


def _password() -> dict[str, State | Events]:
    return {
        "password": READY,
        "password.three": (*READY, *PASSWORD[:3]),
        "password.four": (*READY, *PASSWORD[:4]),
        "password.six": (*READY, *PASSWORD[:6]),
        "password.eight": (*READY, *PASSWORD),
        "password.full": (*READY, *PASSWORD, *PASSWORD),
        "password.digits": (*READY, *PASSWORD[:6], KeyTyped(EntryKey.DIGITS)),
        "password.tries": (*AGREED, replace(GOOD_CARD, attempts_left=2)),
        "signing": SIGNING,
        **{f"signing.{stage}": (*SIGNING, SigningAdvanced(stage)) for stage in Stage},
        "wrong-password": (*SIGNING, PasswordRefused(4)),
        "wrong-password.two": (*SIGNING, PasswordRefused(2)),
        "wrong-password.one": (*SIGNING, PasswordRefused(1)),
    }


def _end() -> dict[str, State | Events]:
    return {
        "hand-over": SIGNED,
        "hand-over.waiting": STORED,
        "receipt.signed": State((*STORED, CitySilent()), then=_still_signed),
        "receipt.held": (*STORED, CitySilent()),
        "receipt.accepted": ACCEPTED,
        "receipt.accepted-demo": State(ACCEPTED, demo=True),
        "receipt.on-hold": (*STORED, _receipt(ReceiptStatus.ON_HOLD)),
        "take-card": (*ACCEPTED, Pressed(Outcome.LEAVE)),
        "farewell": (*ACCEPTED, Pressed(Outcome.LEAVE), CardLifted()),
    }


def _still_signed(view: View) -> View:
    """The receipt of the first state: the journey shows hand-over meanwhile, so no event leads here."""
    assert view.receipt is not None
    return replace(view, receipt=replace(view.receipt, state=ReceiptState.SIGNED))


def _troubles() -> dict[str, State | Events]:
    """Return every trouble, each where it really comes from."""
    at_card = {
        Trouble.LOCKED: (*AGREED, replace(GOOD_CARD, attempts_left=0)),
        Trouble.NO_CERTIFICATE: (*AGREED, replace(GOOD_CARD, holds_certificate=False)),
        Trouble.CARD_REMOVED: (*READY, *PASSWORD, CardLifted()),
        Trouble.PIN_LOCKED: (*AWAITED, CardLaid(), replace(GOOD_CARD, pin_attempts_left=0)),
        Trouble.PIN_LAST_TRY: (*READING, PasswordRefused(1)),
        Trouble.CERTIFICATE_REVOKED: (*STORED, CityRefused("certificate-revoked")),
        Trouble.CITY_REFUSED: (*STORED, CityRefused("form-unknown")),
        Trouble.CLOCK_WRONG: (*CONSENTING, TroubleMet(Trouble.CLOCK_WRONG)),
        Trouble.CHARACTER_UNKNOWN: (*CONSENTING, TroubleMet(Trouble.CHARACTER_UNKNOWN)),
        Trouble.SPOOL_FULL: (*SIGNED, TroubleMet(Trouble.SPOOL_FULL)),
        Trouble.UNEXPECTED: (*SIGNING, TroubleMet(Trouble.UNEXPECTED, {"incident": "K3-7F2A"})),
    }
    while_signing = {trouble: (*SIGNING, TroubleMet(trouble)) for trouble in Trouble if trouble not in at_card}
    met = ("card-removed", "card-unreadable", "card-busy", "reader-lost", "signing-slow")
    return {
        **{f"trouble.{trouble}": events for trouble, events in {**at_card, **while_signing}.items()},
        **{f"trouble.{trouble}.prefill": (*READING, TroubleMet(Trouble(trouble))) for trouble in met},
    }
