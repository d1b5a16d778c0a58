"""What is said to mozc-server and what it answers: field numbers of its commands.proto and ipc.proto.

They are no promised interface. Tests pin them with the real server of Debian 12.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from kiosk.text_input.mozc.wire import Message, encode

if TYPE_CHECKING:
    from collections.abc import Iterable

_HALF_WIDTH = range(0xFF61, 0xFFA0)
_TRANSLITERATED = 1 << 63  # ids of half-width and other transliterations are negative


class Input(IntEnum):
    """Field numbers and types of a request."""

    TYPE = 1
    SESSION = 2
    KEY = 3
    COMMAND = 4


class Ask(IntEnum):
    """What a request wants."""

    CREATE_SESSION = 1
    DELETE_SESSION = 2
    SEND_KEY = 3
    SEND_COMMAND = 5


class SessionCommand(IntEnum):
    """What the session is to do."""

    REVERT = 1
    SUBMIT = 2
    SELECT_CANDIDATE = 3
    CONVERT_REVERSE = 8


class SpecialKey(IntEnum):
    """Keys without a character."""

    ON = 2
    SPACE = 4


_KEY_SPECIAL, _KEY_TEXT = 3, 5
_COMMAND_TYPE, _COMMAND_ID, _COMMAND_TEXT = 1, 2, 4
_OUT_SESSION, _OUT_RESULT, _OUT_PREEDIT, _OUT_WORDS = 1, 4, 5, 14
_RESULT_VALUE = 2
_SEGMENTS, _SEGMENT_VALUE, _SEGMENT_KEY = 2, 4, 6
_WORDS, _WORD_ID, _WORD_KEY, _WORD_VALUE = 2, 1, 3, 4
_PATH_KEY, _PATH_PRODUCT = 1, 5


@dataclass(frozen=True, slots=True, repr=False)
class Segment:
    """A part of what is being written: how it looks now, and its reading."""

    value: str
    reading: str


@dataclass(frozen=True, slots=True, repr=False)
class Word:
    """A candidate: `longer` is its reading where that is not the one that was typed."""

    id: int
    value: str
    longer: str


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What the server answers to any request."""

    session: int
    segments: tuple[Segment, ...]
    words: tuple[Word, ...]
    result: str


def create_session() -> bytes:
    """Ask for a session."""
    return encode([(Input.TYPE, Ask.CREATE_SESSION)])


def send_text(session: int, kana: str) -> bytes:
    """Type one kana."""
    return _key(session, [(_KEY_TEXT, kana)])


def send_special(session: int, key: SpecialKey) -> bytes:
    """Press a key without a character."""
    return _key(session, [(_KEY_SPECIAL, key)])


def command(session: int, wanted: SessionCommand, text: str = "") -> bytes:
    """Have the session do something, CONVERT_REVERSE with the text to be read."""
    return _command(session, [(_COMMAND_TYPE, wanted), *([(_COMMAND_TEXT, text)] if text else [])])


def select(session: int, word: int) -> bytes:
    """Take the candidate with this id; SUBMIT then writes it."""
    return _command(session, [(_COMMAND_TYPE, SessionCommand.SELECT_CANDIDATE), (_COMMAND_ID, word)])


def _key(session: int, fields: Iterable[tuple[int, int | str]]) -> bytes:
    return encode([(Input.TYPE, Ask.SEND_KEY), (Input.SESSION, session), (Input.KEY, encode(fields))])


def _command(session: int, fields: Iterable[tuple[int, int | str]]) -> bytes:
    return encode([(Input.TYPE, Ask.SEND_COMMAND), (Input.SESSION, session), (Input.COMMAND, encode(fields))])


def answer_of(message: Message) -> Answer:
    """Read an answer; raises WireError."""
    preedit = message.one(_OUT_PREEDIT)
    return Answer(
        message.number(_OUT_SESSION),
        tuple(Segment(part.text(_SEGMENT_VALUE), part.text(_SEGMENT_KEY)) for part in preedit.each(_SEGMENTS)),
        tuple(_words(message.one(_OUT_WORDS))),
        message.one(_OUT_RESULT).text(_RESULT_VALUE),
    )


def _words(found: Message) -> Iterable[Word]:
    for each in found.each(_WORDS):
        word = Word(each.number(_WORD_ID), each.text(_WORD_VALUE), each.text(_WORD_KEY))
        if word.id < _TRANSLITERATED and not any(ord(char) in _HALF_WIDTH for char in word.value):
            yield word


def session_path(info: Message) -> tuple[str, str]:
    """Return the abstract socket's name and the server's version from the server's own note."""
    return f"\0tmp/.mozc.{info.text(_PATH_KEY)}.session", info.text(_PATH_PRODUCT)
