"""What an answer of the city means and how long to wait after it: pure, no network, no clock."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

RECEIPT_TYPE = "application/json"
CATALOGUE_TYPE = "application/vnd.madoguchi.catalogue+zip"
PROBLEM_TYPE = "application/problem+json"  # RFC 9457
FINAL = {400, 413, 415, 422}  # the same bytes will never be taken
LONGEST_RETRY_AFTER = 3600.0  # seconds: a city that says more is asked again earlier
CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")


class Reason(StrEnum):
    """Why an attempt did not bring an answer."""

    UNREACHABLE = "unreachable"
    TOO_SLOW = "too-slow"
    CERTIFICATE_OVER = "certificate-over"  # this kiosk's own, which was not renewed in time
    UNTRUSTED = "untrusted"  # the TLS certificate is not of the city's authority
    NOT_THE_CITY = "not-the-city"  # a captive portal, a redirect, a page
    BUSY = "busy"
    FORBIDDEN = "forbidden"  # the city does not know this kiosk, or has locked it
    RECEIPT_FAULTY = "receipt-faulty"
    IN_PROGRESS = "in-progress"
    SERVER_ERROR = "server-error"
    UNEXPECTED = "unexpected"
    STOPPED = "stopped"


# These are troubles with the city or the way to it: trying the next application at once would meet the same.
CITY_WIDE = {
    Reason.UNREACHABLE,
    Reason.TOO_SLOW,
    Reason.CERTIFICATE_OVER,
    Reason.UNTRUSTED,
    Reason.NOT_THE_CITY,
    Reason.BUSY,
    Reason.FORBIDDEN,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer as it came; names of `headers` are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def is_a(self, content_type: str) -> bool:
        """Whether the body says that it is of this media type."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() == content_type


@dataclass(frozen=True, slots=True)
class Accepted:
    """The city has it: its answer, receipt and signature checked."""

    answer: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """The city will never take it."""

    code: str


@dataclass(frozen=True, slots=True)
class Later:
    """Nothing is decided; the same bytes are sent again, after `retry_after` seconds at least."""

    reason: Reason
    retry_after: float = 0.0

    @property
    def city_wide(self) -> bool:
        """Whether other applications would meet the same."""
        return self.reason in CITY_WIDE


Outcome = Accepted | Refused | Later


def judge(reply: Reply, now: datetime) -> Refused | Later | None:
    """Say what a reply means; None when it claims to be a receipt and has to prove it."""
    status = reply.status
    if status in {200, 201} and reply.is_a(RECEIPT_TYPE):
        return None
    if status < 400:
        return Later(Reason.NOT_THE_CITY)
    if status in FINAL and reply.is_a(PROBLEM_TYPE):
        return Refused(_code(reply))
    return _later(status, retry_after(reply.headers.get("retry-after", ""), now))


def judge_catalogue(reply: Reply, now: datetime) -> Later | None:
    """Say what an answer to the question for the newest catalogue means; None for a bundle, or for nothing newer."""
    if reply.status == 304 or (reply.status == 200 and reply.is_a(CATALOGUE_TYPE)):
        return None
    if reply.status < 400:
        return Later(Reason.NOT_THE_CITY)
    return _later(reply.status, retry_after(reply.headers.get("retry-after", ""), now))


def _later(status: int, seconds: float) -> Later:
    """Name the reason of a status that decides nothing, a 4xx not listed as final among them."""
    reasons = {401: Reason.FORBIDDEN, 403: Reason.FORBIDDEN, 409: Reason.IN_PROGRESS}
    reasons |= {429: Reason.BUSY, 503: Reason.BUSY}
    return Later(reasons.get(status, Reason.SERVER_ERROR if status >= 500 else Reason.UNEXPECTED), seconds)


def _code(reply: Reply) -> str:
    """The problem's code; a problem without one is named by its status."""
    try:
        problem = json.loads(reply.body)
    except (ValueError, RecursionError):
        problem = None
    code = problem.get("code") if isinstance(problem, dict) else None
    return code if isinstance(code, str) and CODE.fullmatch(code) else f"status-{reply.status}"


def retry_after(value: str, now: datetime) -> float:
    """Read a Retry-After header, seconds or a date (RFC 9110 §10.2.3); 0 when it says nothing useful."""
    if value.isascii() and value.isdecimal():
        return min(float(value[:9]), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(value)
        seconds = (moment - now).total_seconds()
    except (TypeError, ValueError, OverflowError):  # no date at all, or one without a time zone
        return 0.0
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long to wait between attempts, in seconds: doubling from `first` to `longest`, half of it by chance."""

    first: float
    longest: float

    def wait(self, attempts: int, chance: float) -> float:
        """How long to wait after attempt number `attempts` (from 1); `chance` is between 0 and 1."""
        full = min(self.longest, self.first * 2.0 ** min(attempts - 1, 30))
        return full * (0.5 + chance / 2)

    def after(self, outcome: Later, planned: float) -> float:
        """Correct the wait that was planned before the attempt by what the attempt brought."""
        if outcome.reason is Reason.FORBIDDEN:  # only people can mend that
            return self.longest
        return max(planned, outcome.retry_after)
