"""Reading what the city states, once its signature was right: canonical JSON of the expected members, and no others."""

from __future__ import annotations

from typing import TypeVar

import msgspec
import rfc8785

T = TypeVar("T", bound=msgspec.Struct)


class NotStated(Exception):
    """Bytes that are no such statement; `where` is the member, empty where it is the whole."""

    def __init__(self, where: str, expected: str) -> None:
        super().__init__(f"{where}: {expected}" if where else expected)
        self.where = where
        self.expected = expected


def stated(raw: bytes, kind: type[T]) -> T:
    """Return the statement; raises NotStated, also for the same members written in another way (RFC 8785)."""
    try:
        value = msgspec.json.decode(raw)
        found = msgspec.convert(value, kind)
        canonical = rfc8785.dumps(value) == raw
    except msgspec.ValidationError as error:  # which is a DecodeError
        expected, _, where = str(error).partition(" - at `$")
        raise NotStated(where.strip(".`"), expected) from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, rfc8785.CanonicalizationError):
        canonical = False
    if not canonical:
        raise NotStated("", "canonical JSON (RFC 8785)")
    return found
