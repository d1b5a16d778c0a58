"""What one virtual card consists of, and how it is kept in a file (owner-readable only: it holds a private key)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import msgspec

from drivers.card.recognise import CardKind  # noqa: TC001  -- msgspec reads annotations at run time
from drivers.virtual.personas import Habits, PersonaInvalid

if TYPE_CHECKING:
    from pathlib import Path

_OWNER_ONLY: Final = 0o600


class File(msgspec.Struct, frozen=True, repr_omit_defaults=True):
    """An elementary file; `opened_by` lists the passwords of which one must have been given, none meaning free."""

    data: bytes
    opened_by: tuple[int, ...] = ()


class Password(msgspec.Struct):
    """A password file with its counter, which goes down and up while the card is used."""

    value: bytes
    tries: int
    most: int


class Key(msgspec.Struct, frozen=True):
    """A private RSA key (PKCS#8, DER) and the passwords that open it."""

    pkcs8: bytes
    opened_by: tuple[int, ...] = ()


class AppletImage(msgspec.Struct):
    """One applet; `forbidden` lists files and passwords that the kiosk must never touch."""

    aid: bytes
    files: dict[int, File] = {}
    passwords: dict[int, Password] = {}
    keys: dict[int, Key] = {}
    records: dict[int, File] = {}
    forbidden: tuple[int, ...] = ()


class CardImage(msgspec.Struct):
    """One card: kind, answer to reset, the identifier a reader would report, applets, habits."""

    persona: str
    title: str
    kind: CardKind
    atr: bytes
    uid: bytes
    applets: list[AppletImage]
    habits: Habits = Habits()


def save_image(image: CardImage, path: Path) -> None:
    """Write a card image, readable by its owner only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(image))


def load_image(path: Path) -> CardImage:
    """Read a card image; raises PersonaInvalid when there is none or it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=CardImage)
    except (OSError, msgspec.DecodeError) as error:
        raise PersonaInvalid(f"{path}: {error}") from error
