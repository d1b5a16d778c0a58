"""What is said for what is written: dates, times, numbers digit by digit, names, and which voice says which part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.voice.clips import Clips
from kiosk.voice.prompts import Sentence, spoken_form
from kiosk.voice.reading import names_read, pieces, written_out
from kiosk.voice.speaker import Speaker, read_of
from tests.unit.voice.listening import forms, prompts

DIGITS = {
    ("ja", "電話 049-271-1111"): "電話 ゼロヨンキュー、ニーナナイチ、イチイチイチイチ",
    ("ja", "〒350-2292"): "サンゴーゼロ、ニーニーキューニー",
    ("ja", "三ツ木16-1"): "三ツ木16の1",
    ("ja", "番号 K7P4-9QX2"): "番号 K ナナ P ヨン、キュー Q X ニー",
    ("ja-simple", "0492711111"): "ゼロヨンキューニーナナイチイチイチイチイチ",
    ("ja", "カードをお持ちの方に限ります"): "カードをお持ちのかたに限ります",
    ("ja", "入力できるのは、あと1回です"): "入力できるのは、あといっかいです",
    ("ja", "お手数ですが、11回"): "おてすうですが、11回",
    ("ja", "4月1日（月）"): "4月1日（ゲツヨウビ）",
    ("ja", "使う方法と、書く方向"): "使う方法と、書く方向",
    ("en", "Tel. 090-1234-5678"): "Tel. 0 9 0, 1 2 3 4, 5 6 7 8",
    ("vi", "350-2292"): "3 5 0, 2 2 9 2",
    ("pt", "K7P4-9QX2"): "K 7 P 4, 9 Q X 2",
}
LEFT_ALONE = ("手数料 300円", "1,200円", "住民票の写し 2通", "昭和29年4月1日", "あと3回", "PDF", "A4", "16桁")
DATES = {
    "ja": "2026年11月24日", "ja-simple": "2026年11月24日", "en": "24 November 2026", "zh-Hans": "2026年11月24日",
    "ko": "2026년 11월 24일", "vi": "ngày 24 tháng 11 năm 2026", "pt": "24 de novembro de 2026",
}  # fmt: skip
HOURS = {
    "ja": "8時30分から17時", "en": "8:30 to 17:00", "zh-Hans": "8点30分到17点", "ko": "8시 30분부터 17시",
    "vi": "8 giờ 30 đến 17 giờ", "pt": "8 horas e 30 às 17 horas",
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), DIGITS)
def test_numbers_that_nobody_reads_as_one_go_digit_by_digit(language, text):
    assert written_out(text, language) == DIGITS[language, text]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_other_numbers_are_read_as_numbers(text):
    assert written_out(text, "ja") == text


@pytest.mark.parametrize("language", DATES)
def test_dates_are_read_as_dates(language):
    assert written_out("2026.11.24", language) == DATES[language]
    assert written_out("2026-11-24", language) == DATES[language]
    assert written_out("2026.13.40", "en") == "2026.13.40"


@pytest.mark.parametrize("language", HOURS)
def test_times_are_read_as_times(language):
    assert written_out("8:30〜17:00", language) == HOURS[language]


def test_a_range_has_its_word():
    assert written_out("英大文字と数字 6〜16桁", "ja") == "英大文字と数字 6から16桁"


def test_japanese_words_are_read_by_the_japanese_voice():
    assert pieces("quầy số 2 (市民課)", "vi") == (("vi", "quầy số 2 ("), ("ja", "市民課"))
    assert pieces("鶴ヶ島 花子", "en") == (("ja", "鶴ヶ島 花子"),)
    assert pieces("2号窗口（市民課）", "zh-Hans") == (("zh-Hans", "2号窗口（市民課）"),)
    assert pieces("ツルガシマ ハナコ 女士", "zh-Hans") == (("ja", "ツルガシマ ハナコ"), ("zh-Hans", "女士"))
    assert pieces("한국어", "ja") == (("ko", "한국어"),)
    assert pieces("한국어 안내 3", "en") == (("ko", "한국어 안내"), ("en", "3"))
    assert pieces("゛ ゜", "ja") == pieces("－", "en") == ()
    assert pieces("戸籍の附票", "ja-simple") == (("ja-simple", "戸籍の附票"),)


def test_names_are_read_by_their_furigana_in_rows_too():
    form = next(form for form in forms() if form.id == "tenshutsu")
    answers = {"name": "髙﨑　茜", "kana": "タカサキ　アカネ"}
    assert names_read(form, answers, spoken_form) == {"髙﨑 茜": "タカサキ アカネ"}
    assert names_read(form, {"name": "髙﨑　茜"}, spoken_form) == {}
    assert names_read(None, answers, spoken_form) == {}
    rows = next(field for field in form.fields.values() if field.columns)
    columns = form.fields["name"], form.fields["kana"]
    form = replace(form, fields={**form.fields, rows.id: replace(rows, columns=columns)})
    assert names_read(form, {rows.id: [answers, {}]}, spoken_form) == {"髙﨑 茜": "タカサキ アカネ"}


def test_furigana_go_to_the_voice():
    fixed = {one.written: one.read for one in prompts("ja-simple").fixed}
    assert fixed["文字を おす ばしょが あります"] == "もじを おす ばしょが あります"
    assert not [read for read in fixed.values() if "《" in read]


def test_names_and_readings_meet_in_one_sentence():
    sentence = Sentence("氏名 鶴ヶ島 花子", "しめい 鶴ヶ島 花子")
    assert read_of(sentence, "ja-simple", {"鶴ヶ島 花子": "ツルガシマ ハナコ"}) == "しめい ツルガシマ ハナコ"


def test_each_language_says_its_own_name(tmp_path):
    said = []
    speaker = Speaker(
        Clips(tmp_path), {"Tiếng Việt": "vi"}, make=lambda language, read, _: said.append((language, read))
    )
    for sound in speaker.sounds("ja", [Sentence("Tiếng Việt", "Tiếng Việt"), Sentence("言語", "言語")]):
        sound()
    assert said == [("vi", "Tiếng Việt"), ("ja", "言語")]
