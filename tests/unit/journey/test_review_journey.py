"""How answers are dealt out to the pages of the review, and forms to those of the choice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playbook import PREFILLED, play
from test_walk_journey import fill_in

from drivers.card.holder import Holder, Sex
from kiosk.journey.events import (
    CellPressed,
    FormChosen,
    HolderRead,
    LanguageChosen,
    LowerHalfChosen,
    Pressed,
    TextSizeChosen,
    TimePassed,
)
from kiosk.journey.journey import Journey
from kiosk.journey.map import Outcome, Step
from kiosk.journey.reviewing import Grid, dealt, ems

NEXT, BACK, SIGN = Pressed(Outcome.NEXT), Pressed(Outcome.BACK), Pressed(Outcome.SIGN)
FLAT = "埼玉県鶴ヶ島市富士見一丁目０番０号　鶴ヶ島グリーンハイツ若葉台壱番館１２３号室"
SHORT, LONG, VERY = ("名", 3.0), ("住所", 30.0), ("住所", 300.0)


def reviewing(rules, *, small: bool, address: str = FLAT) -> Journey:
    journey = Journey(replace(rules, small=small))
    holder = Holder("鶴ヶ島　花子", address, "19540401", Sex.FEMALE)
    pin = [CellPressed(cell) for cell in (1, 2, 3, 4)]
    play(journey, TimePassed(1000.0), *PREFILLED, *pin, Pressed(Outcome.GIVEN), HolderRead(holder))
    fill_in(journey)
    assert journey.step is Step.REVIEW
    return journey


def pages(journey) -> list[tuple[str, ...]]:
    """Turn all pages and return what stands on each; after the last one comes the consent."""
    seen = []
    while journey.step is Step.REVIEW:
        seen.append(tuple(place.name for place in journey.view().review))
        play(journey, NEXT)
    return seen


@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize("choice", [TextSizeChosen(1.0), TextSizeChosen(1.6), LowerHalfChosen(wanted=True)])
@pytest.mark.parametrize("address", [FLAT, FLAT * 7])
def test_every_answer_is_seen_once_and_in_order(rules, small, choice, address):
    journey = reviewing(rules, small=small, address=address)
    play(journey, choice)
    view = journey.view()
    seen = pages(journey)
    assert len(seen) == view.review_pages
    assert [name for page in seen for name in page] == list(view.review_fields)


def test_a_long_answer_has_a_line_of_its_own_on_the_small_panel(rules):
    wide, small = (reviewing(rules, small=panel).view().review for panel in (False, True))
    assert [place.name for place in wide] == ["name", "kana", "birth", "sex", "address"]
    address = next(place for place in small if place.name == "address")
    assert address.whole
    assert not any(place.whole for place in small if place.name != "address")
    assert {(place.line, place.column) for place in small} == {(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([SHORT] * 7, [[(0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 1), (2, 0, 1), (2, 1, 1)], [(0, 0, 1)]]),
        ([SHORT, LONG, SHORT, LONG], [[(0, 0, 1), (1, 0, 2)], [(0, 0, 1), (1, 0, 2)]]),
        ([SHORT, VERY, SHORT], [[(0, 0, 1)], [(0, 0, 3)], [(0, 0, 1)]]),
    ],
)
def test_answers_are_dealt_without_gaps_and_never_beyond_the_page(answers, expected):
    grid = Grid(lines=3, columns=2, cell=12.0, first=26.0, further=52.0)
    named = [(f"{at}", *answer) for at, answer in enumerate(answers)]
    found = [[(place.line, place.column, place.lines) for place in page] for page in dealt(named, grid)]
    assert found == expected


def test_readings_and_bold_type_take_no_room():
    assert ems("｜お金《おかね》と<b>番号《ばんごう》</b>") == ems("お金と番号") == 5.0
    assert ems("Name") < 3.0


def test_another_language_keeps_a_page_that_is_there(rules):
    journey = reviewing(rules, small=True)
    while journey.view().review_page < journey.view().review_pages - 1:
        play(journey, NEXT)
    for language in ("en", "ja"):
        play(journey, LanguageChosen(language))
        assert journey.view().review
    play(journey, SIGN)
    assert journey.step is Step.CONSENT


def test_forms_are_chosen_page_by_page_where_not_all_have_room(rules):
    journey = Journey(replace(rules, small=True))
    play(journey, TimePassed(1000.0), Pressed(Outcome.START))
    first = journey.view()
    assert (first.form_page, first.form_pages) == (0, 2)
    play(journey, NEXT)
    other = journey.view()
    assert [form.id for form in (*first.offered, *other.offered)] == [form.id for form in rules.forms]
    play(journey, NEXT)
    assert journey.view().form_page == 1, "after the last page a form has to be chosen"
    play(journey, BACK)
    assert journey.view().offered == first.offered
    assert journey.step is Step.CHOOSE_FORM
    play(journey, NEXT, FormChosen(other.offered[-1].id), BACK)
    assert journey.view().offered == other.offered, "back at the page it was chosen from"
    play(journey, BACK, BACK)
    assert journey.step is Step.ATTRACT


def test_a_larger_size_keeps_the_form_in_sight(rules):
    journey = Journey(rules)
    play(journey, Pressed(Outcome.START), TextSizeChosen(1.6), NEXT)
    last = journey.view().offered
    assert last == rules.forms[3:]
    play(journey, TextSizeChosen(1.0))
    assert set(last) <= set(journey.view().offered)
    play(journey, BACK)
    assert journey.step is Step.ATTRACT


def test_six_forms_are_one_page_of_the_large_panel(rules):
    journey = Journey(rules)
    play(journey, Pressed(Outcome.START))
    assert journey.view().offered == rules.forms
    assert journey.view().form_pages == 1
