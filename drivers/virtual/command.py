"""Command APDUs as a card receives them: cases 1 to 4 in short and extended form (ISO/IEC 7816-3 §12.1)."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.card.iso7816 import StatusWord


class Refused(Exception):
    """The card answers this status word and nothing else."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:04X}")
        self.status = status


@dataclass(frozen=True, slots=True, repr=False)
class Command:
    """A command taken apart; `expected` is None without Le, `body` is None without Lc."""

    cla: int
    ins: int
    p1: int
    p2: int
    body: bytes | None
    expected: int | None
    extended: bool


def parse(raw: bytes) -> Command:
    """Take a command apart; raises Refused with 6700 when its lengths do not add up."""
    if len(raw) < 4:
        raise Refused(StatusWord.WRONG_LENGTH)
    rest = raw[4:]
    extended = len(rest) >= 3 and rest[0] == 0
    body, expected = _extended(rest) if extended else _short(rest)
    return Command(raw[0], raw[1], raw[2], raw[3], body, expected, extended)


def _short(rest: bytes) -> tuple[bytes | None, int | None]:
    if not rest:
        return None, None
    if len(rest) == 1:
        return None, rest[0] or 256
    body, tail = rest[1 : 1 + rest[0]], rest[1 + rest[0] :]
    if len(body) != rest[0] or len(tail) > 1:
        raise Refused(StatusWord.WRONG_LENGTH)
    return body, (tail[0] or 256) if tail else None


def _extended(rest: bytes) -> tuple[bytes | None, int | None]:
    count = int.from_bytes(rest[1:3], "big")
    if len(rest) == 3:
        return None, count or 65536
    body, tail = rest[3 : 3 + count], rest[3 + count :]
    if not count or len(body) != count or len(tail) not in {0, 2}:
        raise Refused(StatusWord.WRONG_LENGTH)
    return body, (int.from_bytes(tail, "big") or 65536) if tail else None
