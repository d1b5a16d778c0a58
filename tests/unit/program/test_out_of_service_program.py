"""The code that staff read off the out-of-service scene says how the kiosk ended."""

import pytest

from kiosk.out_of_service import code_of


@pytest.mark.parametrize(
    ("result", "status", "code"),
    [
        ("exit-code", "78", "K-78"),
        ("exit-code", "4", "K-04"),
        ("watchdog", "KILL", "K-20"),
        ("timeout", "TERM", "K-21"),
        ("signal", "KILL", "K-30"),
        ("core-dump", "SEGV", "K-31"),
        ("oom-kill", "KILL", "K-32"),
        ("start-limit-hit", "", "K-00"),
        ("exit-code", "soon", "K-00"),
    ],
)
def test_the_code_says_how_the_kiosk_ended(result: str, status: str, code: str) -> None:
    assert code_of({"MONITOR_SERVICE_RESULT": result, "MONITOR_EXIT_STATUS": status}) == code


def test_started_by_hand_there_is_no_cause() -> None:
    assert code_of({}) == "K-00"
