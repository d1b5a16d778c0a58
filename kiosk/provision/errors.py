"""Why a stick is not applied."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """What is wrong; these codes stand on the screen, in the journal and in the runbook."""

    NO_FILE = "no-file"  # nothing of that name on the stick
    NOT_A_FILE = "not-a-file"  # a link, a folder or a device
    UNREADABLE = "unreadable"  # the stick does not give it
    TOO_LARGE = "too-large"
    FORMAT = "format"  # does not begin as such a file does, or is cut off there
    NO_KEY = "no-key"  # this machine knows nobody who may provision it
    SIGNATURE = "signature"  # no key of this machine made it: foreign, unsigned, cut off or changed
    STATEMENT = "statement"  # signed, but not as docs/protocol.md says
    OTHER_CITY = "other-city"
    OTHER_KIOSK = "other-kiosk"  # bound to another machine
    OLDER = "older"
    SERIAL_REUSED = "serial-reused"  # the applied serial with another content
    NOT_YET = "not-yet"
    EXPIRED = "expired"
    CONFIGURATION = "configuration"  # a key that the configuration's reader refuses; file, key, expected
    FILES = "files"  # a key or certificate that is none; file, expected
    HAND_MADE = "hand-made"  # there is a configuration that no stick made
    DISK = "disk"  # it could not be stored; the last good one stays


class StickRefused(Exception):
    """A stick that is not applied; `file`, `key` and `expected` are told where they are known."""

    def __init__(self, fault: Fault, file: str = "", key: str = "", expected: str = "") -> None:
        super().__init__(": ".join(part for part in (fault.value, file, key, expected) if part))
        self.fault = fault
        self.file = file
        self.key = key
        self.expected = expected
