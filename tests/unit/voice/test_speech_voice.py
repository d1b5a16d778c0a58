"""What is said aloud for every scene, and that nothing of the citizen's is among it without headphones."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from kiosk.forms.loader import load_forms
from kiosk.journey.map import Step
from kiosk.screens.focus import targets
from kiosk.screens.keypad import Keypad, Move
from kiosk.voice.clips import Clips, clip_name
from kiosk.voice.narrator import Narrator
from kiosk.voice.player import Player, tone
from kiosk.voice.prompts import Prompts, spoken_form
from kiosk.voice.spoken import focused, speech
from kiosk.voice.synthesis import render
from kiosk.voice.words import options_of, words_of
from tests.gallery.easel import BIG, easels
from tests.gallery.papers import catalogue
from tests.gallery.views import states, view_of

os.environ["SDL_AUDIODRIVER"] = "dummy"
ROOT = Path(__file__).parents[3]
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
_EASELS = cache(easels)


@cache
def prompts(language: str) -> Prompts:
    forms = load_forms(ROOT / "config/forms", ("ja", "en"))
    place = view_of("attract", language).place
    known = {"city": place.city, "counter": place.counter, "pick_up": place.pick_up, "hours": place.hours}
    return Prompts(catalogue()[language], words_of(forms, language), known, options_of(forms, language))


def said(name: str, language: str, *, private: bool):
    view = view_of(name, language)
    return speech(_EASELS()[BIG].stage.arrange(view), catalogue()[language], prompts(language), private=private)


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
    options = {spoken_form(option) for option in options_of(load_forms(ROOT / "config/forms", ("ja", "en")), "ja")}
    aloud = said("review.2", "ja", private=False).sentences
    assert not options & set(aloud)


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("name", [n for n in states() if n.startswith(("password", "prefill-pin")) and "idle" not in n])
def test_no_key_of_a_pad_is_ever_spoken(name, private):
    sentences = said(name, "ja", private=private).sentences
    assert not [sentence for sentence in sentences if len(sentence) == 1]
    assert "文字盤があります" in sentences
    for widget in targets(_EASELS()[BIG].stage.arrange(view_of(name, "ja"))):
        if widget.secret:
            assert focused(widget, catalogue()["ja"], prompts("ja"), private=private) == ()


class Socket:
    def __init__(self) -> None:
        self.inside = False

    def plugged(self) -> bool:
        return self.inside


class Ear(Player):
    """A player that also keeps what it was given."""

    def __init__(self) -> None:
        super().__init__("dummy", 0.5)
        self.heard: list[list[bytes]] = []

    def play(self, sounds) -> None:
        self.heard.append(list(sounds))


@pytest.fixture
def narrator(tmp_path):
    words = ["申請へ進む前のご確認", "申請へ進む"]
    for word in words:
        path = tmp_path / clip_name("ja", word)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(word.encode())
    return Narrator(catalogue(), prompts, Clips(tmp_path), Ear(), Socket())


def hear(narrator: Narrator, name: str, where: int, *, voice: bool, focus=None) -> list[list[bytes]]:
    view = replace(view_of(name, "ja"), voice=voice)
    narrator.hear(where, view, _EASELS()[BIG].stage.arrange(view), focus)
    return narrator._player.heard


def test_it_is_silent_until_headphones_or_a_wish(narrator):
    assert hear(narrator, "checklist", 1, voice=False) == []
    heard = hear(narrator, "checklist", 1, voice=True)
    assert "申請へ進む前のご確認".encode() in heard[-1]
    count = len(heard)
    assert len(hear(narrator, "checklist", 1, voice=True)) == count, "the same scene is said once"
    narrator.repeat()
    assert heard[-1] == heard[0]
    narrator.forget()
    narrator.repeat()
    assert heard[-1] == []


def test_headphones_that_come_in_begin_it_anew(narrator):
    narrator._jack.inside = True
    assert len(hear(narrator, "checklist", 1, voice=False)) == 1
    narrator._jack.inside = False
    assert len(hear(narrator, "checklist", 1, voice=False)) == 1


def test_pad_keys_sound_all_the_same(narrator):
    widgets = _EASELS()[BIG].stage.arrange(view_of("password.eight", "ja"))
    keypad = Keypad()
    for move in (Move.NEXT, Move.SELECT):
        keypad.take(move, widgets, 1000)
    hear(narrator, "password.eight", 1, voice=True)
    tones = []
    for _ in range(5):
        keypad.take(Move.NEXT, widgets, 1000)
        tones.append(hear(narrator, "password.eight", 1, voice=True, focus=keypad.focused(widgets))[-1])
    assert tones == [[tone()]] * 5


def test_the_player_plays_in_order_and_is_interrupted():
    player = Player("dummy", 0.5)
    player.play([tone(), tone()])
    player.play([tone()])
    player.close()
    assert player.played <= 3


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="eSpeak NG is for the machine that builds the image")
@pytest.mark.parametrize("language", ["ja", "ja-simple", "en", "zh-Hans", "ko", "vi", "pt"])
def test_every_language_can_be_rendered(language):
    wave = render(language, "Madoguchi 2")
    assert wave[:4] == b"RIFF"
    assert len(wave) > 4000


def test_out_of_service_speaks_too():
    assert Step.OUT_OF_SERVICE
    assert said("out-of-service.reader", "ja", private=False).sentences[0]
