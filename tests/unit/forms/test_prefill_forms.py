"""Answers that the card gives."""

import pytest
from forms_samples import juminhyo, small_form

from drivers.card.holder import Holder, Sex
from kiosk.forms.checks import check_all
from kiosk.forms.prefill import answers_from, initial_answers, iso_birth

FORM = juminhyo()
HANAKO = Holder("鶴ヶ島　花子", "埼玉県鶴ヶ島市富士見一丁目０番０号", "19540401", Sex.FEMALE)


def holder(**changed):
    said = {"name": HANAKO.name, "address": HANAKO.address, "birth": HANAKO.birth, "sex": HANAKO.sex} | changed
    return Holder(**said)


def test_the_four_attributes():
    assert answers_from(FORM, HANAKO) == {
        "name": "鶴ヶ島　花子",
        "birth": "1954-04-01",
        "sex": "female",
        "address": "埼玉県鶴ヶ島市富士見一丁目０番０号",
    }


@pytest.mark.parametrize(
    "name", ["髙﨑　𠮷子", "神\ufa19　一", "葛\U000e0100城　花子", "か\u3099　ﾀﾛｳ", "ＪＯＨＮ　㈱①"]
)
def test_names_and_addresses_are_never_normalised(name):
    found = answers_from(FORM, holder(name=name, address=name))
    assert (found["name"], found["address"]) == (name, name)
    assert not {"name", "address"} & check_all(FORM, found).keys()


@pytest.mark.parametrize(
    ("birth", "iso"),
    [("19540000", "1954-00-00"), ("19540400", "1954-04-00"), ("00000000", "0000-00-00"), ("18680125", "1868-01-25")],
)
def test_unknown_parts_of_a_birth_date_survive(birth, iso):
    found = answers_from(FORM, holder(birth=birth))
    assert found["birth"] == iso
    assert "birth" not in check_all(FORM, found)


@pytest.mark.parametrize("birth", ["", "1954", "1954-4-1", "１９５４０４０１"])
def test_a_birth_date_that_is_none_is_left_to_the_citizen(birth):
    assert iso_birth(birth) is None
    assert "birth" not in answers_from(FORM, holder(birth=birth))


@pytest.mark.parametrize(("sex", "answer"), [(Sex.MALE, "male"), (Sex.FEMALE, "female")])
def test_sex(sex, answer):
    assert answers_from(FORM, holder(sex=sex))["sex"] == answer


@pytest.mark.parametrize("sex", [Sex.NOT_APPLICABLE, Sex.UNKNOWN])
def test_a_sex_that_the_card_does_not_say_is_left_to_the_citizen(sex):
    assert "sex" not in answers_from(FORM, holder(sex=sex))


def test_a_form_that_does_not_want_the_card_gets_nothing(tmp_path):
    said = {"type": "string", "maxLength": 9, "x-widget": "name", "x-prefill": {"from": "card.name", "lock": False}}
    form = small_form(tmp_path, {"who": said})
    assert not form.fields["who"].locked_when_prefilled
    assert answers_from(form, HANAKO) == {}


def test_defaults_stand_there_from_the_beginning():
    assert initial_answers(FORM) == {"copies": 1}
