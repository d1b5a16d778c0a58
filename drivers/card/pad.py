"""Which character each pad cell stands for: the screen and the signer agree on it, and only the signer spells it."""

from __future__ import annotations

from typing import Final

SIGNING_PAD: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
"""The signing password's characters: upper case and digits only, as the municipality registers it."""

DIGIT_PAD: Final = "0123456789"
"""The digits of the four-digit PIN and of the front's number B."""
