"""Views of the second half of the journey and its overlays, as the scenes get them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pygame

from drivers.card.recognise import CardKind
from kiosk.application.picture import Picture
from kiosk.forms.loader import load_forms
from kiosk.journey.events import Overlay, Stage
from kiosk.journey.map import Step
from kiosk.journey.place import Place
from kiosk.journey.troubles import WAYS_ON, Trouble
from kiosk.journey.view import CardState, PasswordHint, ReceiptState, ReceiptView, View

ROOT = Path(__file__).parents[3]
PLACE = Place(
    "鶴ヶ島市",
    "鶴",
    "電子申請",
    "鶴ヶ島市",
    "2番窓口（市民課）",
    "3番窓口（市民課）",
    "8:30〜17:15",
    "申請機 03",
    demo=False,
)
FORMS = load_forms(ROOT / "config" / "forms", ("ja", "en"))


def page() -> Picture:
    """Return a page with lines on it, and a dot in each row that tells the row."""
    surface = pygame.Surface((840, 1188))
    surface.fill((255, 255, 255))
    for y in range(80, 1100, 48):
        pygame.draw.rect(surface, (60, 60, 60), (80, y, 200 + (y * 7) % 420, 14))
    for y in range(1188):
        surface.set_at((90, y), (y >> 8, y & 255, 0))
    return Picture(840, 1188, pygame.image.tobytes(surface, "RGB"))


def view_of(step: Step, **facts: object) -> View:
    return replace(View(step=step, place=PLACE, forms=FORMS, form=FORMS[0]), **facts)  # type: ignore[arg-type]


def receipt_of(state: ReceiptState) -> View:
    city = state in {ReceiptState.ACCEPTED, ReceiptState.ON_HOLD}
    shown = ReceiptView(
        state, "K7P4-29XD-6M" if city else "H3D8-54WQ-2T", "10:42", "10:43" if city else "", "madoguchi:K7P4-29XD-6M"
    )
    return view_of(Step.RECEIPT, receipt=shown)


def views() -> dict[str, View]:
    """Return a view for each look of the second half."""
    card = {"attempts_left": 5, "card": CardState.READY, "card_present": True}
    shown = {"pictures": (page(),), "application_date": "2026.11.24"}
    found = {
        "consent": view_of(Step.CONSENT, **shown),
        "consent.preparing": view_of(Step.CONSENT),
        "page-view": view_of(Step.PAGE_VIEW, **shown),
        "page-view.middle": view_of(Step.PAGE_VIEW, **shown, picture=1),
        "page-view.last": view_of(Step.PAGE_VIEW, **shown, picture=3),
        "not-agreed": view_of(Step.NOT_AGREED),
        "lay-card": view_of(Step.LAY_CARD, card=CardState.AWAITED),
        "lay-card.reading": view_of(Step.LAY_CARD, card=CardState.READING),
        "password": view_of(Step.PASSWORD, **card, cells=8),
        "password.empty": view_of(Step.PASSWORD, **card, password_hint=PasswordHint.TOO_SHORT),
        "password.short": view_of(Step.PASSWORD, **card, cells=3, password_hint=PasswordHint.TOO_SHORT),
        "password.four": view_of(Step.PASSWORD, **card, cells=4, password_hint=PasswordHint.FOUR_DIGITS),
        "password.digits": view_of(Step.PASSWORD, **card, cells=6, pad_digits=True),
        "signing": view_of(Step.SIGNING, **card, stage=Stage.SIGNATURE),
        "wrong-password": view_of(Step.WRONG_PASSWORD, **(card | {"attempts_left": 4})),
        "last-try": view_of(Step.LAST_TRY, **(card | {"attempts_left": 1})),
        "hand-over": view_of(Step.HAND_OVER),
        "take-card": view_of(Step.TAKE_CARD, card_present=True),
        "farewell": view_of(Step.FAREWELL),
        "out-of-service": view_of(Step.OUT_OF_SERVICE, facts={"reason": "reader"}),
        "out-of-service.stopped": view_of(Step.OUT_OF_SERVICE, facts={"reason": "stopped", "code": "K-78"}),
        "settings": view_of(Step.CONSENT, **shown, overlay=Overlay.SETTINGS),
        "settings.legal": view_of(Step.CONSENT, **shown, overlay=Overlay.SETTINGS, overlay_page=1),
        "staff": view_of(Step.LAY_CARD, overlay=Overlay.STAFF, staff_called=True),
        "leave": view_of(Step.LAY_CARD, overlay=Overlay.LEAVE, card_present=True),
        "leave.password": view_of(Step.PASSWORD, **card, overlay=Overlay.LEAVE),
        "idle": view_of(Step.LAY_CARD, overlay=Overlay.IDLE, idle_left=23),
        "idle.receipt": replace(receipt_of(ReceiptState.HELD), overlay=Overlay.IDLE, idle_left=8),
    }
    for kind in CardKind:
        found[f"wrong-card.{kind}"] = view_of(Step.WRONG_CARD, card_kind=kind)
    for state in ReceiptState:
        found[f"receipt.{state}"] = receipt_of(state)
    for trouble_met in Trouble:
        found[f"trouble.{trouble_met}"] = view_of(
            Step.TROUBLE, trouble=trouble_met, way_on=WAYS_ON[trouble_met], facts={"incident": "K3-7F2A"}
        )
    for name in ("pin-locked", "card-unreadable"):
        found[f"trouble.{name}.prefill"] = replace(found[f"trouble.{name}"], for_prefill=True)
    for overlay in (Overlay.TERMS, Overlay.PRIVACY, Overlay.COPYRIGHT):
        found[overlay.value] = view_of(Step.CONSENT, **shown, overlay=overlay)
        found[f"{overlay.value}.second"] = view_of(Step.CONSENT, **shown, overlay=overlay, overlay_page=1)
    return found


PLACE_FACTS = {"city": PLACE.city, "counter": PLACE.counter, "pick_up": PLACE.pick_up, "hours": PLACE.hours}
