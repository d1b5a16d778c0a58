"""Telephone numbers and postcodes as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.forms.phone import group_phone, group_postcode


@pytest.mark.parametrize(
    "number",
    [
        *("049-000-1234", "049-271-1111", "03-0000-1234", "06-6000-1234", "04-2900-1234", "04-7100-1234"),
        *("0493-00-1234", "0422-00-1234", "042-300-1234", "0480-00-1234", "048-600-1234", "045-000-1234"),
        *("011-000-1234", "0166-00-1234", "017-700-1234", "0172-00-1234", "098-800-1234"),
        *("0980-00-1234", "075-000-1234", "0774-00-1234", "092-200-1234", "096-300-1234", "0966-00-1234"),
        *("090-0000-1234", "080-1000-1234", "070-0000-1234", "050-0000-1234", "020-0000-1234"),
        *("0120-000-123", "0800-000-1234", "0570-000-123"),
    ],
)
def test_groups(number):
    assert group_phone(number.replace("-", "")) == number


def test_while_typing():
    digits = "0490001234"
    assert [group_phone(digits[:length]) for length in range(6)] == ["", "0", "04", "049", "049-0", "049-00"]


def test_postcodes():
    assert group_postcode("3502201") == "350-2201"
    assert group_postcode("") == ""


@settings(max_examples=60, deadline=None, database=None)
@given(st.from_regex(r"[0-9]{0,11}", fullmatch=True))
def test_grouping_adds_hyphens_and_nothing_else(digits):
    for grouped in (group_phone(digits), group_postcode(digits)):
        assert grouped.replace("-", "") == digits
        assert "--" not in f"-{grouped}-" or not digits
