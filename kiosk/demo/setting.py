"""Where everything of one demonstration lies, and what its programs are told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

KIOSK_ID = "kiosk-demo"
CONFIG = Path("config/kiosk.toml")
PROFILE = Path("config/profiles/demo.toml")
CITY_CONFIG = Path("config/city.toml")
TEST_POLICY = "1.2.392.200149.8.5.1.0.20"


@dataclass(frozen=True, slots=True)
class Setting:
    """One folder for one demonstration; `trust` may be shared by several."""

    folder: Path
    trust: Path

    @property
    def run(self) -> Path:
        """Sockets and what programs need while they run; short, because paths of sockets must be."""
        return self.folder / "run"

    @property
    def logs(self) -> Path:
        """What the programs said."""
        return self.folder / "log"

    @property
    def tray(self) -> Path:
        """The virtual card's control socket."""
        return self.run / "tray.sock"

    @property
    def remote(self) -> Path:
        """The kiosk's remote control."""
        return self.run / "kiosk.sock"

    @property
    def courier(self) -> Path:
        """The courier's switch."""
        return self.run / "courier.sock"

    @property
    def converter(self) -> Path:
        """Where kana become kanji."""
        return self.run / "converter.sock"

    @property
    def demo(self) -> Path:
        """The demonstration bar's line to the launcher."""
        return self.run / "demo.sock"

    @property
    def published(self) -> Path:
        """The catalogues that the city has published."""
        return self.folder / "published"

    @property
    def catalogue(self) -> Path:
        """The catalogues that the courier keeps for the kiosk."""
        return self.folder / "catalogue"

    @property
    def paper(self) -> Path:
        """What the image that plays the camera shows."""
        return self.trust / "paper.jpg"

    def sets_for_kiosk(self, city_port: int, reader: str) -> list[str]:
        """Return the overrides for kiosk and courier."""
        trust = self.trust
        return [
            f"kiosk.remote={self.remote}",
            f"city.url=https://127.0.0.1:{city_port}",
            f"city.ca={trust / 'city_ca.pem'}",
            f"city.client_certificate={trust / 'kiosk.pem'}",
            f"city.client_key={trust / 'kiosk.key'}",
            f"city.sealing_key={trust / 'sealing.pub'}",
            f"city.receipt_key={trust / 'receipt.pub'}",
            f'city.catalogue_keys=["{trust / "catalogue.pub"}"]',
            f"forms.catalogue={self.catalogue}",
            f'trust.anchors=["{trust / "sign_ca.pem"}"]',
            f"conversion.socket={self.converter}",
            f"spool.path={self.folder / 'spool.sqlite3'}",
            f"courier.control={self.courier}",
            "camera.factory=files",
            f'camera.files=["{self.paper}"]',
            f'reader.name="{reader}"',
            f"reader.direct_control={self.tray}",
        ]

    def sets_for_city(self) -> list[str]:
        """Return the overrides for the city; ports 0 let it choose."""
        return [
            f"files.directory={self.trust}",
            "kiosk_door.port=0",
            "staff_door.port=0",
            f"database.name={(self.folder / 'city.sqlite3').absolute()}",
            f"catalogue.directory={self.published.absolute()}",
            "trust.allow_demo=true",
            f'trust.policies=["{TEST_POLICY}"]',
            f'kiosks.ids=["{KIOSK_ID}"]',
        ]


def as_options(sets: list[str]) -> list[str]:
    """Return the settings as `--set` options."""
    return [word for setting in sets for word in ("--set", setting)]
