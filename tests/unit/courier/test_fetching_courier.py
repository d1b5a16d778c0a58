"""What an answer to the question for the newest catalogue means."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.courier.policy import CATALOGUE_TYPE, Later, Reason, Reply, judge_catalogue

NOW = datetime(2026, 11, 25, tzinfo=UTC)
PROBLEM = "application/problem+json"


@pytest.mark.parametrize(("status", "kind"), [(200, CATALOGUE_TYPE), (200, f"{CATALOGUE_TYPE}; v=1"), (304, "")])
def test_a_bundle_or_nothing_newer_is_no_problem(status, kind):
    assert judge_catalogue(Reply(status, {"content-type": kind}, b""), NOW) is None


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (200, "text/html", Reason.NOT_THE_CITY),
        (200, "application/json", Reason.NOT_THE_CITY),
        (204, CATALOGUE_TYPE, Reason.NOT_THE_CITY),
        (302, "text/html", Reason.NOT_THE_CITY),
        (403, PROBLEM, Reason.FORBIDDEN),
        (404, PROBLEM, Reason.UNEXPECTED),
        (429, PROBLEM, Reason.BUSY),
        (500, "text/html", Reason.SERVER_ERROR),
        (503, PROBLEM, Reason.BUSY),
    ],
)
def test_anything_else_is_asked_again_later(status, kind, reason):
    assert judge_catalogue(Reply(status, {"content-type": kind}, b"<html>"), NOW) == Later(reason)


def test_the_city_says_when():
    reply = Reply(503, {"content-type": PROBLEM, "retry-after": "120"}, b"")
    assert judge_catalogue(reply, NOW) == Later(Reason.BUSY, 120.0)
