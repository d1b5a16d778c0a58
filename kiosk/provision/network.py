"""The network of a stick in the words of systemd: the wire's file and what the courier is let out to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.provision.statement import Network

_HEAD = "# Made by the stick; the next one makes it anew.\n"


def network_file(network: Network) -> str:
    """Return the file for systemd-networkd (systemd.network(5))."""
    lines = ["[Match]", "Type=ether", "", "[Network]"]
    lines += ["DHCP=yes"] if network.address == "dhcp" else [f"Address={network.address}"]
    lines += [f"Gateway={network.gateway}"] if network.gateway else []
    lines += [f"DNS={address}" for address in network.dns]
    lines += [f"NTP={' '.join(network.time)}"] if network.time else []
    return _HEAD + "\n".join(lines) + "\n"


def city_file(network: Network) -> str:
    """Return what the fire wall reads (kiosk/courier/firewall.py): all that the courier is let out to, one a line."""
    return "".join(f"{address}\n" for address in network.city)


def courier_dropin(network: Network) -> str:
    """Return the drop-in that lets the courier out to the city and to those who answer for its name."""
    allowed = [*network.city, *network.dns]
    return _HEAD + "[Service]\n" + "".join(f"IPAddressAllow={address}\n" for address in allowed)
