"""Tell the fire wall where the city is: `python -m kiosk.courier.firewall --config FILE`, run by root at each boot.

Gives nft (`--nft PROGRAM`; without it, the standard output) the commands that fill the sets of systemd/firewall.nft.
A city that is named by an address is reachable there only. One that has a name may move to another address while the
kiosk runs, and the answer of a name server proves nothing; so for a name the port and the courier's user are what is
held here, and TLS with the city's own authority says who answers (docs/decisions/0018-image-contents.md).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kiosk.config import ConfigError, load
from kiosk.courier.settings import enrolment_settings

TABLE: Final = "inet madoguchi"
WRONG_SETTINGS: Final = 78  # EX_CONFIG of sysexits.h
EVERYWHERE: Final = {4: "0.0.0.0/0", 6: "::/0"}
HTTPS: Final = 443


def commands(*urls: str) -> str:
    """Return nft's commands for the city's doors at `urls`; raises ValueError for an address or a port that is none."""
    found = {element: None for url in urls for element in _elements(url)}
    everywhere = [name for name, value in found if value in EVERYWHERE.values()]
    elements = [(name, value) for name, value in found if name not in everywhere or value in EVERYWHERE.values()]
    flushed = "".join(f"flush set {TABLE} {name}\n" for name in ("city_port", "city_v4", "city_v6"))
    return flushed + "".join(f"add element {TABLE} {name} {{ {value} }}\n" for name, value in elements)


def _elements(url: str) -> list[tuple[str, str]]:
    parts = urlsplit(url)
    if not parts.hostname:
        raise ValueError("expected a URL with a host")
    elements = [("city_port", str(parts.port or HTTPS))]
    try:
        address = ip_address(parts.hostname)
    except ValueError:
        return elements + [(f"city_v{version}", everywhere) for version, everywhere in EVERYWHERE.items()]
    return [*elements, (f"city_v{address.version}", str(address))]


def main(arguments: list[str] | None = None) -> int:
    """Apply or print the commands; 78 when the configuration cannot be used, and then nothing is opened."""
    parser = argparse.ArgumentParser(prog="kiosk.courier.firewall")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--nft", metavar="PROGRAM")
    options = parser.parse_args(arguments)
    try:
        config = load(options.config, options.profile)
        enrolment = enrolment_settings(config)
        orders = commands(config.city.url, *([enrolment.url] if enrolment else []))
    except (ConfigError, OSError) as error:
        sys.stderr.write(f"firewall: {error}\n")
        return WRONG_SETTINGS
    except ValueError as error:
        sys.stderr.write(f"firewall: {options.config}: city.url: {error}\n")
        return WRONG_SETTINGS
    if options.nft:
        return subprocess.run([options.nft, "-f", "-"], input=orders, text=True, check=False).returncode
    sys.stdout.write(orders)
    return 0


if __name__ == "__main__":
    sys.exit(main())
