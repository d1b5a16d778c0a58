"""Comparing the holder on the card with the one in the certificate: substitutes are normal, other people are not."""

from dataclasses import dataclass

import pytest

from kiosk.application.certified import CertifiedHolder, same_person


@dataclass(frozen=True)
class Person:
    name: str = "髙﨑　𠮷之"
    address: str = "東京都葛󠄀飾区一丁目２－３"
    birth: str = "19540401"
    sex: str = "1"


def certified(**changes):
    facts = {
        "name": "高崎　吉之",
        "name_flags": "",
        "birth": "19540401",
        "sex": "1",
        "address": "東京都葛飾区一丁目２−３",
        "address_flags": "",
    }
    return CertifiedHolder(**(facts | changes))


def test_usual_variants_selectors_dashes_and_widths_make_no_difference():
    assert same_person(Person(), certified())
    assert same_person(Person(address="東京都葛飾区一丁目2-3"), certified())
    assert same_person(Person(name="髙﨑 𠮷之"), certified())


def test_a_marked_substitute_stands_for_any_character():
    person = Person(name="𡈽橋　彅之")
    assert same_person(person, certified(name="土橋　草之", name_flags="10010"))
    assert not same_person(person, certified(name="土橋　草之", name_flags="10000"))


def test_kana_may_stand_for_one_character():
    assert same_person(Person(name="𣘺　之"), certified(name="はし　之", name_flags="1100"))


def test_short_flags_count_for_the_characters_they_reach():
    assert same_person(Person(name="𡈽橋　之"), certified(name="土橋　之", name_flags="1"))


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "高崎　吉行"},
        {"name": "高崎　吉之助"},
        {"birth": "19540402"},
        {"birth": "19540400"},
        {"sex": "2"},
        {"address": "東京都葛飾区一丁目２－４"},
        {"address": "東京都葛飾区一丁目２－３－１"},
    ],
)
def test_another_person_or_address_is_seen(changes):
    assert not same_person(Person(), certified(**changes))


@pytest.mark.parametrize(("card", "expected"), [("0", True), ("9", True), ("1", False), ("2", False)])
def test_unknown_sex_is_written_differently_on_card_and_certificate(card, expected):
    assert same_person(Person(sex=card), certified(sex="3")) is expected


def test_the_pattern_takes_no_orders_from_the_text():
    assert not same_person(Person(name="abc"), certified(name="a.c"))
    assert same_person(Person(name="a.c（甲）"), certified(name="a.c(甲)"))
