"""What the workers' answers mean at each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.card.recognise import CardKind
from kiosk.application.document import Origin
from kiosk.application.receipt import ReceiptStatus
from kiosk.forms.prefill import answers_from
from kiosk.journey.commands import Command, Play, ProbeCard, Record, Sound
from kiosk.journey.map import Outcome, Step
from kiosk.journey.troubles import Trouble
from kiosk.journey.view import CardState, ReceiptState, ReceiptView

if TYPE_CHECKING:
    from kiosk.journey.events import (
        CardKnown,
        CardLaid,
        CardLifted,
        CityAnswered,
        CityRefused,
        CitySilent,
        FormsPublished,
        HandedOver,
        HolderRead,
        PageReady,
        PasswordRefused,
        ServiceChanged,
        SignatureMade,
        SigningAdvanced,
        TroubleMet,
    )
    from kiosk.journey.walk import Walk

# While the citizen types or decides, the card that was looked at must stay where it is.
_NEEDS_CARD = frozenset({Step.PREFILL_PIN, Step.LAST_TRY, Step.PASSWORD, Step.WRONG_PASSWORD})
_AWAITS_CARD = frozenset({Step.PREFILL_CARD, Step.LAY_CARD})
_CITY_TROUBLES = {
    "certificate-revoked": Trouble.CERTIFICATE_REVOKED,
    "certificate-expired": Trouble.CERTIFICATE_EXPIRED,
}


def card_laid(walk: Walk, _event: CardLaid) -> list[Command]:
    """Some card lies on the tray: look at it when it is awaited."""
    walk.card_present = True
    if walk.session.step not in _AWAITS_CARD:
        return []
    walk.session.card = CardState.READING
    return [Play(Sound.CARD_SEEN), ProbeCard()]


def card_lifted(walk: Walk, _event: CardLifted) -> list[Command]:
    """The tray is empty."""
    walk.card_present = False
    session = walk.session
    if session.step in _AWAITS_CARD:
        session.card = CardState.AWAITED
        return []
    if session.step in _NEEDS_CARD:
        return meet(walk, Trouble.CARD_REMOVED)
    if session.step is Step.WRONG_CARD:
        return walk.go(Outcome.LIFTED_PREFILL if session.for_prefill else Outcome.LIFTED)
    return walk.go(Outcome.LIFTED) if session.step is Step.TAKE_CARD else []


def card_known(walk: Walk, event: CardKnown) -> list[Command]:
    """Decide from kind, certificate and tries left, before any password is asked."""
    session = walk.session
    if session.step not in _AWAITS_CARD:
        return []
    session.card_kind = event.kind
    if event.kind is not CardKind.MY_NUMBER:
        return walk.go(Outcome.WRONG_CARD)
    return _card_for_prefill(walk, event) if session.for_prefill else _card_for_signing(walk, event)


def _card_for_prefill(walk: Walk, event: CardKnown) -> list[Command]:
    walk.session.attempts_left = event.pin_attempts_left
    if event.pin_attempts_left <= 1:
        return meet(walk, Trouble.PIN_LAST_TRY if event.pin_attempts_left else Trouble.PIN_LOCKED)
    return walk.go(Outcome.CARD_READY)


def _card_for_signing(walk: Walk, event: CardKnown) -> list[Command]:
    walk.session.attempts_left = event.attempts_left
    if not event.holds_certificate:
        return meet(walk, Trouble.NO_CERTIFICATE)
    if event.attempts_left == 0:
        return meet(walk, Trouble.LOCKED)
    return walk.go(Outcome.LAST_TRY if event.attempts_left == 1 else Outcome.CARD_READY)


def holder_read(walk: Walk, event: HolderRead) -> list[Command]:
    """Fill in what the card gave; what the citizen has already entered elsewhere stays."""
    session = walk.session
    if session.step is not Step.PREFILL_READING or session.form is None:
        return []
    session.wipe_secret()
    session.holder = event.holder
    for name, value in answers_from(session.form, event.holder).items():
        session.answers[name] = value
        session.origins[name] = Origin.CARD
    session.unlocked.clear()
    session.turn_to(0)
    return [Play(Sound.DONE), *walk.go(Outcome.DONE)]


def page_ready(walk: Walk, event: PageReady) -> list[Command]:
    """The page that will be signed can be shown; one in a language that is no longer shown is not what is wanted."""
    session, application = walk.session, event.prepared.application
    if session.step in {Step.CONSENT, Step.PAGE_VIEW} and session.prepared is None:
        session.prepared = event.prepared if application.language == session.language else None
    return []


def signing_advanced(walk: Walk, event: SigningAdvanced) -> list[Command]:
    """Real progress, told by the signer."""
    if walk.session.step is Step.SIGNING:
        walk.session.stage = event.stage
    return []


def password_refused(walk: Walk, event: PasswordRefused) -> list[Command]:
    """The card did not take the password: never tried again by ourselves."""
    session = walk.session
    if session.step not in {Step.SIGNING, Step.PREFILL_READING}:
        return []
    session.wipe_secret()
    session.attempts_left, session.last_try_agreed = event.attempts_left, False
    if session.step is Step.SIGNING:
        return walk.go(Outcome.REFUSED) if event.attempts_left else meet(walk, Trouble.LOCKED)
    if event.attempts_left <= 1:
        return meet(walk, Trouble.PIN_LAST_TRY if event.attempts_left else Trouble.PIN_LOCKED)
    session.pin_refused = True
    return walk.go(Outcome.REFUSED)


def signature_made(walk: Walk, _event: SignatureMade) -> list[Command]:
    """The card's part is done."""
    if walk.session.step is not Step.SIGNING:
        return []
    walk.session.wipe_secret()
    return walk.go(Outcome.DONE)


