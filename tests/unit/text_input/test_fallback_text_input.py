"""The word lists that serve where mozc does not, and the characters that differ in a stroke."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from kiosk.text_input.candidates import FIRST, MOST, Candidate, offered
from kiosk.text_input.fallback import FILES, WordList, WordListError, load_words
from kiosk.text_input.variants import FAMILIES, alike, other_forms, plain

NAMES = Path(__file__).parents[3] / "config/names"


@pytest.fixture(scope="module")
def words() -> WordList:
    return load_words(NAMES)


@pytest.mark.parametrize(
    ("reading", "wanted"),
    [
        ("わたなべ", ["渡辺", "渡部", "渡邉", "渡邊"]),
        ("たかはし", ["高橋", "髙橋"]),
        ("やまざき", ["山崎", "山﨑"]),
        ("よしだ", ["吉田", "𠮷田"]),
        ("さいとう", ["斎藤", "斉藤"]),
        ("はなこ", ["花子"]),
        ("つるがしまし", ["鶴ヶ島市"]),
    ],
)
def test_common_names_and_places_are_there(words: WordList, reading: str, wanted: list[str]) -> None:
    assert [candidate.text for candidate in words.convert(reading)][: len(wanted)] == wanted


def test_a_beginning_is_found_and_the_rest_waits(words: WordList) -> None:
    assert ("渡邊", 4) in [(candidate.text, candidate.reads) for candidate in words.convert("わたなべたろう")]


def test_unknown_kana_can_be_kept_or_become_katakana(words: WordList) -> None:
    assert [candidate.text for candidate in words.convert("ぬぬぬ")] == ["ヌヌヌ", "ぬぬぬ"]


@pytest.mark.parametrize(
    ("name", "reading"), [("髙橋　花子", "たかはし　はなこ"), ("渡邉 太郎", "わたなべ たろう"), ("謎　花子", "")]
)
def test_a_name_is_read_when_every_part_is_known(words: WordList, name: str, reading: str) -> None:
    assert words.reading_of(name) == reading


def test_about_three_hundred_names(words: WordList) -> None:
    assert len(words.words) >= 280


@pytest.mark.parametrize("line", ["山田", "やまだ\t", "yamada\t山田", "\t山田", "やまだ 山田"])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    for name in FILES:
        (tmp_path / name).write_text("# words\nやま\t山\n", encoding="utf-8")
    (tmp_path / FILES[1]).write_text(f"# words\n{line}\n", encoding="utf-8")
    with pytest.raises(WordListError, match=rf"{FILES[1]}:2"):
        load_words(tmp_path)


def test_a_character_belongs_to_one_family_and_comes_once() -> None:
    every = [char for family in FAMILIES for char in family]
    assert len(every) == len(set(every))
    assert all(len(family) > 1 for family in FAMILIES)
    assert all(unicodedata.name(char).startswith("CJK") for char in every)


def test_a_look_up_folds_and_a_name_does_not() -> None:
    assert plain("髙﨑𠮷邊") == "高崎吉辺"
    assert "髙橋" in other_forms("高橋")
    assert other_forms("髙橋")[0] == "高橋"
    assert other_forms("山本") == ()


def test_the_nearest_form_comes_first() -> None:
    assert other_forms("高橋")[0] == "髙橋"


def test_look_alikes_are_grouped() -> None:
    assert alike(["渡辺", "渡邉", "渡部", "渡邊", "山崎", "山﨑", "林"]) == ((0, 1, 3), (4, 5))


def test_the_kana_fill_the_first_page() -> None:
    found = offered([Candidate(chr(0x4E00 + number), 1) for number in range(99)], "い")
    assert [candidate.text for candidate in found[FIRST : FIRST + 2]] == ["イ", "い"]
    assert len(found) == MOST


def test_pictures_signs_and_half_width_are_not_offered() -> None:
    found = offered([Candidate(text, 1) for text in ("🎋", "①", "→", "TOKYO", "ワ゛", "", "輪")], "わ")
    assert [candidate.text for candidate in found] == ["輪", "ワ", "わ"]
