"""When the narrator speaks, how loud and how fast, and that nothing private is heard without headphones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.panel import Panel
from kiosk.journey.events import AnswerChangeAsked, Answered, Opened, Overlay, RowRemoved
from kiosk.journey.journey import Journey
from kiosk.journey.voice_events import PaceChosen, VoiceChosen, VolumeChosen
from kiosk.screens.describe import describe
from kiosk.screens.focus import targets
from kiosk.screens.keypad import Keypad, Move
from kiosk.voice.clips import Clips
from kiosk.voice.levels import PACES
from kiosk.voice.narrator import Limits, Narrator
from kiosk.voice.speaker import Speaker
from kiosk.voice.tone import tone
from tests.gallery.easel import BIG
from tests.gallery.papers import catalogue
from tests.gallery.playing import State, rules
from tests.gallery.views import view_of
from tests.unit.voice.listening import EASELS, Ear, prompts

PIN = 24


def words(_language: str, read: str, _written: str) -> bytes:
    """Make a sound that holds its own words."""
    return read.encode()


@pytest.fixture
def panel():
    """Return a panel whose jack is a played pin."""
    panel = Panel("mock", headphones=PIN)
    yield panel
    panel.close()


@pytest.fixture
def narrator(tmp_path, panel):
    return Narrator(catalogue(), prompts, Speaker(Clips(tmp_path), make=words), Ear(), panel, Limits(0.6, 0.8))


def show(narrator: Narrator, view, where=1, focus=None) -> list[bytes]:
    """Show a view and return what was heard last."""
    narrator.hear(where, view, EASELS()[BIG].stage.arrange(view), focus)
    heard = narrator._player.heard
    return heard[-1] if heard else []


def test_it_is_silent_until_headphones_or_a_wish(narrator, panel):
    view = view_of("checklist", "ja")
    assert show(narrator, view) == []
    assert "申請へ進む前のご確認".encode() in show(narrator, replace(view, voice=True))
    count = len(narrator._player.heard)
    show(narrator, replace(view, voice=True))
    assert len(narrator._player.heard) == count, "the same scene is said once"
    narrator.repeat()
    assert narrator._player.heard[-1] == narrator._player.heard[0]
    narrator.forget()
    narrator.repeat()
    assert len(narrator._player.heard) == count + 1, "forgotten is forgotten"
    panel.plug(inside=True)
    assert "申請へ進む前のご確認".encode() in show(narrator, view)


def test_the_loudspeaker_never_becomes_louder_than_its_limit(narrator, panel):
    view = replace(view_of("checklist", "ja"), voice=True)
    for at, (inside, limit) in enumerate(((False, 0.6), (True, 0.8))):
        panel.plug(inside=inside)
        gains = []
        for volume in range(1, 10):
            show(narrator, replace(view, volume=volume), where=(at, volume))
            gains.append(narrator._player.how[-1].gain)
        assert gains[:5] == sorted(set(gains)), "each level is louder"
        assert max(gains) == gains[4] == pytest.approx(limit)
        assert min(gains) > 0


def test_a_changed_level_is_heard_at_once_and_nothing_else(narrator):
    view = replace(view_of("form-page.voice", "ja"), voice=True)
    show(narrator, view)
    assert show(narrator, replace(view, pace=4)) == ["はやさ 4".encode()]
    assert narrator._player.how[-1].speed == PACES[3]
    assert show(narrator, replace(view, pace=4, volume=5)) == ["音の大きさ 5".encode()]
    assert narrator._player.how[-1].gain == pytest.approx(0.6)


def test_private_words_stop_being_allowed_when_headphones_are_pulled(narrator, panel):
    panel.plug(inside=True)
    show(narrator, view_of("review", "ja"))
    private = narrator._player.how[-1]
    assert private.allowed()
    panel.plug(inside=False)
    assert not private.allowed()
    count = len(narrator._player.heard)
    narrator.repeat()
    assert len(narrator._player.heard) == count, "what was private is not repeated on the loudspeaker"
    show(narrator, replace(view_of("review", "ja"), voice=True))
    assert "花子".encode() not in b"".join(narrator._player.heard[-1])
    assert narrator._player.how[-1].allowed()


def test_a_name_is_read_as_the_citizen_said(narrator, panel):
    panel.plug(inside=True)
    view = view_of("review", "ja")
    assert view.answers["kana"] == "ツルガシマ　ハナコ"
    assert "鶴ヶ島 花子".encode() not in show(narrator, view)
    assert show(narrator, view, where=2).count("ツルガシマ ハナコ".encode()) == 2, "the name and its own フリガナ"
    unread = {name: value for name, value in view.answers.items() if name != "kana"}
    assert "鶴ヶ島 花子".encode() in show(narrator, replace(view, answers=unread), where=3)


def test_pad_keys_sound_all_the_same(narrator, panel):
    for inside in (False, True):
        panel.plug(inside=inside)
        view = replace(view_of("password.eight", "ja"), voice=True)
        widgets = EASELS()[BIG].stage.arrange(view)
        keypad = Keypad()
        for move in (Move.NEXT, Move.SELECT):
            keypad.take(move, widgets, 1000)
        narrator.hear(1, view, widgets, keypad.focused(widgets))
        tones = []
        for _ in range(5):
            keypad.take(Move.NEXT, widgets, 1000)
            tones.append(show(narrator, view, focus=keypad.focused(widgets)))
        assert tones == [[tone()]] * 5


def test_pace_and_volume_are_of_one_visit_and_have_ends():
    journey = Journey(replace(rules(State(())), speaks=True, pace=2, volume=4))
    for event in (VoiceChosen(wanted=True), Opened(Overlay.VOICE), PaceChosen(9), VolumeChosen(-3)):
        journey.handle(event)
    view = journey.view()
    assert (view.voice, view.pace, view.volume, view.overlay) == (True, 5, 1, Overlay.VOICE)
    journey._walk.session = journey._walk.fresh()
    assert (journey.view().pace, journey.view().volume, journey.view().voice) == (2, 4, False)


def test_a_kiosk_without_a_voice_has_no_such_panel():
    journey = Journey(replace(rules(State(())), speaks=False))
    journey.handle(Opened(Overlay.VOICE))
    assert journey.view().overlay is None


def test_what_is_missing_is_told_though_the_page_stays(narrator):
    before = replace(view_of("form-page.contact", "ja"), voice=True)
    show(narrator, before)
    after = replace(view_of("form-page.contact.problems", "ja"), voice=True)
    widgets = EASELS()[BIG].stage.arrange(after)
    problems = describe(widgets).problems
    assert problems == ("入力してください。", "入力してください。")
    told = ["郵便番号", problems[0], "日中に連絡のとれる電話番号", problems[1]]
    assert [sentence.decode() for sentence in show(narrator, after)] == told
    count = len(narrator._player.heard)
    show(narrator, after)
    assert len(narrator._player.heard) == count, "what is wrong is said once"


def test_the_citys_answer_is_told_when_it_comes(narrator, panel):
    panel.plug(inside=True)
    show(narrator, view_of("receipt.signed", "ja"))
    assert "申請を受け付けました".encode() in show(narrator, view_of("receipt.accepted", "ja"))


def reached(narrator, name, press) -> list[str]:
    """Move the focus to the target that sends `press` and return what is heard."""
    view = replace(view_of(name, "ja"), voice=True)
    focus = next(target for target in targets(EASELS()[BIG].stage.arrange(view)) if target.press == press)
    return [sentence.decode() for sentence in show(narrator, view, focus=focus)]


def test_an_option_is_told_with_what_it_answers(narrator):
    """記載する stands below two questions of this page: by itself it says nothing to whoever cannot see."""
    show(narrator, replace(view_of("form-page.certificate", "ja"), voice=True))
    heard = [
        reached(narrator, "form-page.certificate", Answered(*answer))
        for answer in (("relationship", "show"), ("relationship", "omit"), ("domicile", "omit"))
    ]
    assert heard == [["世帯主・続柄の記載", "記載する"], ["記載しない"], ["本籍・筆頭者の記載", "記載しない"]]


def test_a_number_is_told_with_the_key_that_changes_it(narrator, panel):
    panel.plug(inside=True)
    show(narrator, view_of("form-page.contact.filled", "ja"))
    assert reached(narrator, "form-page.contact.filled", Answered("copies", 3)) == ["必要な通数", "1つ増やす", "2通"]


def test_which_answer_is_changed_is_told(narrator):
    show(narrator, replace(view_of("review", "ja"), voice=True))
    assert reached(narrator, "review", AnswerChangeAsked("birth")) == ["生年月日", "なおす"]
    assert reached(narrator, "review", AnswerChangeAsked("address")) == ["住所", "なおす"]


def test_which_row_is_taken_away_is_told(narrator):
    name = "form-page.tenshutsu.members.family"
    show(narrator, replace(view_of(name, "ja"), voice=True))
    assert reached(narrator, name, RowRemoved("members", 2)) == ["3人目", "けす"]