def handed_over(walk: Walk, event: HandedOver) -> list[Command]:
    """The sealed application is durable: from here on nothing of it is needed in the session."""
    session = walk.session
    session.receipt = ReceiptView(ReceiptState.SIGNED, event.holding_number, event.signed_at, code=event.code)
    session.forget_application()
    return [Record("handed-over", session.step)]


def city_answered(walk: Walk, event: CityAnswered) -> list[Command]:
    """The city has it."""
    session, receipt = walk.session, event.receipt
    signed_at = session.receipt.signed_at if session.receipt else ""
    state = ReceiptState.ON_HOLD if receipt.status is ReceiptStatus.ON_HOLD else ReceiptState.ACCEPTED
    session.receipt = ReceiptView(state, receipt.number, signed_at, event.received_at, event.code)
    return walk.go(Outcome.DONE)


def city_silent(walk: Walk, _event: CitySilent) -> list[Command]:
    """The application waits in the spool."""
    return hold(walk)


def hold(walk: Walk) -> list[Command]:
    """Give the receipt that says honestly where the application is: in the spool, not yet at the city."""
    receipt = walk.session.receipt
    if receipt is None:
        return []
    held = ReceiptView(ReceiptState.HELD, receipt.number, receipt.signed_at, code=receipt.code)
    walk.session.receipt = held
    return walk.go(Outcome.DONE)


def city_refused(walk: Walk, event: CityRefused) -> list[Command]:
    """The city does not take it: nothing was filed."""
    walk.session.receipt = None
    return meet(walk, _CITY_TROUBLES.get(event.code, Trouble.CITY_REFUSED), code=event.code)


def trouble_met(walk: Walk, event: TroubleMet) -> list[Command]:
    """Something a worker could not do; what lies in the spool is filed all the same, and the citizen is told so."""
    if walk.session.step is Step.HAND_OVER and walk.session.receipt is not None:
        return [Record("trouble", Step.HAND_OVER, event.trouble), *hold(walk)]
    return meet(walk, event.trouble, **dict(event.facts))


def meet(walk: Walk, trouble: Trouble, **facts: str | int) -> list[Command]:
    """Show a trouble, where the step can be stopped by one."""
    step = walk.session.step
    commands = walk.go(Outcome.TROUBLE)
    if not commands:
        return []
    walk.session.trouble = trouble
    walk.session.facts = {"attempts_left": walk.session.attempts_left, **facts}
    return [Record("trouble", step, trouble), *commands]


def forms_published(walk: Walk, event: FormsPublished) -> list[Command]:
    """Offer other forms from the next citizen on."""
    walk.coming = event
    if walk.session.step in {Step.ATTRACT, Step.OUT_OF_SERVICE}:
        walk.take_forms()
    return []


def service_changed(walk: Walk, event: ServiceChanged) -> list[Command]:
    """Open or close for citizens; a visit is cut short only where it waits for a reader that is gone."""
    if walk.leaving:
        return []
    walk.closed = "" if event.open else (event.reason or "unknown")
    walk.closed_facts = dict(event.facts)
    if event.open:
        return walk.go(Outcome.HOME) if walk.session.step is Step.OUT_OF_SERVICE else []
    if (event.reason == "reader" or not event.reader) and walk.session.step in _AWAITS_CARD:
        return meet(walk, Trouble.READER_LOST)
    return walk.go(Outcome.CLOSE) if walk.session.step is Step.ATTRACT else []
