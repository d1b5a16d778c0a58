"""Which place a postcode means, without any network."""

from pathlib import Path

import pytest

from kiosk.forms.postcodes import Postcodes, PostcodesUnreadable

TABLE = Path(__file__).parents[3] / "config" / "postcodes.zip"


@pytest.fixture(scope="module")
def table():
    found = Postcodes(TABLE)
    yield found
    found.close()


@pytest.mark.parametrize(
    ("digits", "place"),
    [
        ("3502201", "埼玉県鶴ヶ島市富士見"),
        ("1000013", "東京都千代田区霞が関"),
        ("0600000", "北海道札幌市中央区"),
        ("9071801", "沖縄県八重山郡与那国町与那国"),
    ],
)
def test_a_place_is_found(table, digits, place):
    assert table.place(digits) == place


@pytest.mark.parametrize(
    "digits", ["", "350", "350220", "35022011", "0000000", "9999999", "350-220", "３５０２２０１", "../etc/"]
)
def test_what_no_place_has_is_nothing(table, digits):
    assert table.place(digits) is None


def test_a_table_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "broken.zip").write_bytes(b"PK")
    for path in (tmp_path / "broken.zip", tmp_path / "absent.zip"):
        with pytest.raises(PostcodesUnreadable, match=path.name):
            Postcodes(path)
