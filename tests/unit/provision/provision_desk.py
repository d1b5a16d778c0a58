"""A city's desk that makes sticks, and a machine that has none yet."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import rfc8785
import tomli_w
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from kiosk.provision.applying import Checked, apply, check
from kiosk.provision.machine import Machine
from kiosk.provision.making import make
from kiosk.provision.sealed_file import MAGIC, SIGNATURE

ROOT = Path(__file__).parents[3]
NOW = datetime.now(UTC)
FILES = {
    name.partition(".")[0]: name
    for name in ("city_ca.pem", "sealing.pub", "receipt.pub", "catalogue.pub", "sign_ca.pem")
}


@dataclass(frozen=True)
class Desk:
    """The city's folder of keys and what is written for one kiosk."""

    folder: Path

    def description(self, **changes: Any) -> dict[str, Any]:
        given: dict[str, Any] = {
            "city": "鶴ヶ島市",
            "kiosk": "kiosk-01",
            "serial": 3,
            "profile": "demo",
            "files": FILES,
            "network": {"address": "192.0.2.20/24", "gateway": "192.0.2.1", "dns": ["192.0.2.53"],
                        "city": ["192.0.2.8"]},
            "enrolment": {"url": "https://127.0.0.1:8444", "code": "ABCD-EFGH-JKLM-NPQR"},
            "settings": {"screen": {"width": 800, "height": 480, "mm": [154, 86]},
                         "city": {"url": "https://127.0.0.1:1"}},
        }  # fmt: skip
        return given | changes

    def stick(self, now: datetime = NOW, **changes: Any) -> bytes:
        written = self.folder / "described.toml"
        written.write_text(tomli_w.dumps(self.description(**changes)), encoding="utf-8")
        return make(written, self.folder / "provision.key", now)

    def signed(self, **changes: Any) -> bytes:
        """Sign a statement with parts of it changed, whatever they are."""
        raw = self.stick()[len(MAGIC) + SIGNATURE :]
        statement = rfc8785.dumps(json.loads(raw) | changes)
        return self.sign(statement)

    def sign(self, statement: bytes) -> bytes:
        key = load_pem_private_key((self.folder / "provision.key").read_bytes(), None)
        assert isinstance(key, Ed25519PrivateKey)
        return MAGIC + key.sign(MAGIC + statement) + statement


def fresh_machine(desk: Desk, folder: Path) -> Machine:
    folder.mkdir(exist_ok=True)
    root = folder / "etc"
    root.mkdir(exist_ok=True)
    keys = (desk.folder / "provision.pub", root / "current/trust/provision.pub")
    return Machine(root, ROOT / "config", keys, folder / "board", folder / "identity")


def tried(machine: Machine, packed: bytes, now: datetime = NOW + timedelta(hours=1)) -> Checked:
    return check(packed, machine, now, clock_plausible=True)


def put_in(machine: Machine, packed: bytes, now: datetime = NOW + timedelta(hours=1)) -> Checked:
    checked = tried(machine, packed, now)
    apply(checked, machine.root)
    return checked


def copied(machine: Machine, folder: Path) -> Machine:
    shutil.copytree(machine.root, folder, symlinks=True)
    return replace(machine, root=folder)
