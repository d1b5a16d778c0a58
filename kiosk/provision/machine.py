"""The machine that a stick is put into: who it is, what may provision it, and what it was given before."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

BASE: Final = Path("/usr/share/madoguchi/config")
ROOT: Final = Path("/etc/madoguchi")
BOARD: Final = Path("/proc/device-tree/serial-number")
KEYS: Final = (Path("/usr/share/madoguchi/provision.pub"), ROOT / "current/trust/provision.pub")
IDENTITY: Final = Path("/var/lib/madoguchi/identity")


@dataclass(frozen=True, slots=True)
class Machine:
    """Folders and files; what is not given is where it lies on a device."""

    root: Path = ROOT  # generations, the link to the current one
    base: Path = BASE  # the configuration that the program brings, with its profiles
    keys: Sequence[Path] = KEYS
    board: Path = BOARD
    identity: Path = field(default=IDENTITY)  # where the kiosk keeps the key that it makes itself

    def serial_number(self) -> str:
        """Return the board's serial number, an empty string where the board does not tell one."""
        try:
            return self.board.read_text("ascii").strip("\0\n ")
        except (OSError, UnicodeDecodeError):
            return ""
