"""The city's configuration: one TOML file, overridden key by key, checked completely before anything starts."""

from __future__ import annotations

import ipaddress
import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from city.errors import ConfigError

DEFAULT_FILE = "config/city.toml"
ENVIRONMENT = "MADOGUCHI_CITY"

Port = Annotated[int, Meta(ge=0, le=65535)]
Name = Annotated[str, Meta(min_length=1, max_length=60)]
Oid = Annotated[str, Meta(pattern=r"^[0-2](\.[0-9]+)+$")]
KioskId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Source = Annotated[str, Meta(pattern="^(file|none|unavailable)$")]
Engine = Annotated[str, Meta(pattern="^(sqlite|postgresql)$")]
Size = Annotated[int, Meta(ge=1024)]
Count = Annotated[int, Meta(ge=1, le=64)]


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    """One table of the file."""


class City(Section, frozen=True):
    """Who receives the applications."""

    name: Name = "見本市"


class Files(Section, frozen=True):
    """Where every file named without a leading slash is taken from."""

    directory: str = "build/city"


class KioskDoor(Section, frozen=True):
    """The socket that kiosks come to: TLS with client certificates of the city's own authority."""

    host: str = "127.0.0.1"
    port: Port = 8443
    names: tuple[str, ...] = ()
    certificate: str = "city.pem"
    key: str = "city.key"
    client_ca: str = "city_ca.pem"
    renews: bool = False  # whether kiosks get their next certificates here, which takes the authority's key


class StaffDoor(Section, frozen=True):
    """The socket that staff come to; without a certificate it stays on loopback."""

    host: str = "127.0.0.1"
    port: Port = 8080
    names: tuple[str, ...] = ()
    certificate: str = ""
    key: str = ""


class EnrolmentDoor(Section, frozen=True):
    """The socket that new kiosks come to for a certificate: TLS, without client certificates; off unless asked for."""

    on: bool = False
    host: str = "127.0.0.1"
    port: Port = 8444


class Process(Section, frozen=True):
    """How many gunicorn workers and threads; SQLite wants one worker."""

    workers: Count = 1
    threads: Count = 4


class Database(Section, frozen=True):
    """Where applications are kept: `name` is SQLite's file or PostgreSQL's database."""

    engine: Engine = "sqlite"
    name: str = "city.sqlite3"
    host: str = ""
    port: Port = 0
    user: str = ""
    password_file: str = ""


class Keys(Section, frozen=True):
    """The city's own keys; `sealing` holds the present key and earlier ones whose sealed bytes may still come."""

    sealing: Annotated[tuple[str, ...], Meta(min_length=1)] = ("sealing.key",)
    receipt: str = "receipt.key"
    authority: str = "city_ca.key"  # needed where kiosks get their certificates; city_ca.pem lies beside it
    catalogue: str = "catalogue.key"  # needed where catalogues are published, not where they are served
    session: str = "session.key"


class Trust(Section, frozen=True):
    """Whose certificates may sign applications, under which policies."""

    anchors: Annotated[tuple[str, ...], Meta(min_length=1)] = ("sign_ca.pem",)
    policies: Annotated[tuple[Oid, ...], Meta(min_length=1)] = ("1.2.392.200149.8.5.1.1.20",)
    allow_demo: bool = False


class Revocation(Section, frozen=True):
    """Where the answer comes from whether a certificate was revoked."""

    source: Source = "file"
    lists: tuple[str, ...] = ("crl.pem",)


class Kiosks(Section, frozen=True):
    """Kiosks entered into the register at start; disabling one afterwards is the staff's business."""

    ids: tuple[KioskId, ...] = ()


class Forms(Section, frozen=True):
    """Which forms are accepted beside the published catalogues': those in `directory`, and digests by form id.

    `directory` starts at the working directory; `python -m city catalogue publish` takes the forms from there.

    `any` accepts every form, for trying things out.
    """

    any: bool = False
    directory: str = ""
    accepted: dict[str, tuple[Sha256, ...]] = {}


class Catalogue(Section, frozen=True):
    """Where the published catalogues lie, and for how many days the next one is good."""

    directory: str = "catalogue"
    days: Annotated[int, Meta(ge=1, le=400)] = 30


