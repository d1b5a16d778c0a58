"""和暦, with limits of eras and unknown parts."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.text_input.eras import ERAS, common_year, era_of, era_year, in_english, in_japanese, parse, within


@pytest.mark.parametrize(
    ("iso", "japanese", "english"),
    [
        ("1954-04-01", "昭和29年4月1日", "1 April 1954"),
        ("1954-00-00", "昭和29年（月日不詳）", "1954 (month and day unknown)"),
        ("1954-12-00", "昭和29年12月（日不詳）", "December 1954 (day unknown)"),
        ("0000-00-00", "不詳", "unknown"),
        ("2019-05-01", "令和元年5月1日", "1 May 2019"),
        ("2019-04-30", "平成31年4月30日", "30 April 2019"),
        ("1989-01-07", "昭和64年1月7日", "7 January 1989"),
        ("1989-01-08", "平成元年1月8日", "8 January 1989"),
        ("1926-12-24", "大正15年12月24日", "24 December 1926"),
        ("1926-12-25", "昭和元年12月25日", "25 December 1926"),
        ("1912-07-29", "明治45年7月29日", "29 July 1912"),
        ("1912-07-30", "大正元年7月30日", "30 July 1912"),
        ("1868-01-25", "明治元年1月25日", "25 January 1868"),
        ("1868-01-24", "1868年1月24日", "24 January 1868"),
        ("1989-00-00", "昭和64年／平成元年（月日不詳）", "1989 (month and day unknown)"),
        ("2019-00-00", "平成31年／令和元年（月日不詳）", "2019 (month and day unknown)"),
        ("1926-12-00", "大正15年／昭和元年12月（日不詳）", "December 1926 (day unknown)"),
        ("1868-00-00", "1868年（月日不詳）", "1868 (month and day unknown)"),
        ("2024-02-29", "令和6年2月29日", "29 February 2024"),
    ],
)
def test_dates_as_they_are_read(iso, japanese, english):
    assert in_japanese(parse(iso)) == japanese
    assert in_english(parse(iso)) == english
    assert parse(iso).iso == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1954",
        "19540401",
        "1954-4-1",
        "1990-02-31",
        "1900-02-29",
        "1954-13-01",
        "1954-00-05",
        "0000-05-00",
        "１９５４-04-01",
    ],
)
def test_what_no_calendar_has_is_refused_without_repeating_it(text):
    with pytest.raises(ValueError) as caught:
        parse(text)
    assert not text or text not in str(caught.value)


def test_the_last_day_of_an_era_is_not_in_the_next():
    showa = next(era for era in ERAS if era.name == "昭和")
    assert within(showa, date(1989, 1, 7))
    assert not within(showa, date(1989, 1, 8))
    assert not within(showa, date(1926, 12, 24))


@settings(max_examples=60, deadline=None, database=None)
@given(st.dates(min_value=ERAS[0].first, max_value=date(2100, 12, 31)))
def test_years_go_to_the_era_and_back(day):
    era = era_of(day)
    assert era is not None
    assert era_year(era, day.year) >= 1
    assert common_year(era, era_year(era, day.year)) == day.year
    assert in_japanese(parse(day.isoformat())).startswith(era.name)
