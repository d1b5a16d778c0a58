"""The sound itself: speech and not silence, never clipped, faster and slower, and silent at once when it must be."""

from __future__ import annotations

import os
import shutil
from array import array
from itertools import pairwise
from math import pi, sin
from threading import Event

import pygame
import pytest

from kiosk.voice.levels import PACES
from kiosk.voice.player import RATE, Loud, Player
from kiosk.voice.stretch import stretched
from kiosk.voice.synthesis import DICTIONARY, VOICES, CannotSpeak, render
from kiosk.voice.tone import beeps, tone
from kiosk.voice.waves import HIGHEST, USUAL, levelled, loudness, samples_of, wav_of
from tests.unit.voice.listening import raise_it

SENTENCES = {
    "ja-simple": "カードを おいて ください",
    "en": "Place your card on the tray",
    "zh-Hans": "请放置您的卡",
    "ko": "카드를 올려 주세요",
    "vi": "Xin đặt thẻ lên khay",
    "pt": "Coloque o cartão na bandeja",
}
HAS_VOICE = VOICES.is_dir() and DICTIONARY.is_dir() and shutil.which("open_jtalk")


@pytest.fixture(autouse=True)
def silent_device(monkeypatch):
    monkeypatch.setitem(os.environ, "SDL_AUDIODRIVER", "dummy")


def sine(seconds: float, height: float, hertz: float = 220.0) -> array:
    return array("h", (round(32767 * height * sin(2 * pi * hertz * at / RATE)) for at in range(int(RATE * seconds))))


def crossings(samples: array) -> int:
    return sum((a < 0) != (b < 0) for a, b in pairwise(samples))


def syllables(samples: array, rate: int) -> int:
    """Count the hills of the envelope, 20 ms a step: what tells speech from noise, hum and silence."""
    step = rate // 50
    hills = [max(map(abs, samples[at : at + step])) for at in range(0, len(samples) - step, step)]
    high, low = 0.4 * max(hills), 0.25 * max(hills)
    count, above = 0, False
    for hill in hills:
        if hill > high and not above:
            count, above = count + 1, True
        elif hill < low:
            above = False
    return count


def is_speech(wav: bytes, seconds: tuple[float, float]) -> None:
    samples, rate = samples_of(wav)
    usual, peak = loudness(samples)
    assert seconds[0] < len(samples) / rate < seconds[1]
    assert 0.03 < usual <= USUAL * 1.01
    assert peak <= HIGHEST + 0.001, "nothing is clipped"
    assert 100 < crossings(samples) / 2 / (len(samples) / rate) < 4000, "about as high as a voice is"
    assert syllables(samples, rate) >= 3


@pytest.mark.parametrize("language", SENTENCES)
def test_every_language_comes_out_as_speech(language):
    is_speech(render(language, SENTENCES[language]), (0.8, 5.0))


@pytest.mark.skipif(not HAS_VOICE, reason="the Japanese voice is in Debian's contrib: image/voice.sh brings it")
def test_kanji_come_out_as_speech():
    is_speech(render("ja", "カードを置くと、自動で次へ進みます"), (1.5, 8.0))


@pytest.mark.skipif(not HAS_VOICE, reason="the Japanese voice is in Debian's contrib: image/voice.sh brings it")
def test_a_reading_counts_where_the_dictionary_reads_otherwise():
    one, other = render("ja", "しじょうへ", "市場へ"), render("ja", "いちばへ", "市場へ")
    assert one != other
    assert render("ja", "市場へ") in {one, other}, "the kanji are said where they are read alike"


def test_without_a_dictionary_kanji_are_not_said_as_something_else(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotSpeak):
        render("ja", "申請")
    (tmp_path / "espeak-ng").symlink_to("/usr/bin/espeak-ng")
    with pytest.raises(CannotSpeak):
        render("ja", "申請")
    is_speech(render("ja", "しんせい します"), (0.4, 4.0))


