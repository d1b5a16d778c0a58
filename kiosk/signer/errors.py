"""What can go wrong with the errand itself, beside what a device can do wrong."""

from __future__ import annotations

from drivers.errors import DeviceError


class SignerTimeout(DeviceError):
    """The errand was killed at its deadline: pcscd may still hold the password and must be restarted."""


class SignerFailed(DeviceError):
    """The errand ended without an answer, or with one that was not foreseen."""


class LastTryNotAgreed(DeviceError):
    """One try is left, and nobody has agreed to spend it; the card was not asked."""


class Stopped(Exception):
    """The other side ended the conversation."""
