"""Typing key by key."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.text_input.composer import Composer, Mode, compose
from kiosk.text_input.kana import GOJUON, is_reading
from kiosk.text_input.keyboard import Keyboard

quick = settings(max_examples=40, deadline=None, database=None)
kana_keys = st.sampled_from([key for column in GOJUON for key in column if key])
operations = st.one_of(
    kana_keys.map(lambda key: ("insert", key)),
    st.sampled_from([("erase",), ("voice",), ("small",), ("space",)]),
    st.sampled_from(list(Mode)).map(lambda mode: ("switch", mode)),
    st.characters().map(lambda char: ("insert", char)),
)


def typed(composer: Composer, *keys: str) -> Composer:
    for key in keys:
        match key:
            case "゛":
                composer = composer.voice()
            case "小":
                composer = composer.small()
            case "␣":
                composer = composer.space()
            case "⌫":
                composer = composer.erase()
            case _:
                composer = composer.insert(key)
    return composer


def kana(limit: int = 20, *, reading: bool = False) -> Composer:
    return compose("", Keyboard.KANA, limit, reading=reading)


def test_a_name_in_hiragana():
    assert typed(kana(), *"つるか゛しま␣はなこ").text == "つるがしま　はなこ"


def test_a_reading_becomes_katakana_at_once():
    composer = kana(reading=True)
    seen = []
    for key in "つるか゛しま␣し゛よ小ー":
        composer = typed(composer, key)
        seen.append(composer.text)
    assert seen[:4] == ["ツ", "ツル", "ツルカ", "ツルガ"]
    assert seen[-1] == "ツルガシマ　ジョー"


def test_a_reading_has_no_letters_and_no_digits():
    composer = kana(reading=True)
    assert composer.modes == (Mode.HIRAGANA, Mode.KATAKANA)
    assert composer.switch(Mode.LATIN) is composer
    assert composer.insert("A") is composer
    assert composer.insert("漢") is composer


def test_voicing_goes_round_on_the_last_kana_only():
    composer = typed(kana(), "は", "は")
    assert [typed(composer, *"゛" * presses).text for presses in range(4)] == ["はは", "はば", "はぱ", "はは"]


def test_small_kana_and_back():
    assert typed(kana(), *"きつ小て").text == "きって"
    assert typed(kana(), *"きつ小小て").text == "きつて"


def test_a_letter_changes_its_case():
    composer = kana().switch(Mode.LATIN)
    assert typed(composer, *"AB小").text == "Ab"


@pytest.mark.parametrize("key", ["゛", "小", "⌫", "␣"])
def test_keys_on_an_empty_field_do_nothing(key):
    assert typed(kana(), key).text == ""


def test_modes_decide_what_a_key_gives():
    composer = kana()
    assert composer.switch(Mode.KATAKANA).insert("か").text == "カ"
    assert composer.switch(Mode.DIGITS).insert("５").text == "5"
    assert composer.switch(Mode.DIGITS).insert("か").text == ""
    assert composer.switch(Mode.LATIN).insert("か").text == ""
    assert composer.insert("7").text == ""


def test_spaces_are_as_wide_as_the_letters_around_them():
    assert typed(kana(), "あ", "␣", "␣", "い").text == "あ　い"
    assert typed(kana().switch(Mode.LATIN), *"A␣B").text == "A B"
    assert typed(kana().switch(Mode.DIGITS), *"1␣2").text == "12"


def test_digits_stay_digits():
    phone = compose("", Keyboard.DIGITS, 11)
    assert phone.modes == (Mode.DIGITS,)
    assert typed(phone, *"049-000-1234").text == "0490001234"
    assert typed(phone, "٣", "²", "A").text == ""
    assert phone.switch(Mode.HIRAGANA) is phone


def test_the_limit_counts_code_points():
    composer = typed(kana(3), *"あいう")
    assert composer.full
    assert composer.insert("え") is composer
    assert composer.space() is composer
    assert typed(composer, "゛").text == "あいゔ"
    assert typed(composer, "⌫").text == "あい"


def test_a_field_without_a_keyboard_is_not_typed():
    with pytest.raises(ValueError, match="not typed"):
        compose("", Keyboard.NONE, 5)


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("髙﨑𠮷", "髙﨑"),
        ("葛\U000e0100", ""),
        ("辻\ufe00", ""),
        ("か\u3099", ""),
        ("\U000e0100", ""),
        ("鶴ヶ島　花子", "鶴ヶ島　花"),
    ],
)
def test_erasing_takes_one_character_as_it_is_seen(name, left):
    assert compose(name, Keyboard.KANA, 50).erase().text == left


def test_a_name_from_the_card_is_kept_code_point_for_code_point():
    name = "神\ufa19葛\U000e0100か\u3099"
    assert typed(compose(name, Keyboard.KANA, 50), "か", "⌫").text == name


def test_nothing_typed_shows_in_a_repr():
    assert "はなこ" not in repr(compose("はなこ", Keyboard.KANA, 9))


@quick
@given(st.lists(operations, max_size=25), st.integers(0, 8), st.booleans())
def test_whatever_is_pressed_the_limits_hold(presses, limit, reading):
    composer = compose("", Keyboard.KANA, limit, reading=reading)
    for name, *arguments in presses:
        composer = getattr(composer, name)(*arguments)
        assert len(composer.text) <= limit
        assert composer.mode in composer.modes
        assert not any(unicodedata.category(char).startswith("C") for char in composer.text)
        if reading:
            assert all(is_reading(char) for char in composer.text)


@quick
@given(st.lists(kana_keys, min_size=1, max_size=12))
def test_erasing_undoes_inserting(keys):
    composer = kana(12)
    for key in keys:
        assert composer.insert(key).erase() == composer
        composer = composer.insert(key)
