"""Two lines for these tests: a script of status words, and a card that is nothing but one file with manners."""

from __future__ import annotations

from dataclasses import dataclass, field

from drivers.errors import CardRemoved


class Script:
    """Answers in order; each answer is hex, or None for a card that is gone. Remembers what was sent."""

    def __init__(self, *answers: str | None) -> None:
        self.answers = list(answers)
        self.sent: list[str] = []
        self.buffers: list[object] = []

    def transmit(self, command):
        self.sent.append(bytes(command).hex())
        self.buffers.append(command)
        answer = self.answers.pop(0)
        if answer is None:
            raise CardRemoved
        raw = bytes.fromhex(answer)
        return raw[:-2], int.from_bytes(raw[-2:], "big")

    def close(self) -> None:
        pass


@dataclass
class FileCard:
    """One transparent file behind a card or reader with limits of its own."""

    data: bytes
    extended: bool = True
    most: int = 65536  # bytes in one answer
    refuses_from: int = 65537  # Le from which `refusal` is answered
    refusal: int = 0x6700
    torn_from: int = 65537  # Le from which the reader fails in transport
    end: int = 0x6B00
    commands: list[int] = field(default_factory=list)

    def transmit(self, command):
        raw = bytes(command)
        assert raw[:2] == b"\0\xb0"
        extended, le = len(raw) == 7, int.from_bytes(raw[4:], "big") or (65536 if len(raw) == 7 else 256)
        self.commands.append(le)
        if le >= self.torn_from:
            raise CardRemoved
        if (extended and not self.extended) or le >= self.refuses_from:
            return b"", self.refusal
        offset = int.from_bytes(raw[2:4], "big")
        if offset >= len(self.data):
            return b"", self.end
        return self.data[offset : offset + min(le, self.most)], 0x9000

    def close(self) -> None:
        pass
