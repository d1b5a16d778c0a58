"""Views of every step that a citizen passes before signing, from a real journey with the real form."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from drivers.card.holder import Holder, Sex
from drivers.card.recognise import CardKind
from kiosk.forms.loader import load_forms
from kiosk.journey.events import (
    Answered,
    CardKnown,
    CardLaid,
    CellPressed,
    CharacterTyped,
    CorrectionAsked,
    EntryKey,
    FieldOpened,
    FormChosen,
    HolderRead,
    ItemTicked,
    KeyTyped,
    LanguageChosen,
    PasswordRefused,
    Pressed,
    TextSizeChosen,
    TimePassed,
)
from kiosk.journey.journey import Journey
from kiosk.journey.map import Outcome
from kiosk.journey.place import Place
from kiosk.journey.walk import Rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.forms.model import Form
    from kiosk.journey.events import Event
    from kiosk.journey.view import View

ROOT = Path(__file__).parents[3]
PLACE = Place(
    *("鶴ヶ島市", "鶴", "電子申請", "鶴ヶ島市", "2番窓口（市民課）", "3番窓口（市民課）"),
    *("8:30〜17:15", "申請機 01"),
    demo=True,
)
HANAKO = Holder("鶴ヶ島　花子", "埼玉県鶴ヶ島市富士見一丁目０番０号", "19540401", Sex.FEMALE)
LONG = Holder(
    "長久保　千代",
    "埼玉県鶴ヶ島市大字太田ヶ谷０番地０　つるがしま長寿記念グリーンヒルズ若葉台ガーデンコート弐番館東棟　"
    "株式会社長久保商事住宅事業部内第二管理組合気付　旧若葉駅西口土地区画整理事業第三工区仮換地街区五十七画地十二　"
    "南側共用廊下突当り千二百三十四号室　特別養護老人ホームつるがしま長寿の里さくらユニット三階北東角居室内　"
    "長久保千代方",
    "19380911",
    Sex.FEMALE,
)
GOOD_CARD = CardKnown(CardKind.MY_NUMBER, holds_certificate=True, attempts_left=5, pin_attempts_left=3)

NEXT, BACK = Pressed(Outcome.NEXT), Pressed(Outcome.BACK)
CHOSEN = (Pressed(Outcome.START), FormChosen("juminhyo"))
LISTED = (*CHOSEN, NEXT)
OFFERED = (*LISTED, ItemTicked("card"), ItemTicked("password"), ItemTicked("bare_card"), NEXT)
BY_HAND = (*OFFERED, Pressed(Outcome.BY_HAND))
ON_TRAY = (*OFFERED, Pressed(Outcome.BY_CARD), CardLaid(), GOOD_CARD)
PIN = tuple(CellPressed(cell) for cell in (1, 2, 3, 4))
READING = (*ON_TRAY, *PIN, Pressed(Outcome.GIVEN))
PREFILLED = (*READING, HolderRead(HANAKO))


def typed(field: str, text: str) -> tuple[Event, ...]:
    """Return opening a field, typing and leaving the keyboard."""
    return (FieldOpened(field), *(CharacterTyped(sign) for sign in text), Pressed(Outcome.DONE))


KANA = (FieldOpened("kana"), *(CharacterTyped(sign) for sign in "つるかしまはなこ"), Pressed(Outcome.DONE))
PERSON = (*PREFILLED, *KANA, NEXT)
CERTIFICATE = (*PERSON, NEXT)
PART = (Answered("kind", "part"), Answered("relationship", "omit"), Answered("domicile", "omit"))
HOUSEHOLD = (*CERTIFICATE, *PART, NEXT)
FAMILY = (*typed("members", "つるかしまいちろう"), Answered("head", "other"), *typed("head_name", "わたなへいちろう"))
CONTACT = (*HOUSEHOLD, *FAMILY, NEXT)
REACHED = (*typed("postcode", "3502201"), *typed("phone", "0490001234"))
PURPOSE = (*CONTACT, *REACHED, NEXT)
OTHER = (Answered("purpose", "other"), *typed("purpose_other", "ねんきんのてつつき"))
REVIEW = (*PURPOSE, *OTHER, NEXT)
LONG_REVIEW = (*READING, HolderRead(LONG), *REVIEW[len(PREFILLED) :])

STATES: dict[str, Sequence[Event]] = {
    "attract": (),
    "no-card": (Pressed(Outcome.NO_CARD),),
    "choose-form": (Pressed(Outcome.START),),
    "guidance": CHOSEN,
    "checklist": LISTED,
    "prefill-offer": OFFERED,
    "prefill-card": (*OFFERED, Pressed(Outcome.BY_CARD)),
    "prefill-card-laid": (*OFFERED, Pressed(Outcome.BY_CARD), CardLaid()),
    "prefill-pin": ON_TRAY,
    "prefill-pin-full": (*ON_TRAY, *PIN),
    "prefill-pin-refused": (*READING, PasswordRefused(2)),
    "prefill-reading": READING,
    "form-applicant": PREFILLED,
    "form-applicant-by-hand": BY_HAND,
    "form-applicant-problems": (*BY_HAND, NEXT),
    "form-applicant-correction": (*PREFILLED, CorrectionAsked("name")),
    "form-person": PERSON,
    "form-person-long": (*READING, HolderRead(LONG), *KANA, NEXT),
    "form-person-by-hand": (*BY_HAND, *typed("name", "つるかしまはなこ"), *KANA, NEXT),
    "form-person-problems": (*BY_HAND, *typed("name", "つるかしまはなこ"), *KANA, NEXT, NEXT),
    "form-certificate": CERTIFICATE,
    "form-certificate-problems": (*CERTIFICATE, NEXT),
    "form-household": (*HOUSEHOLD, *FAMILY),
    "form-household-problems": (*HOUSEHOLD, Answered("head", "other"), NEXT),
    "form-contact": CONTACT,
    "form-contact-problems": (*CONTACT, *typed("postcode", "3502"), NEXT),
    "form-contact-full": (*CONTACT, *REACHED),
    "form-purpose": (*PURPOSE, Answered("purpose", "pension")),
    "form-purpose-other": (*PURPOSE, *OTHER),
    "form-purpose-problems": (*PURPOSE, Answered("purpose", "other"), NEXT),
    "entry-name": (*BY_HAND, FieldOpened("name"), *(CharacterTyped(sign) for sign in "わたなべ")),
    "entry-name-empty": (*BY_HAND, FieldOpened("name")),
    "entry-name-katakana": (*BY_HAND, FieldOpened("name"), KeyTyped(EntryKey.KATAKANA)),
    "entry-name-latin": (*BY_HAND, FieldOpened("name"), KeyTyped(EntryKey.LATIN), CharacterTyped("M")),
    "entry-name-digits": (*BY_HAND, FieldOpened("name"), KeyTyped(EntryKey.DIGITS), CharacterTyped("1")),
    "entry-kana": (*PREFILLED, FieldOpened("kana"), CharacterTyped("つ")),
    "entry-address-long": (
        *(*READING, HolderRead(LONG), *KANA, NEXT),
        *(CorrectionAsked("address"), FieldOpened("address")),
    ),
    "entry-phone": (*CONTACT, FieldOpened("phone"), *(CharacterTyped(sign) for sign in "0490001234")),
    "entry-postcode": (*CONTACT, FieldOpened("postcode"), *(CharacterTyped(sign) for sign in "350")),
    "entry-date": (*BY_HAND, *typed("name", "つ"), *KANA, NEXT, FieldOpened("birth"), CharacterTyped("2")),
    "entry-date-impossible": (
        *(*BY_HAND, *typed("name", "つ"), *KANA, NEXT, FieldOpened("birth")),
        *(CharacterTyped(sign) for sign in "640231"),
    ),
    "review": REVIEW,
    "review-long": LONG_REVIEW,
    "review-second": (*REVIEW, NEXT),
    "review-third": (*REVIEW, NEXT, NEXT),
    "review-last": (*REVIEW, NEXT, NEXT, NEXT),
}


@cache
def forms() -> tuple[Form, ...]:
    """Return the forms of the configuration."""
    return load_forms(ROOT / "config/forms", ("ja", "en"))


def walked(*events: Event, language: str = "ja", small: bool = False) -> Journey:
    """Return a journey that has been told all this."""
    journey = Journey(Rules(PLACE, forms(), ("card", "password", "bare_card"), ("ja", "en"), small=small))
    for event in (TimePassed(1000.0), LanguageChosen(language), *events):
        journey.handle(event)
    return journey


def view_at(state: str, language: str = "ja", text_size: float = 1.0, *, small: bool = False) -> View:
    """Return what is seen in a state, by whoever asks for larger type there."""
    return walked(*STATES[state], TextSizeChosen(text_size), language=language, small=small).view()
