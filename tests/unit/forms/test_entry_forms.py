"""From a field to its keyboard and back."""

import pytest
from forms_samples import juminhyo

from kiosk.forms.entry import composer_for, stepped, value_of
from kiosk.text_input.composer import Mode

FIELDS = juminhyo().fields


def test_each_typed_field_opens_with_its_keyboard_and_limit():
    assert composer_for(FIELDS["name"]).modes == (Mode.HIRAGANA, Mode.KATAKANA, Mode.LATIN, Mode.DIGITS)
    assert composer_for(FIELDS["kana"]).insert("つ").text == "ツ"
    assert composer_for(FIELDS["postcode"]).limit == 7
    assert composer_for(FIELDS["phone"]).limit == 11


def test_an_earlier_answer_is_there_again():
    assert composer_for(FIELDS["name"], "髙﨑　花子").erase().text == "髙﨑　花"
    assert composer_for(FIELDS["name"], None).text == ""


@pytest.mark.parametrize("name", ["birth", "copies", "kind"])
def test_other_fields_are_not_typed_so(name):
    with pytest.raises(ValueError):
        composer_for(FIELDS[name])


def test_only_blanks_at_the_ends_are_lost():
    composer = composer_for(FIELDS["name"], "神\ufa19　花子").space()
    assert composer.text.endswith("　")
    assert value_of(composer) == "神\ufa19　花子"


def test_the_stepper_stays_within_its_limits():
    copies = FIELDS["copies"]
    assert [stepped(copies, value, 1) for value in (None, 1, 4, 5)] == [1, 2, 5, 5]
    assert [stepped(copies, value, -1) for value in (None, 5, 1)] == [1, 4, 1]
