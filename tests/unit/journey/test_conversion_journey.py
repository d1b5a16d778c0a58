"""A playbook of typing kanji: what is asked, what is offered, what is kept and what is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playbook import HANAKO, TO_OFFER, play

from kiosk.forms.model import FieldKind
from kiosk.journey.candidate_events import (
    CandidateChosen,
    CandidatesReady,
    CandidatesTurned,
    ReadingReady,
    ReadingTaken,
    VariantsAsked,
)
from kiosk.journey.commands import AskReading, Convert, ForgetTyping
from kiosk.journey.events import (
    CharacterTyped,
    CorrectionAsked,
    EntryKey,
    FieldOpened,
    KeyTyped,
    LeaveConfirmed,
    Pressed,
)
from kiosk.journey.map import Outcome, Step
from kiosk.text_input.candidates import Candidate

if TYPE_CHECKING:
    from kiosk.journey.journey import Journey

WATANABE = (Candidate("渡辺", 4), Candidate("渡邉", 4), Candidate("渡邊", 4), Candidate("わたなべ", 4))
DONE = Pressed(Outcome.DONE)


def keys(text: str) -> list[CharacterTyped]:
    return [CharacterTyped(char) for char in text]


@pytest.fixture
def by_hand(journey: Journey) -> Journey:
    """At the first page of the form, typed by hand, with the keyboard of the name open."""
    play(journey, *TO_OFFER, Pressed(Outcome.BY_HAND), FieldOpened("name"))
    assert journey.step is Step.ENTRY
    return journey


def text(journey: Journey) -> str:
    entry = journey.view().entry
    assert entry is not None
    assert entry.composer is not None
    return entry.composer.text


def offer(journey: Journey):
    entry = journey.view().entry
    assert entry is not None
    return entry.offer


def asked(commands: list) -> list[tuple[str, FieldKind]]:
    return [(command.reading, command.kind) for command in commands if isinstance(command, Convert)]


def test_every_key_asks_anew(by_hand: Journey) -> None:
    commands = play(by_hand, *keys("わたな"), CharacterTyped("へ"), KeyTyped(EntryKey.VOICE))
    assert [reading for reading, _ in asked(commands)] == ["わ", "わた", "わたな", "わたなへ", "わたなべ"]
    assert {kind for _, kind in asked(commands)} == {FieldKind.NAME}


def test_a_candidate_is_written(by_hand: Journey) -> None:
    play(by_hand, *keys("わたなべ"), CandidatesReady("わたなべ", WATANABE), CandidateChosen(2))
    assert (text(by_hand), offer(by_hand)) == ("渡邊", None)


def test_the_rest_is_converted_next(by_hand: Journey) -> None:
    play(by_hand, *keys("わたなべたろう"), CandidatesReady("わたなべたろう", (Candidate("渡邊", 4),)))
    commands = play(by_hand, CandidateChosen(0))
    assert (text(by_hand), asked(commands)) == ("渡邊たろう", [("たろう", FieldKind.NAME)])


def test_a_stale_answer_is_ignored(by_hand: Journey) -> None:
    play(by_hand, *keys("わた"), CandidatesReady("わ", (Candidate("和", 1),)))
    assert offer(by_hand) is None


def test_candidates_of_other_kana_cannot_be_chosen(by_hand: Journey) -> None:
    play(by_hand, *keys("わたなべ"), CandidatesReady("わたなべ", WATANABE), *keys("さ"), CandidateChosen(0))
    assert text(by_hand) == "わたなべさ"


@pytest.mark.parametrize("id_", [-1, 4, 99])
def test_a_candidate_that_is_not_there_changes_nothing(by_hand: Journey, id_: int) -> None:
    play(by_hand, *keys("わたなべ"), CandidatesReady("わたなべ", WATANABE), CandidateChosen(id_))
    assert text(by_hand) == "わたなべ"


def test_what_has_no_room_is_not_offered(by_hand: Journey) -> None:
    entry = by_hand.view().entry
    assert entry is not None
    assert entry.composer is not None
    play(by_hand, *keys("あ" * (entry.composer.limit - 1)), *keys("わ"))
    reading = text(by_hand)
    play(by_hand, CandidatesReady(reading, (Candidate("長い", 1), Candidate("和", 1))))
    assert [candidate.text for candidate in offer(by_hand).candidates] == ["和"]


def test_the_kana_stay_when_nothing_is_chosen(by_hand: Journey) -> None:
    play(by_hand, *keys("わたなべ"), CandidatesReady("わたなべ", WATANABE), DONE)
    assert by_hand.view().answers["name"] == "わたなべ"


def test_nothing_is_kept_when_the_field_closes(by_hand: Journey) -> None:
    play(by_hand, *keys("わたなべ"), CandidatesReady("わたなべ", WATANABE), Pressed(Outcome.BACK))
    assert by_hand.view().entry is None
    play(by_hand, CandidatesReady("わたなべ", WATANABE), CandidateChosen(0))
    assert by_hand.view().answers.get("name") is None


def test_erasing_the_last_kana_takes_the_offer_away(by_hand: Journey) -> None:
    play(by_hand, *keys("わ"), CandidatesReady("わ", (Candidate("和", 1),)), KeyTyped(EntryKey.ERASE))
    assert offer(by_hand) is None


def test_other_candidates_and_round_again(by_hand: Journey) -> None:
    play(by_hand, *keys("わたなべ"), CandidatesReady("わたなべ", WATANABE), CandidatesTurned(3))
    assert offer(by_hand).first == 3
    play(by_hand, CandidatesTurned(4))
    assert offer(by_hand).first == 0


def test_look_alikes_come_and_go(by_hand: Journey) -> None:
    play(by_hand, *keys("わたなべ"), CandidatesReady("わたなべ", WATANABE), VariantsAsked())
    assert offer(by_hand).variants
    play(by_hand, VariantsAsked(wanted=False))
    assert not offer(by_hand).variants
    play(by_hand, VariantsAsked(), CandidateChosen(1))
    assert text(by_hand) == "渡邉"


def test_a_list_is_told_apart_from_mozc(by_hand: Journey) -> None:
    play(by_hand, *keys("わたなべ"), CandidatesReady("わたなべ", WATANABE, listed=True))
    assert offer(by_hand).listed


def test_readings_numbers_and_dates_are_never_asked_about(by_hand: Journey) -> None:
    commands = play(by_hand, DONE, FieldOpened("kana"), *keys("わたなべ"))
    assert by_hand.step is Step.ENTRY
    assert asked(commands) == []
    assert text(by_hand) == "ワタナベ"


def test_a_pad_is_never_asked_about(at_form: Journey) -> None:
    commands = play(at_form, *keys("わたなべ"), KeyTyped(EntryKey.VOICE))
    assert asked(commands) == []


def test_a_name_of_the_card_keeps_its_characters(at_form: Journey) -> None:
    play(at_form, CorrectionAsked("name"), FieldOpened("name"), *keys("わ"))
    play(at_form, CandidatesReady("わ", (Candidate("和", 1),)), CandidateChosen(0))
    assert text(at_form) == f"{HANAKO.name}和"


def test_a_reading_is_suggested_and_filled_in_by_a_touch_only(by_hand: Journey) -> None:
    play(by_hand, *keys("わたなべ"), CandidatesReady("わたなべ", WATANABE), CandidateChosen(2), DONE)
    commands = play(by_hand, FieldOpened("kana"))
    assert [(command.text, command.field) for command in commands if isinstance(command, AskReading)] == [
        ("渡邊", "kana")
    ]
    play(by_hand, ReadingReady("kana", "わたなべ"))
    entry = by_hand.view().entry
    assert entry is not None
    assert (text(by_hand), entry.suggestion) == ("", "ワタナベ")
    play(by_hand, ReadingTaken())
    assert text(by_hand) == "ワタナベ"


@pytest.mark.parametrize("reading", ["", "渡辺", "abc", "わ" * 200])
def test_a_reading_that_is_none_is_not_suggested(at_form: Journey, reading: str) -> None:
    play(at_form, FieldOpened("kana"), ReadingReady("kana", reading), ReadingTaken())
    assert text(at_form) == ""


def test_a_reading_never_replaces_what_was_typed(at_form: Journey) -> None:
    play(at_form, FieldOpened("kana"), ReadingReady("kana", "つるがしま"), *keys("は"), ReadingTaken())
    assert text(at_form) == "ハ"


def test_the_end_of_the_visit_forgets_the_typing(by_hand: Journey) -> None:
    commands = play(by_hand, *keys("わたなべ"), LeaveConfirmed())
    assert [command for command in commands if isinstance(command, ForgetTyping)]
    assert by_hand.view().entry is None