class Limits(Section, frozen=True):
    """Largest sizes in bytes; everything above is refused before it is looked at."""

    sealed: Size = 8 * 1024 * 1024
    document: Size = 256 * 1024
    page: Size = 4 * 1024 * 1024
    attachment: Size = 6 * 1024 * 1024
    photograph: Size = 1024 * 1024
    pixels: Size = 12_000_000  # of a photograph


class Config(Section, frozen=True):
    """The whole configuration."""

    city: City = City()
    files: Files = Files()
    kiosk_door: KioskDoor = KioskDoor()
    staff_door: StaffDoor = StaffDoor()
    enrolment_door: EnrolmentDoor = EnrolmentDoor()
    process: Process = Process()
    database: Database = Database()
    keys: Keys = Keys()
    trust: Trust = Trust()
    revocation: Revocation = Revocation()
    kiosks: Kiosks = Kiosks()
    forms: Forms = Forms()
    catalogue: Catalogue = Catalogue()
    limits: Limits = Limits()

    def path(self, name: str) -> Path:
        """Return where a file named in the configuration lies."""
        return Path(self.files.directory, name).absolute()

    def paths(self, names: Iterable[str]) -> tuple[Path, ...]:
        """Return where several files lie."""
        return tuple(self.path(name) for name in names)


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_bytes()
    except OSError as error:
        raise ConfigError(str(path), "file", f"expected a readable file ({error.strerror})") from None
    try:
        return msgspec.toml.decode(text, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise ConfigError(str(path), "file", f"expected TOML ({error})") from None


def _override(values: dict[str, Any], setting: str) -> None:
    """Put `section.key=value` into the values; the value is TOML, or else plain text."""
    key, equals, text = setting.partition("=")
    section, dot, field = key.strip().partition(".")
    if not (equals and dot and section and field):
        raise ConfigError("--set", setting, "expected section.key=value")
    try:
        value = msgspec.toml.decode(f"value = {text}", type=dict[str, Any])["value"]
    except msgspec.DecodeError:
        value = text
    table = values.setdefault(section, {})
    if not isinstance(table, dict):
        raise ConfigError("--set", section, "expected a section")
    table[field] = value


def _found(values: Mapping[str, Any], key: str) -> object:
    here: object = values
    for part in key.split("."):
        if not isinstance(here, Mapping) or part not in here:
            return None
        here = here[part]
    return here


def _convert(values: Mapping[str, Any], source: str) -> Config:
    try:
        return msgspec.convert(values, Config)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$")
        key = where.rstrip("`").lstrip(".") or "file"
        unknown = re.search(r"unknown field `(.+)`", message)
        if unknown:
            key = unknown[1] if key == "file" else f"{key}.{unknown[1]}"
            message = "no such key is known"
        raise ConfigError(source, key, message, _found(values, key.partition("[")[0])) from None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check(config: Config, source: str) -> None:
    """Refuse what the types cannot: settings that only together make no sense."""
    door = config.staff_door
    if bool(door.certificate) != bool(door.key):
        raise ConfigError(source, "staff_door.key", "expected certificate and key together, or neither")
    if not door.certificate and not _is_loopback(door.host):
        raise ConfigError(
            source, "staff_door.host", "expected a loopback address while there is no certificate", door.host
        )
    if door.port and (door.host, door.port) == (config.kiosk_door.host, config.kiosk_door.port):
        raise ConfigError(source, "staff_door.port", "expected another port than the kiosks'", door.port)
    if config.revocation.source == "file" and not config.revocation.lists:
        raise ConfigError(source, "revocation.lists", 'expected at least one list while source is "file"')
    if config.database.engine == "sqlite" and config.process.workers > 1:
        raise ConfigError(source, "process.workers", "expected 1 with SQLite", config.process.workers)


def load(path: str = DEFAULT_FILE, settings: Iterable[str] = ()) -> Config:
    """Read the file, apply `section.key=value` settings and check everything; raises ConfigError."""
    values = _read(Path(path))
    for setting in settings:
        _override(values, setting)
    config = _convert(values, path)
    _check(config, path)
    return config


def to_environment(path: str, settings: Iterable[str]) -> None:
    """Leave word for this process and its children which configuration Django's settings are made from."""
    os.environ[ENVIRONMENT] = json.dumps({"file": str(Path(path).absolute()), "set": list(settings)})


def from_environment() -> Config:
    """Return the configuration word was left of, or the defaults if there was none."""
    word = os.environ.get(ENVIRONMENT)
    if word is None:
        return Config()
    left = json.loads(word)
    return load(left["file"], left["set"])
