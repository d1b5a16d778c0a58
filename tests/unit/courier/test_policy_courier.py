from datetime import UTC, datetime

import pytest

from kiosk.courier.policy import Backoff, Later, Reason, Refused, Reply, judge, retry_after

NOW = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
PROBLEM = {"content-type": "application/problem+json"}


def reply(status, content_type="application/problem+json", body=b"{}", **headers):
    return Reply(status, {"content-type": content_type, **{k.replace("_", "-"): v for k, v in headers.items()}}, body)


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_json_claims_to_be_a_receipt(status, kind):
    assert judge(reply(status, kind), NOW) is None


@pytest.mark.parametrize("status", [200, 201, 204, 301, 302, 307, 308, 102])
def test_anything_else_that_sounds_good_is_not_the_city(status):
    assert judge(reply(status, "text/html"), NOW) == Later(Reason.NOT_THE_CITY)


@pytest.mark.parametrize("status", [204, 302, 307])
def test_json_with_another_good_status_is_not_the_city(status):
    assert judge(reply(status, "application/json"), NOW) == Later(Reason.NOT_THE_CITY)


@pytest.mark.parametrize("status", [400, 413, 415, 422])
def test_final_refusals_carry_the_citys_code(status):
    body = b'{"type":"about:blank","code":"certificate-revoked"}'
    assert judge(reply(status, body=body), NOW) == Refused("certificate-revoked")


@pytest.mark.parametrize("body", [b"", b"[]", b'{"code":7}', b'{"code":"<script>"}', b"[" * 100_000, b"\xff"])
def test_a_refusal_without_a_usable_code_is_named_by_its_status(body):
    assert judge(reply(422, body=body), NOW) == Refused("status-422")


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_proxy_cannot_refuse_for_the_city(status):
    assert judge(reply(status, "text/html"), NOW) == Later(Reason.UNEXPECTED)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, Reason.FORBIDDEN),
        (403, Reason.FORBIDDEN),
        (404, Reason.UNEXPECTED),
        (408, Reason.UNEXPECTED),
        (409, Reason.IN_PROGRESS),
        (425, Reason.UNEXPECTED),
        (429, Reason.BUSY),
        (500, Reason.SERVER_ERROR),
        (502, Reason.SERVER_ERROR),
        (503, Reason.BUSY),
        (504, Reason.SERVER_ERROR),
    ],
)
def test_everything_else_is_tried_again(status, reason):
    assert judge(reply(status), NOW) == Later(reason)


def test_one_bad_application_holds_nobody_else_up():
    assert not Later(Reason.SERVER_ERROR).city_wide
    assert not Later(Reason.RECEIPT_FAULTY).city_wide
    assert Later(Reason.UNREACHABLE).city_wide


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("", 0.0),
        ("-5", 0.0),
        ("soon", 0.0),
        ("999999", 3600.0),
        ("9" * 5000, 3600.0),
        ("٣", 0.0),
        ("Tue, 01 Dec 2026 03:00:30 GMT", 30.0),
        ("Tue, 01 Dec 2026 02:00:00 GMT", 0.0),
        ("Tue, 01 Dec 2099 03:00:00 GMT", 3600.0),
        ("Tue, 01 Dec 2026 03:00:30 -0000", 0.0),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(text, seconds):
    assert retry_after(text, NOW) == seconds


def test_busy_keeps_the_citys_wish():
    assert judge(reply(503, retry_after="7"), NOW) == Later(Reason.BUSY, 7.0)


def test_waits_double_up_to_the_longest_and_half_is_chance():
    backoff = Backoff(first=2.0, longest=900.0)
    assert [backoff.wait(attempt, 1.0) for attempt in (1, 2, 3, 9, 10, 11, 5000)] == [2, 4, 8, 512, 900, 900, 900]
    assert [backoff.wait(attempt, 0.0) for attempt in (1, 2)] == [1, 2]


def test_what_the_attempt_brought_lengthens_the_wait_only():
    backoff = Backoff(first=2.0, longest=900.0)
    assert backoff.after(Later(Reason.BUSY, 60.0), planned=8.0) == 60.0
    assert backoff.after(Later(Reason.BUSY, 1.0), planned=8.0) == 8.0
    assert backoff.after(Later(Reason.FORBIDDEN), planned=2.0) == 900.0
