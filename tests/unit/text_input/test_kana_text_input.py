"""The kana tables."""

import unicodedata

import pytest

from kiosk.text_input.kana import GOJUON, is_kana, is_reading, rows, smaller, to_hiragana, to_katakana, voiced


@pytest.mark.parametrize(
    "ring", ["かが", "さざ", "ただ", "つづ", "はばぱ", "へべぺ", "うゔ", "カガ", "ハバパ", "ホボポ", "ウヴ"]
)
def test_voicing_goes_round(ring):
    stepped = [ring[0]]
    while len(stepped) <= len(ring):
        stepped.append(voiced(stepped[-1]))
    assert "".join(stepped) == ring + ring[0]


@pytest.mark.parametrize("pair", ["あぁ", "つっ", "やゃ", "ゆゅ", "よょ", "わゎ", "ツッ", "ョヨ", "カヵ", "ケヶ"])
def test_small_and_large_again(pair):
    assert smaller(pair[0]) == pair[1]
    assert smaller(pair[1]) == pair[0]


@pytest.mark.parametrize("char", ["あ", "な", "ん", "ー", "・", "A", "1", "漢", "か\u3099"[1]])
def test_what_has_no_mark_stays(char):
    assert voiced(char) == char


def test_every_voiced_kana_is_one_code_point():
    reached = {voiced(key) for column in GOJUON for key in column} | {voiced(voiced(key)) for key in "はひふへほ"}
    assert all(len(char) == 1 for char in reached if char)
    assert {"が", "ぱ", "ぢ", "ゔ"} <= reached


def test_hiragana_and_katakana_are_two_ways_of_writing():
    assert to_katakana("つるがしま　ゔぁーん・ゝ") == "ツルガシマ　ヴァーン・ヽ"
    assert to_hiragana("ツルガシマ　ヴァーン・ヽ") == "つるがしま　ゔぁーん・ゝ"


@pytest.mark.parametrize("text", ["髙﨑𠮷", "神\ufa19", "葛\U000e0100", "ｶﾅ", "①㈱", "か\u3099"])
def test_nothing_but_kana_is_touched(text):
    assert to_hiragana(to_katakana(text)) == text
    assert [unicodedata.name(char) for char in to_katakana(text) if not is_kana(char)] == [
        unicodedata.name(char) for char in text if not is_kana(char)
    ]


def test_a_reading_is_full_width_katakana():
    assert all(is_reading(char) for char in "ヴァーン・ヵヶ　 ")
    assert not any(is_reading(char) for char in "あ漢A1ｶ\n、")


def test_rows_are_the_keyboard_of_the_design():
    table = rows(katakana=False)
    assert ["".join(row) for row in table] == [
        "あかさたなはまやらわ",
        "いきしちにひみりを",
        "うくすつぬふむゆるん",
        "えけせてねへめれー",
        "おこそとのほもよろ・",
    ]
    assert table[1][7] == ""
    assert rows(katakana=True)[0][:3] == ("ア", "カ", "サ")
    assert all(len(row) == 10 for row in table)
