"""The whole journey in one table: steps, what can come of them, and where that leads."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Step(StrEnum):
    """Where the citizen is."""

    ATTRACT = "attract"
    NO_CARD = "no-card"
    CHOOSE_FORM = "choose-form"
    GUIDANCE = "guidance"
    CHECKLIST = "checklist"
    PREFILL_OFFER = "prefill-offer"
    PREFILL_CARD = "prefill-card"
    PREFILL_PIN = "prefill-pin"
    PREFILL_READING = "prefill-reading"
    FORM_PAGE = "form-page"
    ENTRY = "entry"
    CAMERA = "camera"
    PHOTOGRAPH = "photograph"
    NO_CAMERA = "no-camera"
    REVIEW = "review"
    CONSENT = "consent"
    PAGE_VIEW = "page-view"
    NOT_AGREED = "not-agreed"
    LAY_CARD = "lay-card"
    WRONG_CARD = "wrong-card"
    LAST_TRY = "last-try"
    PASSWORD = "password"  # noqa: S105  # the name of a step, not a password
    SIGNING = "signing"
    WRONG_PASSWORD = "wrong-password"  # noqa: S105  # the name of a step, not a password
    HAND_OVER = "hand-over"
    RECEIPT = "receipt"
    TAKE_CARD = "take-card"
    FAREWELL = "farewell"
    TROUBLE = "trouble"
    OUT_OF_SERVICE = "out-of-service"


class Outcome(StrEnum):
    """What can come of a step."""

    START = "start"
    NO_CARD = "no-card"
    NEXT = "next"
    BACK = "back"
    PREVIOUS = "previous"
    SKIP = "skip"
    BY_CARD = "by-card"
    BY_HAND = "by-hand"
    CARD_READY = "card-ready"
    LAST_TRY = "last-try"
    WRONG_CARD = "wrong-card"
    LIFTED = "lifted"
    LIFTED_PREFILL = "lifted-prefill"
    GIVEN = "given"
    REFUSED = "refused"
    OPEN = "open"
    PHOTOGRAPH = "photograph"
    LOOK = "look"
    NO_CAMERA = "no-camera"
    CHANGE = "change"
    SIGN = "sign"
    AGREE = "agree"
    DISAGREE = "disagree"
    ASK_AGAIN = "ask-again"  # what was agreed to has changed
    ENLARGE = "enlarge"
    RETRY = "retry"
    RETRY_PREFILL = "retry-prefill"
    DONE = "done"
    LEAVE = "leave"
    LEAVE_CARD = "leave-card"
    HOME = "home"
    TROUBLE = "trouble"
    CLOSE = "close"


_S, _O = Step, Outcome

# Where a citizen goes who leaves: past the card that still lies on the tray, or straight to the farewell.
_LEAVING = {_O.LEAVE: _S.FAREWELL, _O.LEAVE_CARD: _S.TAKE_CARD}
_WORKING = {_O.TROUBLE: _S.TROUBLE}

_TABLE: dict[Step, dict[Outcome, Step]] = {
    _S.ATTRACT: {_O.START: _S.CHOOSE_FORM, _O.NO_CARD: _S.NO_CARD, _O.CLOSE: _S.OUT_OF_SERVICE, **_WORKING},
    _S.NO_CARD: {_O.BACK: _S.ATTRACT, **_LEAVING},
    _S.CHOOSE_FORM: {_O.NEXT: _S.GUIDANCE, _O.BACK: _S.ATTRACT, **_LEAVING},
    _S.GUIDANCE: {_O.NEXT: _S.CHECKLIST, _O.BACK: _S.CHOOSE_FORM, **_LEAVING},
    _S.CHECKLIST: {_O.NEXT: _S.PREFILL_OFFER, _O.SKIP: _S.FORM_PAGE, _O.BACK: _S.GUIDANCE, **_LEAVING},
    _S.PREFILL_OFFER: {_O.BY_CARD: _S.PREFILL_CARD, _O.BY_HAND: _S.FORM_PAGE, _O.BACK: _S.CHECKLIST, **_LEAVING},
    _S.PREFILL_CARD: {
        _O.CARD_READY: _S.PREFILL_PIN,
        _O.WRONG_CARD: _S.WRONG_CARD,
        _O.BACK: _S.PREFILL_OFFER,
        **_WORKING,
        **_LEAVING,
    },
    _S.PREFILL_PIN: {_O.GIVEN: _S.PREFILL_READING, _O.BACK: _S.PREFILL_OFFER, **_WORKING, **_LEAVING},
    _S.PREFILL_READING: {_O.DONE: _S.FORM_PAGE, _O.REFUSED: _S.PREFILL_PIN, **_WORKING, **_LEAVING},
    _S.FORM_PAGE: {
        _O.NEXT: _S.FORM_PAGE,
        _O.PREVIOUS: _S.FORM_PAGE,
        _O.OPEN: _S.ENTRY,
        _O.PHOTOGRAPH: _S.CAMERA,
        _O.LOOK: _S.PHOTOGRAPH,
        _O.DONE: _S.REVIEW,
        _O.BACK: _S.PREFILL_OFFER,
        _O.SKIP: _S.CHECKLIST,
        **_LEAVING,
    },
    _S.ENTRY: {_O.DONE: _S.FORM_PAGE, _O.BACK: _S.FORM_PAGE, **_LEAVING},
    _S.CAMERA: {_O.DONE: _S.PHOTOGRAPH, _O.NO_CAMERA: _S.NO_CAMERA, _O.BACK: _S.FORM_PAGE, **_LEAVING},
    _S.PHOTOGRAPH: {_O.NEXT: _S.FORM_PAGE, _O.RETRY: _S.CAMERA, _O.BACK: _S.FORM_PAGE, **_LEAVING},
    _S.NO_CAMERA: {_O.RETRY: _S.CAMERA, _O.BACK: _S.FORM_PAGE, **_LEAVING},
    _S.REVIEW: {
        _O.NEXT: _S.REVIEW,
        _O.PREVIOUS: _S.REVIEW,
        _O.CHANGE: _S.FORM_PAGE,
        _O.BACK: _S.FORM_PAGE,
        _O.SIGN: _S.CONSENT,
        **_LEAVING,
    },
    _S.CONSENT: {
        _O.AGREE: _S.LAY_CARD,
        _O.DISAGREE: _S.NOT_AGREED,
        _O.ENLARGE: _S.PAGE_VIEW,
        _O.BACK: _S.REVIEW,
        **_WORKING,
        **_LEAVING,
    },
    _S.PAGE_VIEW: {_O.BACK: _S.CONSENT, _O.NEXT: _S.PAGE_VIEW, _O.PREVIOUS: _S.PAGE_VIEW, **_LEAVING},
    _S.NOT_AGREED: {_O.BACK: _S.REVIEW, **_LEAVING},
    _S.LAY_CARD: {
        _O.ASK_AGAIN: _S.CONSENT,
        _O.CARD_READY: _S.PASSWORD,
        _O.LAST_TRY: _S.LAST_TRY,
        _O.WRONG_CARD: _S.WRONG_CARD,
        _O.BACK: _S.CONSENT,
        **_WORKING,
        **_LEAVING,
    },
    _S.WRONG_CARD: {
        _O.ASK_AGAIN: _S.CONSENT,
        _O.LIFTED: _S.LAY_CARD,
        _O.LIFTED_PREFILL: _S.PREFILL_CARD,
        _O.BACK: _S.REVIEW,
        _O.RETRY_PREFILL: _S.PREFILL_OFFER,
        **_WORKING,
        **_LEAVING,
    },
    _S.LAST_TRY: {
        _O.AGREE: _S.PASSWORD,
        _O.BACK: _S.REVIEW,
        _O.ASK_AGAIN: _S.CONSENT,
        **_WORKING,
        **_LEAVING,
    },
    _S.PASSWORD: {
        _O.GIVEN: _S.SIGNING,
        _O.BACK: _S.REVIEW,
        _O.ASK_AGAIN: _S.CONSENT,
        **_WORKING,
        **_LEAVING,
    },
    _S.SIGNING: {_O.DONE: _S.HAND_OVER, _O.REFUSED: _S.WRONG_PASSWORD, **_WORKING, **_LEAVING},
    _S.WRONG_PASSWORD: {
        _O.ASK_AGAIN: _S.CONSENT,
        _O.RETRY: _S.PASSWORD,
        _O.LAST_TRY: _S.LAST_TRY,
        _O.BACK: _S.REVIEW,
        **_WORKING,
        **_LEAVING,
    },
    _S.HAND_OVER: {_O.DONE: _S.RECEIPT, **_WORKING, **_LEAVING},
    _S.RECEIPT: {**_LEAVING},
    _S.TAKE_CARD: {_O.LIFTED: _S.FAREWELL},
    _S.FAREWELL: {_O.HOME: _S.ATTRACT},
    _S.TROUBLE: {_O.RETRY: _S.REVIEW, _O.RETRY_PREFILL: _S.PREFILL_OFFER, _O.BY_HAND: _S.FORM_PAGE, **_LEAVING},
    _S.OUT_OF_SERVICE: {_O.HOME: _S.ATTRACT},
}

MAP: Final[Mapping[Step, Mapping[Outcome, Step]]] = MappingProxyType(
    {step: MappingProxyType(exits) for step, exits in _TABLE.items()}
)

# The step bar 入力→確認→電子署名→完了: which of its four parts (1–4) is "now"; 0 before the first.
STAGES: Final[Mapping[Step, int]] = MappingProxyType(
    {
        **dict.fromkeys((_S.PREFILL_OFFER, _S.PREFILL_CARD, _S.PREFILL_PIN, _S.PREFILL_READING), 1),
        **dict.fromkeys((_S.FORM_PAGE, _S.ENTRY, _S.CAMERA, _S.PHOTOGRAPH, _S.NO_CAMERA), 1),
        _S.REVIEW: 2,
        **dict.fromkeys((_S.CONSENT, _S.PAGE_VIEW, _S.NOT_AGREED, _S.LAY_CARD, _S.WRONG_CARD, _S.LAST_TRY), 3),
        **dict.fromkeys((_S.PASSWORD, _S.SIGNING, _S.WRONG_PASSWORD, _S.HAND_OVER, _S.TROUBLE), 3),
        **dict.fromkeys((_S.RECEIPT, _S.TAKE_CARD, _S.FAREWELL), 4),
    }
)


def stage_of(step: Step) -> int:
    """Return which part of the step bar is current at `step`, 0 before the first."""
    return STAGES.get(step, 0)
