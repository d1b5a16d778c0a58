"""One scene per step."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kiosk.journey.map import Step
from kiosk.screens.scenes import (
    attract,
    camera,
    checklist,
    choose_form,
    consent,
    entry,
    farewell,
    form_page,
    guidance,
    hand_over,
    last_try,
    lay_card,
    no_camera,
    no_card,
    not_agreed,
    out_of_service,
    page_view,
    password,
    photograph,
    prefill_card,
    prefill_offer,
    prefill_pin,
    prefill_reading,
    receipt,
    review,
    signing,
    take_card,
    trouble,
    wrong_card,
    wrong_password,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.screens.scene import Scene

SCENES: Final[Mapping[Step, Scene]] = MappingProxyType(
    {
        Step.ATTRACT: attract.arrange,
        Step.NO_CARD: no_card.arrange,
        Step.CHOOSE_FORM: choose_form.arrange,
        Step.GUIDANCE: guidance.arrange,
        Step.CHECKLIST: checklist.arrange,
        Step.PREFILL_OFFER: prefill_offer.arrange,
        Step.PREFILL_CARD: prefill_card.arrange,
        Step.PREFILL_PIN: prefill_pin.arrange,
        Step.PREFILL_READING: prefill_reading.arrange,
        Step.FORM_PAGE: form_page.arrange,
        Step.ENTRY: entry.arrange,
        Step.CAMERA: camera.arrange,
        Step.PHOTOGRAPH: photograph.arrange,
        Step.NO_CAMERA: no_camera.arrange,
        Step.REVIEW: review.arrange,
        Step.CONSENT: consent.arrange,
        Step.PAGE_VIEW: page_view.arrange,
        Step.NOT_AGREED: not_agreed.arrange,
        Step.LAY_CARD: lay_card.arrange,
        Step.WRONG_CARD: wrong_card.arrange,
        Step.LAST_TRY: last_try.arrange,
        Step.PASSWORD: password.arrange,
        Step.SIGNING: signing.arrange,
        Step.WRONG_PASSWORD: wrong_password.arrange,
        Step.HAND_OVER: hand_over.arrange,
        Step.RECEIPT: receipt.arrange,
        Step.TAKE_CARD: take_card.arrange,
        Step.FAREWELL: farewell.arrange,
        Step.TROUBLE: trouble.arrange,
        Step.OUT_OF_SERVICE: out_of_service.arrange,
    }
)
