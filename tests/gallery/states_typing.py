"""The looks of the keyboard while kana become kanji, as scripts for a journey."""

from __future__ import annotations

from pathlib import Path

from kiosk.journey.candidate_events import CandidatesReady, CandidatesTurned, ReadingReady, VariantsAsked
from kiosk.journey.events import Event, FieldOpened
from kiosk.text_input.candidates import Candidate, offered
from kiosk.text_input.fallback import load_words
from tests.gallery.playing import keys

NAMES = Path(__file__).parents[2] / "config/names"
# What mozc writes for these kana, so that the pictures do not wait for it.
SAITO = ("斎藤", "斉藤", "齋藤", "齊藤", "西東", "再討", "柴藤", "斉頭")
LONG = ("東京都千代田区霞が関", "東京都", "東京と")


def _offer(reading: str, words: tuple[str, ...]) -> CandidatesReady:
    return CandidatesReady(reading, offered((Candidate(word, len(reading)) for word in words), reading))


def typing_states(name: tuple[Event, ...], reading: tuple[Event, ...]) -> dict[str, tuple[Event, ...]]:
    """Return the states; `name` opens a field for kanji, `reading` one for フリガナ."""
    saito = (*name, *keys("さいとう"), _offer("さいとう", SAITO))
    listed = CandidatesReady("わたなべ", load_words(NAMES).convert("わたなべ"), listed=True)
    place = "とうきょうとちよだくかすみがせき"
    return {
        "entry.name.candidates": saito,
        "entry.name.candidates.last": (*saito, CandidatesTurned(6)),
        "entry.name.look-alikes": (*saito, VariantsAsked()),
        "entry.name.listed": (*name, *keys("わたなべ"), listed),
        "entry.name.listed.look-alikes": (*name, *keys("わたなべ"), listed, VariantsAsked()),
        "entry.name.candidates.long": (*name, *keys(place), _offer(place, LONG)),
        "entry.kana.suggested": (*reading, FieldOpened("kana"), ReadingReady("kana", "つるがしま　はなこ")),
    }
