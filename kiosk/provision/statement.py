"""What the city states for one kiosk: its configuration, pins, network and enrolment (docs/protocol.md)."""

from __future__ import annotations

import ipaddress
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct

from kiosk.provision.errors import Fault, StickRefused
from kiosk.stated import NotStated, stated

KioskId = Annotated[str, Meta(pattern=r"\A[a-z0-9][a-z0-9-]{0,30}\Z")]
Moment = Annotated[datetime, Meta(tz=True)]
Pem = Annotated[str, Meta(min_length=1, max_length=64 << 10)]
Https = Annotated[str, Meta(pattern=r"\Ahttps://[A-Za-z0-9.\[\]:-]+\Z")]
Code = Annotated[str, Meta(pattern=r"\A[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){3}\Z")]  # as the city makes them
HostName = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9.:-]{1,253}\Z")]
UPDATE_CA: Final = "update_ca.pem"
NEEDED: Final = ("city_ca.pem", "sealing.pub", "receipt.pub", "catalogue.pub", "sign_ca.pem")


class Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One object of the statement."""


class Network(Part, frozen=True):
    """The wire: by DHCP, or an address with its prefix; whom the courier may reach."""

    address: str = "dhcp"
    gateway: str = ""
    dns: tuple[str, ...] = ()
    time: tuple[HostName, ...] = ()
    city: tuple[str, ...] = ()  # addresses or networks: all that the courier is let out to


class Enrolment(Part, frozen=True):
    """Where the kiosk has its own key certified, and the code that lets it, once."""

    url: Https
    code: Code


class Files(Part, frozen=True):
    """The pins, as PEM: what this kiosk trusts, and nothing secret."""

    city_ca: Pem
    sealing: Pem
    receipt: Pem
    catalogue: Pem
    sign_ca: Pem
    catalogue_next: str = ""  # while the city changes its key
    provision: str = ""  # a further key that may provision this kiosk
    update_ca: str = ""  # the authority of those who sign its updates; none: it takes no updates

    def by_name(self) -> dict[str, str]:
        """Return the content of each file that is given."""
        named = {
            "city_ca.pem": self.city_ca,
            "sealing.pub": self.sealing,
            "receipt.pub": self.receipt,
            "catalogue.pub": self.catalogue,
            "sign_ca.pem": self.sign_ca,
            "catalogue_next.pub": self.catalogue_next,
            "provision.pub": self.provision,
            UPDATE_CA: self.update_ca,
        }
        return {name: text for name, text in named.items() if text}


class Provision(Part, frozen=True):
    """The statement."""

    spec: Literal["madoguchi/provision/1"]
    serial: Annotated[int, Meta(ge=1, lt=10**12)]
    issued: Moment
    expires: Moment
    city: Annotated[str, Meta(min_length=1, max_length=60)]
    kiosk: KioskId
    replaces: str  # the id that this machine had; empty: none, or the same
    machine: str  # the board's serial number; empty: any
    profile: Annotated[str, Meta(pattern=r"\A[a-z]{0,20}\Z")]
    settings: dict[str, dict[str, Any]]
    files: Files
    network: Network
    enrolment: Enrolment | None


def read_statement(raw: bytes) -> Provision:
    """Return the statement of bytes whose signature was right; raises StickRefused."""
    try:
        provision = stated(raw, Provision)
    except NotStated as error:
        raise StickRefused(Fault.STATEMENT, "", error.where or "(statement)", error.expected) from None
    if provision.issued >= provision.expires:
        raise StickRefused(Fault.STATEMENT, "", "expires", "a moment after issued")
    _check_network(provision.network)
    return provision


def _check_network(network: Network) -> None:
    """Refuse addresses that are none: they end in files of the network manager and the firewall."""
    if network.address != "dhcp":
        _address("network.address", network.address, ipaddress.ip_interface)
        if "/" not in network.address:
            raise StickRefused(Fault.STATEMENT, "", "network.address", '"dhcp" or an address with its prefix')
    elif network.gateway:
        raise StickRefused(Fault.STATEMENT, "", "network.gateway", "none with DHCP")
    for key, given in (("gateway", [network.gateway] if network.gateway else []), ("dns", network.dns)):
        for address in given:
            _address(f"network.{key}", address, ipaddress.ip_address)
    for address in network.city:
        _address("network.city", address, ipaddress.ip_network)


def _address(key: str, text: str, read: Any) -> None:
    try:
        read(text)
    except ValueError:
        raise StickRefused(Fault.STATEMENT, "", key, "an IP address") from None
