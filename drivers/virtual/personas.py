"""The invented people and their cards, described in TOML: config/personas/<persona>.toml."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import msgspec

from drivers.card.recognise import CardKind
from drivers.errors import DeviceError

DEFAULT_FOLDER: Final = Path(__file__).resolve().parents[2] / "config" / "personas"

# First day and code of each era, latest first; the code is the first digit of a certificate's birth date.
_ERAS: Final = ((20190501, 5), (19890108, 4), (19261225, 3), (19120730, 2), (18680125, 1))


class PersonaInvalid(DeviceError):
    """A persona file that cannot be used; the message names the file and what was expected."""


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True, repr_omit_defaults=True):
    """What is printed on the card. `birth` is YYYYMMDD with zeros for unknown parts; `sex` as in ISO 5218."""

    name: str
    address: str
    birth: str
    sex: Literal["1", "2", "9", "0"]
    expiry_year: int = 2035
    security_code: str = "2285"


class Certificate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the signing certificate differs from the card's face, and from a good one.

    `name` and `address` are as certified, where a character had to be replaced or the person has moved; the flags are
    one 0 or 1 a character, 1 for a replaced one. Days count from the day the authority is made.
    """

    prefecture: str = "Saitama-ken"
    municipality: str = "Tsurugashima-shi"
    name: str = ""
    name_flags: str = ""
    address: str = ""
    address_flags: str = ""
    from_days: int = -400
    until_days: int = 1400
    authority: Literal["current", "former", "stranger"] = "current"
    policy: str = "1.2.392.200149.8.5.1.0.20"
    policy_critical: bool = False
    revoked: bool = False
    tampered: bool = False


class Passwords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The card's passwords and the tries left of each."""

    signing: str = "KIOSK2026"
    signing_tries: int = 5
    pin: str = "1234"
    pin_tries: int = 3
    number_b_tries: int = 10


class Habits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ways in which real cards are known, or believed, to differ.

    `first_command_fails`: 6F00 to the first command after power-up. `extended`: takes extended APDUs.
    `keeps_unlocked`: unlocking survives SELECT and warm reset, until the power goes. `tells_unlocked`: answers 9000 to
    the counter query while unlocked. `locked_status`: 6983 or 6984. `answer_most`: bytes in one answer.
    """

    first_command_fails: bool = False
    extended: bool = True
    keeps_unlocked: bool = False
    tells_unlocked: bool = False
    locked_status: int = 0x6984
    answer_most: int = 65536


class Persona(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One card of one invented person; `title` is what a demonstration calls it."""

    title: str
    kind: CardKind = CardKind.MY_NUMBER
    person: Person | None = None
    sign_certificate: bool = True
    certificate: Certificate = Certificate()
    passwords: Passwords = Passwords()
    habits: Habits = Habits()


def load_persona(path: Path) -> Persona:
    """Read one persona; raises PersonaInvalid."""
    try:
        persona = msgspec.toml.decode(path.read_bytes(), type=Persona)
    except (OSError, msgspec.DecodeError) as error:
        raise PersonaInvalid(f"{path}: {error}") from error
    if persona.kind in JPKI_KINDS and persona.person is None:
        raise PersonaInvalid(f"{path}: a card of kind {persona.kind} needs a [person]")
    return persona


JPKI_KINDS: Final = frozenset({CardKind.MY_NUMBER, CardKind.JUKI, CardKind.ANDROID, CardKind.IPHONE})


def load_personas(folder: Path = DEFAULT_FOLDER) -> dict[str, Persona]:
    """Read all personas of a folder by name; raises PersonaInvalid, also when there is none."""
    personas = {path.stem: load_persona(path) for path in sorted(folder.glob("*.toml"))}
    if not personas:
        raise PersonaInvalid(f"{folder}: no persona there (*.toml)")
    return personas


def era_code(birth: str) -> int:
    """Return the era's digit of a Gregorian YYYYMMDD; 0 when the year is unknown or too early."""
    if birth.startswith("0000"):
        return 0
    return next((code for first_day, code in _ERAS if int(birth) >= first_day), 0)


def number_b(person: Person) -> str:
    """Return 照合番号B: birth date with the era's year, Gregorian year of expiry, security code; 14 digits."""
    first_year = next(
        (first // 10000 for first, code in _ERAS if code == era_code(person.birth)), int(person.birth[:4])
    )
    year = int(person.birth[:4]) - first_year + 1
    return f"{year % 100:02d}{person.birth[4:]}{person.expiry_year:04d}{person.security_code}"
