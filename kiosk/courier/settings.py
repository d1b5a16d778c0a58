"""What the courier needs to know, taken from the configuration."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import ConfigError

if TYPE_CHECKING:
    from kiosk.config import Config


@dataclass(frozen=True, slots=True)
class CourierSettings:
    """Where the city is, who we are, where the spool lies and how patient the courier is (seconds)."""

    kiosk_id: str
    url: str
    ca: Path
    client_certificate: Path
    client_key: Path
    receipt_key: Path
    spool: Path
    capacity: int
    control: Path | None
    connect_timeout: float
    answer_timeout: float
    first_wait: float
    longest_wait: float
    city: str = ""
    catalogue: Path | None = None  # without a folder no catalogue is fetched
    catalogue_keys: tuple[Path, ...] = ()
    catalogue_interval: float = 300.0

    @property
    def renews(self) -> bool:
        """Whether the courier may change its certificate itself: where it lies with its key in one file."""
        return self.client_certificate == self.client_key

    def __post_init__(self) -> None:
        """Refuse files that are not there; raises FileNotFoundError, PermissionError."""
        keys = self.catalogue_keys if self.catalogue else ()
        for path in (self.ca, self.client_certificate, self.client_key, self.receipt_key, *keys):
            path.open("rb").close()


@dataclass(frozen=True, slots=True)
class EnrolmentSettings:
    """Where the code lies and where the city certifies, what is to be certified, and how patient the courier is."""

    kiosk_id: str
    code: str = field(repr=False)
    url: str
    ca: Path
    identity: Path  # one PEM file with certificate and key, so that both change together
    spool: Path
    connect_timeout: float
    answer_timeout: float
    first_wait: float
    longest_wait: float


def enrolment_settings(config: Config) -> EnrolmentSettings | None:
    """Pick them out of the configuration; None where certificate and key are brought by hand. Raises ConfigError."""
    if not config.city.enrolment:
        return None
    path = Path(config.city.enrolment)
    try:
        told = json.loads(path.read_bytes())
        url, code = str(told["url"]), str(told["code"])
    except (OSError, ValueError, KeyError, TypeError):
        raise ConfigError(path, "(file)", "url and code, as the stick brings them") from None
    return EnrolmentSettings(
        config.kiosk.id, code, url, config.city.ca, config.city.client_certificate, config.spool.path,
        config.courier.connect_timeout, config.courier.answer_timeout, config.courier.first_wait,
        config.courier.longest_wait,
    )  # fmt: skip


def courier_settings(config: Config) -> CourierSettings:
    """Pick the courier's settings out of the configuration; raises FileNotFoundError, PermissionError."""
    return CourierSettings(
        kiosk_id=config.kiosk.id,
        url=config.city.url,
        ca=config.city.ca,
        client_certificate=config.city.client_certificate,
        client_key=config.city.client_key,
        receipt_key=config.city.receipt_key,
        spool=config.spool.path,
        capacity=config.spool.capacity,
        control=Path(config.courier.control) if config.courier.control else None,
        connect_timeout=config.courier.connect_timeout,
        answer_timeout=config.courier.answer_timeout,
        first_wait=config.courier.first_wait,
        longest_wait=config.courier.longest_wait,
        city=config.city.name,
        catalogue=Path(config.forms.catalogue) if config.forms.catalogue else None,
        catalogue_keys=config.city.catalogue_keys,
        catalogue_interval=config.courier.catalogue_interval,
    )
