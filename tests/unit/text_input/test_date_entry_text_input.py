"""Typing a date box by box."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.text_input.date_entry import DateEntry, Part, start_date
from kiosk.text_input.eras import ERAS

ERA = {era.id: era for era in ERAS}


def typed(entry: DateEntry, digits: str) -> DateEntry:
    for digit in digits:
        entry = entry.insert(digit)
    return entry


def test_a_single_digit_is_enough_for_a_day():
    entry = typed(start_date(), "294")
    assert (entry.year, entry.month, entry.at, entry.iso) == ("29", "4", Part.DAY, None)
    assert entry.insert("1").iso == "1954-04-01"
    assert entry.insert("1").insert("1").iso == "1954-04-11"


def test_boxes_fill_from_left_to_right():
    entry = typed(start_date(), "29")
    assert entry.at is Part.MONTH
    entry = entry.insert("4")
    assert entry.at is Part.DAY  # there is no month 4x
    entry = typed(entry, "01")
    assert entry.iso == "1954-04-01"
    assert entry.insert("7") is entry


def test_the_common_era_has_four_digits():
    entry = typed(start_date().choose(None), "19540401")
    assert (entry.year, entry.month, entry.day) == ("1954", "04", "01")
    assert entry.iso == "1954-04-01"
    assert typed(start_date().choose(None), "195").iso is None


def test_changing_the_era_clears_the_year_only():
    entry = typed(start_date(), "290401").choose(ERA["H"])
    assert (entry.year, entry.month, entry.day, entry.at) == ("", "04", "01", Part.YEAR)
    assert entry.choose(ERA["H"]) is entry


@pytest.mark.parametrize(
    ("era", "digits", "iso"),
    [
        ("S", "640107", "1989-01-07"),
        ("S", "640108", None),
        ("H", "010107", None),
        ("H", "010108", "1989-01-08"),
        ("R", "010501", "2019-05-01"),
        ("R", "000501", None),
        ("S", "300230", None),
        ("M", "010125", "1868-01-25"),
    ],
)
def test_only_days_that_were_in_the_era(era, digits, iso):
    entry = typed(start_date().choose(ERA[era]), digits)
    assert entry.iso == iso
    assert entry.impossible is (iso is None)
    assert not entry.erase().erase().impossible


def test_erasing_walks_back_through_the_boxes():
    entry = typed(start_date(), "290401")
    for _ in range(3):
        entry = entry.erase()
    assert (entry.year, entry.month, entry.day, entry.at) == ("29", "0", "", Part.MONTH)
    for _ in range(9):
        entry = entry.erase()
    assert entry == start_date()


def test_a_box_can_be_chosen():
    entry = typed(start_date(), "290401").go(Part.MONTH).erase().erase()
    assert typed(entry, "12").iso == "1954-12-01"


def test_an_earlier_answer_with_unknown_parts_leaves_boxes_empty():
    entry = start_date("1954-00-00")
    assert (entry.era, entry.year, entry.month, entry.day, entry.iso) == (ERA["S"], "29", "", "", None)
    assert start_date("0000-00-00").year == ""


def test_only_digits_count():
    entry = start_date()
    assert entry.insert("x") is entry
    assert entry.insert("２") is entry
    assert "1954" not in repr(start_date("1954-04-01"))


@settings(max_examples=60, deadline=None, database=None)
@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2100, 12, 31)))
def test_every_answer_opens_as_itself(day):
    assert start_date(day.isoformat()).iso == day.isoformat()
