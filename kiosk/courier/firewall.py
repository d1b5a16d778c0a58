"""Tell the fire wall where the city is, and updates: `python -m kiosk.courier.firewall --config FILE`, by root at boot.

Gives nft (`--nft PROGRAM`; without it, the standard output) the commands that fill the sets of systemd/firewall.nft.
A server that is named by an address is reachable there only. One that has a name may move to another address while the
kiosk runs, and the answer of a name server proves nothing: where the stick says which addresses are the city's
(`--city FILE`, one a line), the courier reaches those only, whatever the name; where it does not, the port and the
program's user are what is held here. TLS with the server's own authority says who answers
(docs/decisions/0021-image-contents.md).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urlsplit

from kiosk.config import ConfigError, load
from kiosk.courier.settings import enrolment_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Networks: TypeAlias = "Sequence[IPv4Network | IPv6Network]"

TABLE: Final = "inet madoguchi"
WRONG_SETTINGS: Final = 78  # EX_CONFIG of sysexits.h
EVERYWHERE: Final = {4: "0.0.0.0/0", 6: "::/0"}
HTTPS: Final = 443


def commands(what: str, *urls: str, allowed: Networks = ()) -> str:
    """Return nft's commands for the sets of `what` ("city", "update"): the servers at `urls`, and no others.

    With `allowed`, which must not overlap, they are at these addresses and no others. Raises ValueError for a URL
    without a host, or with a port that is none.
    """
    found = {element: None for url in urls if url for element in _elements(url, allowed)}
    everywhere = [name for name, value in found if value in EVERYWHERE.values()]
    elements = [(name, value) for name, value in found if name not in everywhere or value in EVERYWHERE.values()]
    orders = "".join(f"flush set {TABLE} {what}_{part}\n" for part in ("port", "v4", "v6"))
    return orders + "".join(f"add element {TABLE} {what}_{part} {{ {value} }}\n" for part, value in elements)


def collapsed(addresses: Iterable[str]) -> Networks:
    """Return addresses and networks as networks that do not overlap, as nft's sets want them; raises ValueError."""
    networks = [ip_network(address) for address in addresses]
    fours = [network for network in networks if isinstance(network, IPv4Network)]
    sixes = [network for network in networks if isinstance(network, IPv6Network)]
    return [*collapse_addresses(fours), *collapse_addresses(sixes)]


def _let_out(path: Path | None) -> Networks:
    """Read what the stick lets the courier out to; raises ValueError and OSError."""
    try:
        return collapsed(path.read_text("ascii").split()) if path else ()
    except FileNotFoundError:  # no stick has been here
        return ()


def _elements(url: str, allowed: Networks) -> list[tuple[str, str]]:
    parts = urlsplit(url)
    if not parts.hostname:
        raise ValueError("expected a URL with a host")
    elements = [("port", str(parts.port or HTTPS))]
    if allowed:
        return elements + [(f"v{network.version}", str(network)) for network in allowed]
    try:
        address = ip_address(parts.hostname)
    except ValueError:
        return elements + [(f"v{version}", everywhere) for version, everywhere in EVERYWHERE.items()]
    return [*elements, (f"v{address.version}", str(address))]


def main(arguments: list[str] | None = None) -> int:
    """Apply or print the commands; 78 when the configuration cannot be used, and then nothing is opened."""
    parser = argparse.ArgumentParser(prog="kiosk.courier.firewall")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--city", type=Path, metavar="FILE", help="all that the courier is let out to, one a line")
    parser.add_argument("--nft", metavar="PROGRAM")
    options = parser.parse_args(arguments)
    place = str(options.config)
    try:
        config = load(options.config, options.profile)
        enrolment = enrolment_settings(config)
        place = str(options.city)
        allowed = _let_out(options.city)
        place = f"{options.config}: city.url"
        orders = commands("city", config.city.url, enrolment.url if enrolment else "", allowed=allowed)
        place = f"{options.config}: update.url"
        orders += commands("update", config.update.url)
    except (ConfigError, OSError) as error:
        sys.stderr.write(f"firewall: {error}\n")
        return WRONG_SETTINGS
    except ValueError as error:
        sys.stderr.write(f"firewall: {place}: {error}\n")
        return WRONG_SETTINGS
    if options.nft:
        return subprocess.run([options.nft, "-f", "-"], input=orders, text=True, check=False).returncode
    sys.stdout.write(orders)
    return 0


if __name__ == "__main__":
    sys.exit(main())
