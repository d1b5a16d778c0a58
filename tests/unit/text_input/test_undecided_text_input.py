"""Kana that are not decided yet: they grow, shrink, are chosen from their front, and never touch what stands before."""

from __future__ import annotations

import pytest

from kiosk.text_input.composer import Composer, Mode, compose
from kiosk.text_input.keyboard import Keyboard


def typed(text: str, start: str = "", limit: int = 20) -> Composer:
    composer = compose(start, Keyboard.KANA, limit, converts=True)
    for char in text:
        composer = composer.insert(char)
    return composer


def test_hiragana_stay_undecided() -> None:
    assert typed("わたなべ", "髙").undecided == "わたなべ"


@pytest.mark.parametrize("change", [Composer.voice, Composer.small])
def test_changing_the_last_keeps_them_open(change) -> None:
    assert change(typed("はつ")).pending == 2


def test_erasing_takes_undecided_first() -> None:
    composer = typed("わた", "髙").erase()
    assert (composer.text, composer.undecided) == ("髙わ", "わ")
    composer = composer.erase().erase()
    assert (composer.text, composer.pending) == ("", 0)


def test_a_choice_writes_the_front_and_leaves_the_rest() -> None:
    composer = typed("わたなべたろう").decide("渡邊", 4)
    assert (composer.text, composer.undecided) == ("渡邊たろう", "たろう")
    composer = composer.decide("太郎", 3)
    assert (composer.text, composer.undecided) == ("渡邊太郎", "")


@pytest.mark.parametrize("reads", [-1, 0, 5])
def test_a_choice_for_other_kana_changes_nothing(reads: int) -> None:
    composer = typed("わたなべ")
    assert composer.decide("渡辺", reads) is composer


def test_a_choice_that_has_no_room_changes_nothing() -> None:
    composer = typed("さ", "あいう", limit=4)
    assert composer.decide("埼玉", 1) is composer


@pytest.mark.parametrize("ending", [Composer.space, lambda text: text.switch(Mode.KATAKANA)])
def test_space_and_another_mode_keep_the_kana_as_they_are(ending) -> None:
    composer = ending(typed("わたなべ"))
    assert composer.text.startswith("わたなべ")
    assert composer.pending == 0


def test_katakana_letters_and_readings_are_never_open() -> None:
    assert typed("わ").switch(Mode.KATAKANA).insert("た").pending == 0
    assert typed("わ").switch(Mode.LATIN).insert("A").pending == 0
    assert compose("", Keyboard.KANA, 20, reading=True, converts=True).insert("わ").pending == 0
    assert compose("", Keyboard.KANA, 20).insert("わ").pending == 0


def test_the_long_vowel_belongs_to_the_kana_before_it() -> None:
    assert typed("らー").undecided == "らー"
    assert typed("ー").pending == 0
    assert typed("ら・").pending == 0
