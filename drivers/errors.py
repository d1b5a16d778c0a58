"""What can go wrong at a device, in the device's own terms.

None of these carries personal data; numbers of tries and names of readers are facts, not people.
"""

from __future__ import annotations


class DeviceError(Exception):
    """Anything a device could not do."""


class ReaderLost(DeviceError):
    """The reader or the PC/SC service behind it does not answer any more."""


class CardAbsent(DeviceError):
    """There is no card on the reader."""


class CardRemoved(DeviceError):
    """The card went away while it was being used; what the last command did is unknown."""


class CardBusy(DeviceError):
    """Another program holds the card."""


class CardUnreadable(DeviceError):
    """The card answers, but not as its standard says; `status` is its last status word."""

    def __init__(self, status: int = 0) -> None:
        super().__init__(f"status word {status:04X}")
        self.status = status


class AppletMissing(DeviceError):
    """The card has no such applet: it is some other card."""


class FileMissing(DeviceError):
    """The applet has no such file."""


class NotUnlocked(DeviceError):
    """A file or key was used before its password was given (ISO 7816-4: 6982)."""


class WrongPassword(DeviceError):
    """The card refused the password; `attempts_left` tries remain."""

    def __init__(self, attempts_left: int) -> None:
        super().__init__(f"{attempts_left} tries left")
        self.attempts_left = attempts_left


class PasswordLocked(DeviceError):
    """The card accepts no password any more; only the municipality can reset it."""


class SignatureFaulty(DeviceError):
    """The card returned a signature that its own certificate does not confirm."""


class PanelFault(DeviceError):
    """A lamp, buzzer or button of the panel could not be set up."""


class PanelAbsent(PanelFault):
    """The machine does not have these pins: no such chip, or another program holds a line of it."""
