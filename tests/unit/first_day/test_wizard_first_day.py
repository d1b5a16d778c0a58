"""The walk through the self-test as a conversation: what is pressed and found, what is ordered."""

from __future__ import annotations

import pytest

from kiosk.first_day.findings import BY_HAND, BY_ITSELF, NOT_FITTED, PASSED, SKIPPED, Code, Part, Result, failed
from kiosk.first_day.wizard import (
    MISSES,
    TARGETS,
    Act,
    Chosen,
    Found,
    HelpPressed,
    Missed,
    Order,
    Step,
    StickSeen,
    Targeted,
    Wizard,
)
from kiosk.provision.outcome import Outcome

ALL = frozenset(Part)
MUSTS = (Part.SCREEN, Part.TOUCH, Part.READER, Part.DISK)


def play(wizard: Wizard, *events) -> list[Order]:
    return [order for event in events for order in wizard.handle(event)]


def wizard(fitted=ALL) -> Wizard:
    return Wizard(Step.WELCOME, fitted, MUSTS)


def press(*acts: Act) -> list[Chosen]:
    return [Chosen(act) for act in acts]


TOUCHED = [Targeted(number) for number in range(TARGETS)]
BY_HANDS = [
    *press(Act.BEGIN, Act.YES), *TOUCHED, *press(Act.YES, Act.YES, Act.YES), HelpPressed(), Found(Part.READER, PASSED),
]  # fmt: skip
FOUND = [Found(part, PASSED) for part in BY_ITSELF]


def test_all_parts_pass_and_the_kiosk_opens() -> None:
    made = wizard()
    orders = play(made, *BY_HANDS)
    assert orders == [
        Order.LIGHT, Order.DARK, Order.BEEP, Order.SPEAK, Order.READ_CARD, Order.STOP_READING, Order.LOOK,
    ]  # fmt: skip
    assert made.step is Step.MACHINE
    assert play(made, *FOUND) == [Order.SAVE]
    assert (made.step, made.ready) == (Step.SUMMARY, True)
    assert all(made.findings[part].good for part in Part)
    assert play(made, *press(Act.OPEN)) == [Order.OPEN]


def test_what_is_not_fitted_is_left_out_and_noted() -> None:
    made = wizard({Part.SCREEN, Part.TOUCH, Part.READER, *BY_ITSELF} - {Part.CAMERA})
    play(made, *press(Act.BEGIN, Act.YES), *TOUCHED)
    assert made.step is Step.READER
    play(made, Found(Part.READER, PASSED), *FOUND)
    assert {part for part in Part if made.findings[part] == NOT_FITTED} == {
        Part.LAMP, Part.BUZZER, Part.VOICE, Part.BUTTON,
    }  # fmt: skip
    assert made.ready


@pytest.mark.parametrize(("finding", "opens"), [(SKIPPED, False), (failed(Code.DISK_FULL), False), (PASSED, True)])
def test_a_must_that_did_not_pass_keeps_the_kiosk_closed(finding, opens: bool) -> None:
    made = wizard()
    others = [Found(part, PASSED) for part in BY_ITSELF if part is not Part.DISK]
    play(made, *BY_HANDS, *others, Found(Part.DISK, finding))
    assert made.step is Step.SUMMARY
    assert made.ready is opens
    assert play(made, *press(Act.OPEN)) == ([Order.OPEN] if opens else [])


def test_an_optional_part_that_fails_is_a_line_and_no_more() -> None:
    made = wizard()
    play(made, *press(Act.BEGIN, Act.YES), *TOUCHED, *press(Act.NO, Act.SKIP, Act.NO, Act.SKIP))
    play(made, Found(Part.READER, PASSED), *FOUND)
    assert made.findings[Part.LAMP] == failed(Code.LAMP_DARK)
    assert made.findings[Part.BUZZER] == SKIPPED
    assert made.findings[Part.VOICE] == failed(Code.VOICE_SILENT)
    assert made.ready


def test_targets_count_in_their_order_only() -> None:
    made = wizard()
    play(made, *press(Act.BEGIN, Act.YES), Targeted(3), Targeted(0, 2.5), Targeted(0), Targeted(1, 6.0))
    assert (made.step, made.target) == (Step.TOUCH, 2)
    play(made, Targeted(2), Targeted(3), Targeted(4))
    assert made.findings[Part.TOUCH].detail == "6.0 mm"


def test_a_panel_that_is_off_fails() -> None:
    made = wizard()
    play(made, *press(Act.BEGIN, Act.YES), Targeted(0), *[Missed(40.0)] * (MISSES - 1))
    assert made.step is Step.TOUCH
    play(made, Missed(40.0))
    assert made.findings[Part.TOUCH] == failed(Code.TOUCH_MISSED, f"1/{TARGETS}")
    assert made.step is Step.LAMP


def test_a_wrong_card_is_told_and_the_right_one_passes() -> None:
    made = wizard({Part.READER})
    play(made, *press(Act.BEGIN))
    assert play(made, Found(Part.READER, failed(Code.CARD_OTHER, "licence"))) == []
    assert (made.step, made.findings[Part.READER].code) == (Step.READER, Code.CARD_OTHER)
    assert play(made, Chosen(Act.NO)) == [Order.STOP_READING, Order.LOOK]
    assert made.findings[Part.READER].code is Code.CARD_OTHER
    play(made, Chosen(Act.BACK))
    assert made.step is Step.MACHINE, "nobody walks away from what the machine is looking at"


@pytest.mark.parametrize("part", BY_HAND)
def test_each_part_by_hand_can_be_skipped_denied_and_gone_back_from(part: Part) -> None:
    for act, result in ((Act.SKIP, Result.SKIPPED), (Act.NO, Result.FAILED)):
        made = Wizard(Step.WELCOME, ALL, MUSTS)
        while made.step.value != part:
            play(made, Chosen(Act.BEGIN if made.step is Step.WELCOME else Act.SKIP))
        play(made, Chosen(act))
        assert made.findings[part].result is result
        assert (made.findings[part].code is None) == (result is Result.SKIPPED)


def test_what_proves_itself_is_not_passed_by_a_word() -> None:
    for part, step in ((Part.TOUCH, Step.TOUCH), (Part.BUTTON, Step.BUTTON), (Part.READER, Step.READER)):
        made = Wizard(step, ALL, MUSTS)
        assert play(made, Chosen(Act.YES)) == []
        assert made.step is step
        assert not made.findings.get(part, SKIPPED).good


def test_a_second_test_begins_anew() -> None:
    made = wizard()
    play(made, *BY_HANDS, *FOUND, Chosen(Act.RETRY))
    assert (made.step, made.ready, made.findings) == (Step.WELCOME, False, {})


def test_a_stick_restarts_a_machine_that_waits_for_one() -> None:
    good, bad = (Outcome("2026-11-25T00:00:00+00:00", code) for code in ("applied", "signature"))
    made = Wizard(Step.STICK, (), ())
    assert play(made, StickSeen(bad)) == []
    assert made.stick is bad
    assert play(made, StickSeen(good)) == [Order.RESTART]
    menu = Wizard(Step.MENU, ALL, MUSTS)
    assert play(menu, StickSeen(good)) == [], "in the menu the staff decide when"
    assert play(menu, Chosen(Act.RESTART)) == [Order.RESTART]


def test_the_menu_leads_back_to_the_test_and_to_the_end() -> None:
    assert play(Wizard(Step.MENU, ALL, MUSTS), Chosen(Act.OPEN)) == [Order.OPEN]
    assert play(Wizard(Step.MENU, ALL, MUSTS), Chosen(Act.POWER_OFF)) == [Order.POWER_OFF]
    menu = Wizard(Step.MENU, ALL, MUSTS)
    play(menu, Chosen(Act.BEGIN))
    assert (menu.step, menu.place) == (Step.WELCOME, (1, len(BY_HAND) + 3))


def test_events_out_of_place_change_nothing() -> None:
    made = wizard()
    nothing = (HelpPressed(), Targeted(0), Missed(1.0), Found(Part.DISK, PASSED), *press(Act.OPEN, Act.NO, Act.BACK))
    assert play(made, *nothing) == []
    assert (made.step, made.findings) == (Step.WELCOME, {})
