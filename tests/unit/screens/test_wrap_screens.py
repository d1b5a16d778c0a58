import itertools

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kiosk.screens.rich import Run, harmless, parse, plain
from kiosk.screens.setting import Setting
from kiosk.screens.wrap import NEVER_FIRST, NEVER_LAST, atoms, phrases, wrap

BODY = Setting(28, 42)


class Ems:
    """Every character is one em wide, ASCII half of that."""

    def line_width(self, line, setting):
        return sum(setting.px / 2 if sign.isascii() else setting.px for run in line for sign in run.text)


def lines(text, ems):
    return ["".join(run.text for run in line) for line in wrap(text, BODY, ems * 28, Ems())]


SENTENCE = "公的個人認証が必要な手続きを、この画面で申請することができるサービスです。"


def test_a_line_ends_at_phrases():
    broken = lines(SENTENCE, 16)
    assert "".join(broken) == SENTENCE
    assert len(broken) == 3
    assert broken[0] == "公的個人認証が必要な手続きを、"


def test_a_newline_always_ends_a_line():
    assert lines("一行目\n\n三行目", 20) == ["一行目", "", "三行目"]


def test_latin_words_stay_whole_and_lose_the_space_at_the_end():
    assert lines("Please check each item", 4) == ["Please", "check", "each", "item"]
    assert lines("Please check each item", 5) == ["Please", "check each", "item"]


def test_no_phrase_is_left_alone_on_the_last_line():
    broken = lines("あいさつを申し上げます。ありがとうございました。はい。", 24)
    assert len(broken) == 2
    assert len(broken[1]) > 3


def test_a_sentence_begins_a_line_where_that_takes_no_more_of_them():
    assert lines("署名していません。申請は送られていません。", 15) == ["署名していません。", "申請は送られていません。"]
    assert lines("You did not agree. Nothing has been sent.", 14) == ["You did not agree.", "Nothing has been sent."]
    assert lines("「やめる」を押します。<b>内容は消えます。</b>", 16) == ["「やめる」を押します。", "内容は消えます。"]


def test_sentences_share_a_line_rather_than_take_one_more():
    assert lines("はい。署名をしていません。申請はまだ送信されていません。", 16)[0] == "はい。署名をしていません。"


def test_an_abbreviation_ends_no_sentence():
    assert lines("Counter no. 2 is open from 8.30 to 17.15 today", 13)[0] == "Counter no. 2 is open from"
    assert lines("As for no. 2 it is open", 7)[0] == "As for no. 2"


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.sampled_from("あいうっゃー、。」「（）アッ漢字鶴ヶ々ABC 12"), min_size=1, max_size=60),
    st.integers(6, 20),
)
def test_kinsoku_holds_and_nothing_is_lost(text, ems):
    # What kinsoku keeps together and is wider than a line has to be broken somewhere.
    assume(all(len(atom) <= ems for phrase in phrases(text) for atom in atoms(phrase)))
    broken = lines(text, ems)
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")
    for before, after in itertools.pairwise(broken):
        if before and after:
            assert after[0] not in NEVER_FIRST
            assert before[-1] not in NEVER_LAST


def test_lines_fit_unless_kinsoku_forbids():
    for line in lines("埼玉県鶴ヶ島市富士見一丁目０番０号" * 6, 12):
        assert len(line) <= 13


def test_phrases_and_atoms_lose_nothing():
    assert "".join(phrases(SENTENCE)) == SENTENCE
    assert "".join(atoms("ヴァイオリン（ABC）")) == "ヴァイオリン（ABC）"
    assert "（ABC）" in atoms("ン（ABC）")


def test_bold_runs_survive_a_break():
    broken = wrap("これは<b>とても大切なことがら</b>です。", BODY, 8 * 28, Ems())
    assert plain("これは<b>とても大切なことがら</b>です。") == "".join(run.text for line in broken for run in line)
    bold = "".join(run.text for line in broken for run in line if run.bold)
    assert bold == "とても大切なことがら"


def test_markup_is_cut_and_values_cannot_carry_it():
    assert parse("a<b>b</b>c") == (Run("a", False), Run("b", True), Run("c", False))
    assert parse(harmless("<b>x</b>")) == (Run("<\u2060b>x<\u2060/b>", False),)
    assert harmless("渡辺") == "渡辺"
