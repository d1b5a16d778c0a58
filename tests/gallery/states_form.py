"""The looks of every step up to the review, as scripts for a journey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.card.recognise import CardKind
from kiosk.journey.events import (
    AnswerChangeAsked,
    Answered,
    CardKnown,
    CardLaid,
    CellPressed,
    CorrectionAsked,
    DatePartChosen,
    Dismissed,
    EntryKey,
    EraChosen,
    FieldOpened,
    FormChosen,
    HelpPressed,
    HolderRead,
    ItemTicked,
    KeyTyped,
    PasswordRefused,
    Pressed,
    ServiceChanged,
)
from kiosk.journey.map import Outcome
from kiosk.text_input.date_entry import Part
from tests.gallery.papers import catalogue
from tests.gallery.playing import DONE, State, holder, keys, typed
from tests.gallery.states_typing import typing_states

if TYPE_CHECKING:
    from kiosk.journey.events import Event

    Events = tuple[Event, ...]

NEXT, BACK, GIVEN = Pressed(Outcome.NEXT), Pressed(Outcome.BACK), Pressed(Outcome.GIVEN)
GOOD_CARD = CardKnown(CardKind.MY_NUMBER, holds_certificate=True, attempts_left=5, pin_attempts_left=3)
CHOSEN = (Pressed(Outcome.START), FormChosen("juminhyo"))
LISTED = (*CHOSEN, NEXT)
OFFERED = (*LISTED, ItemTicked("card"), ItemTicked("password"), ItemTicked("bare_card"), NEXT)
BY_HAND = (*OFFERED, Pressed(Outcome.BY_HAND))
AWAITED = (*OFFERED, Pressed(Outcome.BY_CARD))
ON_TRAY = (*AWAITED, CardLaid(), GOOD_CARD)
PIN = tuple(CellPressed(cell) for cell in (1, 2, 3, 4))
READING = (*ON_TRAY, *PIN, GIVEN)

KANA = typed("kana", "つるがしま　はなこ")
NAMED = (*typed("name", "つるがしま　はなこ"), *KANA)
BORN = (FieldOpened("birth"), *keys("290401"), DONE)
LIVES = typed("address", "さいたまけん　つるがしまし　ふじみ")
PERSON = (*BORN, Answered("sex", "female"), *LIVES)
KIND = (Answered("kind", "part"), Answered("relationship", "show"), Answered("domicile", "omit"))
MEMBERS = typed("members", "つるがしま　いちろう・つるがしま　はるこ")
HOUSEHOLD = (*MEMBERS, Answered("head", "other"), *typed("head_name", "つるがしま　いちろう"))
CONTACT = (*typed("postcode", "3502201"), *typed("phone", "0490001234"), Answered("copies", 2))
PURPOSE = (Answered("purpose", "other"), *typed("purpose_other", "ねんきんのてつづき"))

TO_PERSON = (*BY_HAND, *NAMED, NEXT)
TO_CERTIFICATE = (*TO_PERSON, *PERSON, NEXT)
TO_HOUSEHOLD = (*TO_CERTIFICATE, *KIND, NEXT)
TO_CONTACT = (*TO_HOUSEHOLD, *HOUSEHOLD, NEXT)
TO_PURPOSE = (*TO_CONTACT, *CONTACT, NEXT)


def prefilled(persona: str = "hanako") -> Events:
    """Return everything up to the first page of the form, answered by a card."""
    return (*READING, HolderRead(holder(persona)))


def reviewed(persona: str = "hanako") -> Events:
    """Return everything up to the review of an application that a card has begun."""
    filled = (*KIND, NEXT, *HOUSEHOLD, NEXT, *CONTACT, NEXT, *PURPOSE, NEXT)
    return (*prefilled(persona), *KANA, NEXT, NEXT, *filled)


SHORT_REVIEW = (
    *(*prefilled(), *KANA, NEXT, NEXT),
    *(Answered("kind", "self"), Answered("relationship", "omit"), Answered("domicile", "omit"), NEXT),
    *(Answered("head", "self"), NEXT, *CONTACT, Answered("copies", 1), NEXT, Answered("purpose", "pension"), NEXT),
)


def form_states() -> dict[str, State]:
    """Return name → state; a name begins with the step."""
    found = {**_opening(), **_prefill(), **_pages(), **_entries(), **_reviews()}
    return {name: state if isinstance(state, State) else State(state) for name, state in found.items()}


def _opening() -> dict[str, State | Events]:
    texts, prefix = catalogue()["ja"], "out-of-service.reason."
    reasons = [key.removeprefix(prefix) for key in sorted(texts.keys()) if key.startswith(prefix)]
    return {
        "attract": (),
        "attract.demo": State((), demo=True),
        "attract.direct-reader": State((), demo=True, banner=texts("header.direct_reader")),
        "no-card": (Pressed(Outcome.NO_CARD),),
        "choose-form": (Pressed(Outcome.START),),
        "choose-form.more": (Pressed(Outcome.START), NEXT),  # another page where not all have room
        "guidance": CHOSEN,
        "checklist": LISTED,
        "checklist.one": (*LISTED, ItemTicked("card")),
        "checklist.complete": OFFERED[:-1],
        "out-of-service.closed": (ServiceChanged(open=False, reason="hours", facts={"opens": "2026-11-26T08:30"}),),
        **{f"out-of-service.{reason}": (ServiceChanged(open=False, reason=reason),) for reason in reasons},
    }


def _prefill() -> dict[str, State | Events]:
    return {
        "prefill-offer": OFFERED,
        "prefill-card": AWAITED,
        "prefill-card.reading": (*AWAITED, CardLaid()),
        "prefill-pin": ON_TRAY,
        "prefill-pin.two": (*ON_TRAY, *PIN[:2]),
        "prefill-pin.full": (*ON_TRAY, *PIN),
        "prefill-pin.refused": (*READING, PasswordRefused(2)),
        "prefill-pin.number-b": State((*ON_TRAY, *PIN), pin_length=14),
        "prefill-reading": READING,
    }


def _pages() -> dict[str, State | Events]:
    """Return each page of the real form empty, with problems and filled in, by hand and by the card."""
    by_hand = {
        "applicant": (BY_HAND, NAMED),
        "person": (TO_PERSON, PERSON),
        "certificate": (TO_CERTIFICATE, KIND),
        "household": (TO_HOUSEHOLD, HOUSEHOLD),
        "contact": (TO_CONTACT, CONTACT),
        "purpose": (TO_PURPOSE, PURPOSE),
    }
    found: dict[str, State | Events] = {}
    for page, (before, filled) in by_hand.items():
        found[f"form-page.{page}"] = before
        found[f"form-page.{page}.problems"] = (*before, NEXT)
        found[f"form-page.{page}.filled"] = (*before, *filled)
    asked = {"person": 3, "certificate": 3, "household": 3, "contact": 3, "purpose": 2}
    for page, questions in asked.items():
        before, filled = by_hand[page]
        for question in range(2, questions + 1):
            turned = (NEXT,) * (question - 1)
            found[f"form-page.{page}.large-{question}"] = State((*before, *filled), in_large=turned)
    return {**found, **_special_pages()}


def _special_pages() -> dict[str, State | Events]:
    short_postcode = (*typed("postcode", "350"), *typed("phone", "0490"), NEXT)
    called = (*prefilled(), HelpPressed(), Dismissed())
    return {
        "form-page.applicant.card": prefilled(),
        "form-page.applicant.card-problems": (*prefilled(), NEXT),
        "form-page.applicant.card-filled": (*prefilled(), *KANA),
        "form-page.applicant.correction": (*prefilled(), CorrectionAsked("name")),
        "form-page.applicant.corrected": (*prefilled(), CorrectionAsked("name"), *typed("name", "え")),
        "form-page.applicant.old-kanji": prefilled("oldkanji"),
        "form-page.applicant.foreign": prefilled("foreign"),
        "form-page.applicant.demo": State(prefilled(), demo=True),
        "form-page.applicant.staff-called": called,
        "form-page.person.card": (*prefilled(), *KANA, NEXT),
        "form-page.person.card-long": (*prefilled("longaddress"), *KANA, NEXT),
        "form-page.person.correction": (*prefilled(), *KANA, NEXT, CorrectionAsked("address")),
        "form-page.household.self": (*TO_HOUSEHOLD, *MEMBERS, Answered("head", "self")),
        "form-page.household.problems-all": (*TO_HOUSEHOLD, Answered("head", "other"), NEXT),
        "form-page.contact.short": (*TO_CONTACT, *short_postcode),
        "form-page.contact.most": (*TO_CONTACT, *CONTACT, Answered("copies", 5)),
        "form-page.purpose.other-missing": (*TO_PURPOSE, Answered("purpose", "other"), NEXT),
        "form-page.purpose.from-review": (*SHORT_REVIEW, AnswerChangeAsked("purpose")),
    }


def _entries() -> dict[str, State | Events]:
    """Return the keyboards: every mode, a date in each calendar, the pads."""
    name = (*BY_HAND, FieldOpened("name"))
    birth = (*TO_PERSON, FieldOpened("birth"))
    address = (*prefilled("longaddress"), *KANA, NEXT, CorrectionAsked("address"), FieldOpened("address"))
    phone, postcode = (*TO_CONTACT, FieldOpened("phone")), (*TO_CONTACT, FieldOpened("postcode"))
    purpose = (*TO_PURPOSE, Answered("purpose", "other"), FieldOpened("purpose_other"))
    return {
        "entry.name": name,
        "entry.name.hiragana": (*name, *keys("つるがしま　は")),
        "entry.name.katakana": (*name, KeyTyped(EntryKey.KATAKANA), *keys("ツルガシマ")),
        "entry.name.latin": (*name, KeyTyped(EntryKey.LATIN), *keys("Mary")),
        "entry.name.digits": (*name, KeyTyped(EntryKey.DIGITS), *keys("2")),
        "entry.name.old-kanji": (*prefilled("oldkanji"), CorrectionAsked("name"), FieldOpened("name")),
        "entry.kana": (*prefilled(), FieldOpened("kana"), *keys("つるがしま")),
        "entry.address.long": address,
        "entry.purpose.full": (*purpose, *keys("ね" * 40)),
        "entry.phone": phone,
        "entry.phone.full": (*phone, *keys("0490001234")),
        "entry.postcode": (*postcode, *keys("350")),
        "entry.date": birth,
        "entry.date.era": (*birth, *keys("2904")),
        "entry.date.common": (*birth, EraChosen(""), *keys("19540401")),
        "entry.date.full": (*birth, *keys("290401"), DatePartChosen(Part.MONTH)),
        "entry.date.impossible": (*birth, *keys("640231")),
        **typing_states(name, prefilled()),
    }


def _reviews() -> dict[str, State | Events]:
    whole = reviewed()
    return {
        "review": whole,
        **{f"review.{page + 1}": (*whole, *[NEXT] * page) for page in (1, 2, 3)},
        "review.short-last": (*SHORT_REVIEW, NEXT, NEXT),
        "review.long": reviewed("longaddress"),
        "review.old-kanji": reviewed("oldkanji"),
    }
