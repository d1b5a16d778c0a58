"""From a statement to the files of a generation: configuration, pins, network; proved by the programs' own readers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import tomli_w
from cryptography import x509

from kiosk.application.envelope import CityKey
from kiosk.application.errors import TrustFileUnusable
from kiosk.application.receipt import ReceiptKey
from kiosk.application.trust import TrustStore
from kiosk.catalogue.keys import CatalogueKeys
from kiosk.config import ConfigError, assembled, load, merge, read_tree
from kiosk.provision.errors import Fault, StickRefused
from kiosk.provision.network import city_file, courier_dropin, network_file
from kiosk.provision.sealed_file import NAME, ProvisionKeys
from kiosk.provision.statement import UPDATE_CA

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.config import Config
    from kiosk.provision.machine import Machine
    from kiosk.provision.statement import Provision

CONFIG_NAME: Final = "kiosk.toml"
ENROLMENT_NAME: Final = "enrolment.json"
NETWORK_NAME: Final = "network/10-madoguchi.network"
DROPIN_NAME: Final = "network/courier.conf"
CITY_NAME: Final = "network/city"
# What a stick may not set, because it follows from the rest of it.
OWN: Final = {
    "kiosk": ("id", "remote"),
    "city": ("name", "ca", "client_certificate", "client_key", "sealing_key", "receipt_key", "catalogue_keys"),
    "trust": ("anchors",),
}


def files_of(provision: Provision, packed: bytes, machine: Machine) -> dict[str, bytes]:
    """Return every file of the generation by its name; raises StickRefused, naming file, key and what was expected."""
    tree = _tree(provision, machine)
    found = {CONFIG_NAME: tomli_w.dumps(tree).encode(), NAME: packed}
    found |= {f"trust/{name}": text.encode() for name, text in provision.files.by_name().items()}
    found[NETWORK_NAME] = network_file(provision.network).encode()
    found[CITY_NAME] = city_file(provision.network).encode()
    found[DROPIN_NAME] = courier_dropin(provision.network).encode()
    if provision.enrolment is not None:
        told = {"url": provision.enrolment.url, "code": provision.enrolment.code}
        found[ENROLMENT_NAME] = json.dumps(told).encode()
    return found


def _tree(provision: Provision, machine: Machine) -> dict[str, Any]:
    """Lay settings over profile over the program's own configuration, and the paths of the pins over all."""
    try:
        tree = read_tree(machine.base / CONFIG_NAME)
        if provision.profile:
            merge(tree, read_tree(machine.base / "profiles" / f"{provision.profile}.toml"))
    except ConfigError as error:
        raise StickRefused(Fault.CONFIGURATION, str(error.file), error.key, error.expected) from None
    for table, keys in OWN.items():
        for key in keys:
            if key in provision.settings.get(table, {}):
                raise StickRefused(Fault.CONFIGURATION, NAME, f"{table}.{key}", "not among the settings of a stick")
    merge(tree, provision.settings)
    merge(tree, _placed(provision, machine))
    try:
        assembled(tree, NAME)
    except ConfigError as error:
        raise StickRefused(Fault.CONFIGURATION, NAME, error.key, error.expected) from None
    _check_words(tree["kiosk"]["languages"], tree["journey"]["checklist"], machine)
    return tree


def _check_words(languages: list[str], checklist: list[str], machine: Machine) -> None:
    """Refuse languages that the program does not speak, and items that it has no sentence for."""
    texts = machine.base / "texts"
    spoken = sorted(path.stem for path in texts.glob("*.toml"))
    try:
        items = sorted(read_tree(texts / "ja.toml")["checklist"]["item"])
    except ConfigError as error:
        raise StickRefused(Fault.CONFIGURATION, str(error.file), error.key, error.expected) from None
    for key, given, known in (("kiosk.languages", languages, spoken), ("journey.checklist", checklist, items)):
        if not set(given) <= set(known):
            raise StickRefused(Fault.CONFIGURATION, NAME, key, f"some of {', '.join(known)}")


def _placed(provision: Provision, machine: Machine) -> dict[str, Any]:
    trust, names = machine.root / "current/trust", provision.files.by_name()
    keys = [str(trust / name) for name in ("catalogue.pub", "catalogue_next.pub") if name in names]
    enrolment = machine.root / "current" / ENROLMENT_NAME if provision.enrolment else ""
    return {
        "kiosk": {"id": provision.kiosk},
        "city": {
            "name": provision.city,
            "ca": str(trust / "city_ca.pem"),
            "client_certificate": str(machine.identity / "kiosk.pem"),
            "client_key": str(machine.identity / "kiosk.pem"),  # one file: both change in one step
            "enrolment": str(enrolment),
            "sealing_key": str(trust / "sealing.pub"),
            "receipt_key": str(trust / "receipt.pub"),
            "catalogue_keys": keys,
        },
        "trust": {"anchors": [str(trust / "sign_ca.pem")]},
    }


def prove(folder: Path) -> Config:
    """Read a generation as the programs will: the configuration and every key; raises StickRefused."""
    try:
        config = load(folder / CONFIG_NAME)
    except ConfigError as error:
        raise StickRefused(Fault.CONFIGURATION, CONFIG_NAME, error.key, error.expected) from None
    trust = folder / "trust"
    try:
        CityKey.load(trust / "sealing.pub")
        receipt = ReceiptKey.load(trust / "receipt.pub")
        CatalogueKeys.load([trust / path.name for path in config.city.catalogue_keys], receipt)
        TrustStore.load([trust / "sign_ca.pem"], allow_demo=config.kiosk.demo)
    except TrustFileUnusable as error:
        raise StickRefused(Fault.FILES, trust.joinpath(error.path).name, "", error.expected) from None
    _authority(trust / "city_ca.pem", "the city's authority (PEM)")
    if (trust / UPDATE_CA).exists():
        _authority(trust / UPDATE_CA, "the authority of those who sign updates (PEM)")
    if (trust / "provision.pub").exists():
        try:
            ProvisionKeys.load([trust / "provision.pub"])
        except StickRefused as error:
            raise StickRefused(Fault.FILES, "provision.pub", "", error.expected) from None
    return config


def _authority(path: Path, expected: str) -> None:
    """Refuse what is no authority that could vouch for anybody."""
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
        fit = all(each.extensions.get_extension_for_class(x509.BasicConstraints).value.ca for each in found)
    except (ValueError, x509.ExtensionNotFound):
        fit = False
    if not fit:
        raise StickRefused(Fault.FILES, path.name, "", expected)
