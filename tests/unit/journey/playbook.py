"""A journey with the real form, and the words of a playbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.card.holder import Holder, Sex
from drivers.card.recognise import CardKind
from kiosk.forms.loader import load_forms
from kiosk.journey.events import (
    CardKnown,
    CardLaid,
    CellPressed,
    FormChosen,
    HolderRead,
    ItemTicked,
    Pressed,
    TimePassed,
)
from kiosk.journey.journey import Journey
from kiosk.journey.map import Outcome
from kiosk.journey.place import Place
from kiosk.journey.walk import Rules

ROOT = Path(__file__).parents[3]
HANAKO = Holder("鶴ヶ島　花子", "埼玉県鶴ヶ島市富士見一丁目０番０号", "19540401", Sex.FEMALE)
GOOD_CARD = CardKnown(CardKind.MY_NUMBER, holds_certificate=True, attempts_left=5, pin_attempts_left=3)


def play(journey: Journey, *events) -> list:
    """Tell the journey everything in order; return all commands."""
    return [command for event in events for command in journey.handle(event)]


@pytest.fixture(scope="session")
def rules() -> Rules:
    place = Place("鶴ヶ島市", "鶴", "電子申請", "鶴ヶ島市", "2番窓口", "3番窓口", "8:30〜17:15", "申請機 01", demo=True)
    forms = load_forms(ROOT / "config/forms", ("ja", "en"))
    return Rules(place, forms, ("card", "password", "bare_card"), ("ja", "en"))


@pytest.fixture
def journey(rules: Rules) -> Journey:
    journey = Journey(rules)
    journey.handle(TimePassed(1000.0))
    return journey


TO_OFFER = (
    Pressed(Outcome.START),
    FormChosen("juminhyo"),
    Pressed(Outcome.NEXT),
    ItemTicked("card"),
    ItemTicked("password"),
    ItemTicked("bare_card"),
    Pressed(Outcome.NEXT),
)
PREFILLED = (
    *TO_OFFER,
    Pressed(Outcome.BY_CARD),
    CardLaid(),
    GOOD_CARD,
)


@pytest.fixture
def at_form(journey: Journey) -> Journey:
    """At the first page of the form, prefilled from the card that still lies there."""
    play(journey, *PREFILLED, *[CellPressed(i) for i in (1, 2, 3, 4)], Pressed(Outcome.GIVEN), HolderRead(HANAKO))
    return journey