@pytest.mark.parametrize("height", [0.02, 0.3, 1.0])
def test_all_voices_become_equally_loud(height):
    usual, peak = loudness(samples_of(levelled(wav_of(sine(0.5, height), RATE)))[0])
    assert usual == pytest.approx(USUAL, rel=0.01)
    assert peak <= HIGHEST


def test_a_sharp_peak_is_never_clipped_and_silence_stays_silent():
    click = sine(1.0, 0.01)
    click[5000] = 32767
    assert loudness(samples_of(levelled(wav_of(click, RATE)))[0])[1] == pytest.approx(HIGHEST, rel=0.01)
    assert loudness(samples_of(levelled(wav_of(array("h", bytes(4000)), RATE)))[0]) == (0.0, 0.0)


@pytest.mark.parametrize("broken", [b"", b"RIFF", b"OggS....", tone()[:20]])
def test_what_is_no_wav_is_refused(broken):
    with pytest.raises(ValueError):
        levelled(broken)


@pytest.mark.parametrize("speed", PACES)
def test_faster_and_slower_at_the_same_pitch(speed):
    wave = sine(2.0, 0.5)
    changed = array("h", stretched(wave.tobytes(), speed, RATE))
    assert len(changed) == pytest.approx(len(wave) / speed, rel=0.05)
    assert crossings(changed) / len(changed) == pytest.approx(crossings(wave) / len(wave), rel=0.05)


def wait_until(condition, event: Event | None = None) -> None:
    clock = event or Event()
    for _ in range(2000):
        if condition():
            return
        clock.wait(0.005)
    raise AssertionError("it never came true")


@pytest.fixture
def player():
    player = Player("dummy", raise_it)
    yield player
    player.close()


def test_sounds_come_in_order_and_the_new_interrupts_the_old(player):
    made = []
    long = wav_of(sine(30.0, 0.1), RATE)

    def sound(name: str, wav: bytes):
        return lambda: (made.append(name), wav)[1]

    player.play([sound("a", tone()), sound("b", long), sound("c", tone())], Loud())
    wait_until(lambda: made == ["a", "b"] and player.sounding)
    player.play([sound("d", tone())], Loud())
    wait_until(lambda: made[-1] == "d" and not player.sounding)
    assert made == ["a", "b", "d"], "what was waiting is not even made"


def test_hushing_is_heard_at_once(player):
    long = wav_of(sine(30.0, 0.1), RATE)
    player.play([lambda: long], Loud())
    wait_until(lambda: player.sounding)
    player.hush()
    assert not player.sounding


def test_what_is_not_allowed_is_never_played(player):
    asked = Event()
    long = wav_of(sine(30.0, 0.1), RATE)

    def allowed() -> bool:
        asked.set()
        return False

    player.play([lambda: long], Loud(allowed=allowed))
    assert asked.wait(10)
    following = Event()
    player.play([lambda: (following.set(), b"")[1]], Loud())
    assert following.wait(10), "the thread is done with the first"
    assert not player.sounding


def test_an_error_in_the_thread_is_told_and_the_next_sound_comes():
    told, played = [], Event()
    player = Player("dummy", told.append)
    player.play([lambda: b"no sound file at all"], Loud())
    wait_until(lambda: told)
    player.play([lambda: (played.set(), tone())[1]], Loud())
    assert played.wait(10)
    player.close()


def test_a_signal_is_heard_beside_what_is_said_and_not_hushed(player):
    signal = beeps(0.1, 0.3, 2)
    assert len(samples_of(signal)[0]) == pytest.approx(RATE * 0.8, rel=0.01)
    player.signal(wav_of(sine(30.0, 0.1), RATE), 0.5)
    player.play([lambda: wav_of(sine(30.0, 0.1), RATE)], Loud())
    wait_until(lambda: player.sounding)
    player.hush()
    assert not player.sounding
    assert pygame.mixer.get_busy(), "the signal goes on"
