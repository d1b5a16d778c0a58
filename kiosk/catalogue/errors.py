"""Why a catalogue is not believed or cannot be used."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """What is wrong; these codes stand in the journal and in the runbook."""

    BUNDLE = "bundle"  # not the one form of zip that a bundle has
    SIGNATURE = "signature"  # no key of this kiosk's city made it
    STATEMENT = "statement"  # signed, but not as the protocol says
    CONTENT = "content"  # a file is missing, surplus or not the one that was signed
    OTHER_CITY = "other-city"
    OLDER = "older"  # a serial below one that was stored before
    SERIAL_REUSED = "serial-reused"  # the stored serial with another content
    EXPIRED = "expired"
    NO_FORM = "no-form"  # none of its forms can be shown by this kiosk
    UNREADABLE = "unreadable"  # the medium does not give it


class CatalogueFaulty(Exception):
    """A catalogue that must not be used; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault
