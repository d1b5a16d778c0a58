"""What is said aloud for every scene, and that nothing of the citizen's is among it without headphones."""

from __future__ import annotations

import pytest

from kiosk.screens.focus import targets
from kiosk.voice.prompts import spoken_form
from kiosk.voice.spoken import focused
from kiosk.voice.words import options_of
from tests.gallery.easel import BIG
from tests.gallery.papers import catalogue
from tests.gallery.views import states, view_of
from tests.unit.voice.listening import EASELS, forms, prompts, said

# Said by cards, typed or chosen by people in the gallery's states.
PERSONAL = (
    *(
        "鶴ヶ島　花子",
        "鶴ヶ島 花子",
        "長久保",
        "髙﨑",
        "𠮷",
        "つるがしま",
        "ツルガシマ",
        "富士見",
        "350",
        "049",
        "昭和29",
    ),
    *("1954", "昭和13", "K7P4", "KIOSK", "ACCOUNT"),
)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", states())
def test_every_scene_speaks_and_keeps_what_is_personal(name, language):
    aloud = said(name, language, private=False)
    assert aloud.sentences
    heard = " ".join(aloud.sentences)
    assert not [word for word in PERSONAL if word in heard]
    alone = said(name, language, private=True)
    assert len(alone.sentences) >= len(aloud.sentences) - (1 if aloud.withheld else 0)
    assert alone.withheld == 0


def test_answers_are_heard_with_headphones_only():
    assert "鶴ヶ島 花子" not in " ".join(said("review", "ja", private=False).sentences)
    assert any("花子" in sentence for sentence in said("review", "ja", private=True).sentences)
    assert "入力した内容は、イヤホンをつなぐと読み上げます" in said("review", "ja", private=False).sentences


def test_a_chosen_option_is_not_read_out_as_an_answer():
    options = {spoken_form(option) for option in options_of(forms(), "ja")}
    aloud = said("review.2", "ja", private=False).sentences
    assert not options & set(aloud)


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("name", [n for n in states() if n.startswith(("password", "prefill-pin")) and "idle" not in n])
def test_no_key_of_a_pad_is_ever_spoken(name, private):
    sentences = said(name, "ja", private=private).sentences
    assert not [sentence for sentence in sentences if len(sentence) == 1]
    assert "文字盤があります" in sentences
    for widget in targets(EASELS()[BIG].stage.arrange(view_of(name, "ja"))):
        if widget.secret:
            assert focused(widget, catalogue()["ja"], prompts("ja"), private=private) == ()


def test_out_of_service_speaks_too():
    assert said("out-of-service.reader", "ja", private=False).sentences[0] == "ただいま ご利用いただけません"


def test_furigana_are_what_is_read():
    sentences = said("checklist", "ja-simple", private=False).said
    assert [one for one in sentences if one.read != one.written]
    assert not [one.read for one in sentences if "《" in one.read or "《" in one.written]


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("choose-form", {"約5分", "手数料 300円", "手数料はかかりません"}),
        ("prefill-offer", {"画面の文字盤で入力します。 カードは最後の電子署名で使います。"}),
    ],
)
@pytest.mark.parametrize("private", [True, False])
def test_what_stands_below_a_choice_is_heard_with_it(name, sentences, private):
    assert sentences <= set(said(name, "ja", private=private).sentences)
    choices = targets(EASELS()[BIG].stage.arrange(view_of(name, "ja")))
    told = [focused(widget, catalogue()["ja"], prompts("ja"), private=private) for widget in choices]
    assert sentences <= {sentence.written for sentences in told for sentence in sentences}


def test_a_page_is_told_in_the_order_of_reading():
    """Each question is followed by what can be answered to it, and the way on and out come last."""
    sentences = said("form-page.certificate.problems", "ja", private=False).sentences
    told = ("証明の内容を選んでください", "証明の種類", "1つ選んでください。", "世帯全員", "世帯主・続柄の記載")
    places = [sentences.index(sentence) for sentence in (*told, "記載する", "次へ", "職員を呼ぶ")]
    assert places[0] == 0
    assert places == sorted(places)


def test_what_to_do_is_heard_without_headphones():
    """Only what belongs to the citizen is kept back: not how a card is laid, nor which counter comes next."""
    assert {"1 ケースから出す", "3 枠の中央に、ぴったり置く"} <= set(said("lay-card", "ja", private=False).sentences)
    sentences = said("receipt.accepted", "ja", private=False).sentences
    assert any(sentence.startswith("次は 3番窓口") for sentence in sentences)
    assert not any("K7P4" in sentence for sentence in sentences)
