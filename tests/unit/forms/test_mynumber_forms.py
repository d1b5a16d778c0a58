"""Individual numbers never get into a free text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.forms.mynumber import check_digit, holds_individual_number

# 12345678901 has the check digit 8 (worked by hand with the weights of the ordinance).
NUMBER = "123456789018"


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        "１２３４５６７８９０１８",
        "1234-5678-9018",
        "1234 5678 9018",
        "１２３４－５６７８－９０１８",
        "番号は1234・5678・9018です",
        f"ab{NUMBER}cd",
        f"3 {NUMBER}",
    ],
)
def test_it_is_found_however_it_is_written(text):
    assert holds_individual_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123456789012",
        "1234567890181",
        "0" + NUMBER,
        "12345678901",
        "1234-5678-9012",
        "049-000-1234",
        "富士見1234-56",
    ],
)
def test_other_numbers_may_stand(text):
    assert not holds_individual_number(text)


def test_the_check_digit_by_hand():
    # From the right: 1·2 + 0·3 + 9·4 + 8·5 + 7·6 + 6·7 + 5·2 + 4·3 + 3·4 + 2·5 + 1·6 = 212; 212 mod 11 = 3; 11 - 3 = 8.
    assert check_digit("12345678901") == 8


@settings(max_examples=60, deadline=None, database=None)
@given(st.from_regex(r"[0-9]{11}", fullmatch=True), st.integers(0, 9))
def test_one_of_ten_last_digits_is_right(eleven, last):
    assert holds_individual_number(f"{eleven}{last}") is (last == check_digit(eleven))
