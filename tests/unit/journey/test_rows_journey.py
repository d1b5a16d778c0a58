"""Members of a household are told one by one, changed and taken away again; a postcode begins an address."""

import dataclasses
from datetime import date

import pytest
from playbook import PREFILLED, ROOT, play

from kiosk.application.document import Origin
from kiosk.forms.postcodes import Postcodes
from kiosk.journey.events import (
    Answered,
    CharacterTyped,
    FieldOpened,
    FormChosen,
    Pressed,
    RowAdded,
    RowOpened,
    RowRemoved,
    TimePassed,
)
from kiosk.journey.journey import Journey
from kiosk.journey.map import Outcome, Step

NEXT, BACK, DONE = Pressed(Outcome.NEXT), Pressed(Outcome.BACK), Pressed(Outcome.DONE)


def typed(field, text):
    return [FieldOpened(field), *map(CharacterTyped, text), DONE]


def person(row, name="たろう", relation="spouse"):
    return [*typed(f"members.{row}.name", name), Answered(f"members.{row}.relation", relation)]


@pytest.fixture
def table():
    found = Postcodes(ROOT / "config" / "postcodes.zip")
    yield found
    found.close()


@pytest.fixture
def moving(rules, table):
    """At the first page of the notice of moving out, by hand."""
    journey = Journey(dataclasses.replace(rules, find_place=table.place))
    journey.handle(TimePassed(1000.0, date(2026, 11, 25)))
    to_offer = [FormChosen("tenshutsu") if isinstance(event, FormChosen) else event for event in PREFILLED]
    play(journey, *to_offer[: to_offer.index(Pressed(Outcome.BY_CARD))], Pressed(Outcome.BY_HAND))
    assert journey.step is Step.FORM_PAGE
    return journey


@pytest.fixture
def at_members(moving):
    """At the first row of the members, everything before it answered."""
    play(moving, *typed("name", "はなこ"), *typed("kana", "はなこ"), NEXT)
    play(moving, FieldOpened("birth"), *map(CharacterTyped, "290401"), DONE, *typed("address", "つるがしま"), NEXT)
    play(moving, FieldOpened("moving_date"), *map(CharacterTyped, "081125"), DONE, Answered("who", "all"), NEXT)
    play(moving, *typed("new_postcode", "1000013"), NEXT, Answered("new_head", "self"), NEXT)
    assert moving.view().fields == ("members.0.name", "members.0.relation")
    return moving


def test_a_postcode_begins_the_address_and_never_overwrites_one(moving):
    play(moving, *typed("name", "はなこ"), *typed("kana", "はなこ"), NEXT)
    play(moving, FieldOpened("birth"), *map(CharacterTyped, "290401"), DONE, *typed("address", "つるがしま"), NEXT)
    play(moving, FieldOpened("moving_date"), *map(CharacterTyped, "081125"), DONE, Answered("who", "self"), NEXT)
    play(moving, *typed("new_postcode", "1000013"))
    view = moving.view()
    assert view.places == {"new_postcode": "東京都千代田区霞が関"}
    assert (view.answers["new_address"], view.origins["new_address"]) == ("東京都千代田区霞が関", Origin.TYPED)
    play(moving, *typed("new_address", "あ"), FieldOpened("new_postcode"), DONE)
    assert moving.view().answers["new_address"] == "東京都千代田区霞が関あ"


def test_a_row_must_be_complete_before_the_list(at_members):
    at_members.handle(NEXT)
    assert set(at_members.view().problems) == {"members.0.name", "members.0.relation"}
    play(at_members, *person(0), NEXT)
    view = at_members.view()
    assert (view.row, view.fields, view.problems) == (None, ("members",), {})


def test_rows_are_added_opened_and_taken_away(at_members):
    play(at_members, *person(0), NEXT, RowAdded("members"), *person(1, "じろう", "child"), NEXT)
    assert [row["relation"] for row in at_members.view().answers["members"]] == ["spouse", "child"]
    at_members.handle(RowOpened("members", 0))
    assert at_members.view().fields == ("members.0.name", "members.0.relation")
    play(at_members, NEXT, RowRemoved("members", 0))
    assert at_members.view().answers["members"] == [{"name": "じろう", "relation": "child"}]
    at_members.handle(RowRemoved("members", 0))
    assert len(at_members.view().answers["members"]) == 1  # one there must be


def test_no_more_rows_than_the_form_has_room_for(at_members):
    play(at_members, *person(0), NEXT)
    for row in range(1, 8):
        play(at_members, RowAdded("members"), *person(row), NEXT)
    assert len(at_members.view().answers["members"]) == 6


def test_an_empty_row_is_gone_when_the_citizen_goes_back(at_members):
    play(at_members, *person(0), NEXT, RowAdded("members"))
    assert at_members.view().row == 1
    at_members.handle(BACK)
    view = at_members.view()
    assert (view.row, len(view.answers["members"])) == (None, 1)
    at_members.handle(BACK)
    assert "new_head" in at_members.view().fields


@pytest.mark.parametrize("event", [RowAdded("nobody"), RowOpened("members", 9), RowRemoved("members", -1)])
def test_what_means_nothing_changes_nothing(at_members, event):
    play(at_members, *person(0), NEXT)
    before = at_members.view()
    at_members.handle(event)
    assert at_members.view() == before


def test_the_review_lists_each_row_and_leads_back_to_it(at_members):
    play(at_members, *person(0), NEXT, RowAdded("members"), *person(1, "じろう", "child"), NEXT, NEXT)
    play(at_members, *typed("phone", "0490001234"), NEXT, Answered("true_statement", True), NEXT)
    view = at_members.view()
    assert view.step is Step.REVIEW
    assert {"members.0", "members.1"} <= set(view.review_fields)
    assert "new_place" not in view.review_fields  # a heading
