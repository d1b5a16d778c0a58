import pytest

from kiosk.forms.dates import said
from kiosk.text_input.eras import parse


@pytest.mark.parametrize(
    ("language", "iso", "text"),
    [
        ("ja", "1954-04-01", "昭和29年4月1日"),
        ("ja-simple", "1954-04-01", "昭和29年4月1日"),
        ("en", "1954-04-01", "1 April 1954"),
        ("zh-Hans", "1954-04-01", "1954年4月1日"),
        ("ko", "1954-04-01", "1954년 4월 1일"),
        ("vi", "1954-04-01", "ngày 1 tháng 4 năm 1954"),
        ("pt", "1954-03-01", "1 de março de 1954"),
        ("pt", "1954-03-00", "março de 1954 (dia desconhecido)"),
        ("ko", "1954-00-00", "1954년(월일 미상)"),
        ("zh-Hans", "0000-00-00", "不详"),
    ],
)
def test_a_date_is_said_in_its_language(language, iso, text):
    assert said(parse(iso), language) == text
