"""What the updater needs to know, taken from the configuration."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.hours import spans

if TYPE_CHECKING:
    from kiosk.config import Config
    from kiosk.hours import Span


@dataclass(frozen=True, slots=True)
class UpdateSettings:
    """Where bundles come from, where they wait, when they may be installed (times of seconds and of Japan)."""

    url: str
    ca: Path
    folder: Path
    door: Path
    hours: tuple[Span, ...]
    interval: float
    limit: float
    demo: bool
    authority: Path
    rauc_config: Path = Path("/etc/rauc/system.conf")
    os_release: Path = Path("/etc/os-release")
    compatible: str = "madoguchi-rpi-arm64"


def update_settings(config: Config) -> UpdateSettings:
    """Pick the updater's settings out of the configuration; raises HoursFaulty."""
    update = config.update
    return UpdateSettings(
        url=update.url,
        ca=update.ca,
        folder=update.folder,
        door=Path(update.door),
        hours=spans(sorted(update.hours)),
        interval=update.interval,
        limit=update.limit,
        demo=config.kiosk.demo,
        authority=update.authority,
    )
