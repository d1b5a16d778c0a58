"""What is outside the machine: the virtual card in its reader, and the city, each as a program of this machine."""

from __future__ import annotations

import json
import shutil
import socket
from typing import TYPE_CHECKING, Any

from drivers.virtual.control import VirtualTray
from kiosk.demo.process import Program
from kiosk.demo.setting import CITY_CONFIG, Setting, as_options
from proofs.machine import free_port
from proofs.provisioned import HOST, provision

if TYPE_CHECKING:
    from pathlib import Path

    from proofs.machine import Machine


def _same_port(note: Path) -> int:
    """Return the port that an earlier run had, while nobody else has it: a kept machine knows the city by it."""
    port = int(note.read_text("ascii")) if note.exists() else 0
    try:
        with socket.create_server(("127.0.0.1", port)):
            pass
    except OSError:
        port = 0
    note.write_text(str(port or free_port()), encoding="ascii")
    return int(note.read_text("ascii"))


class Outside:
    """Keys, city and card; the city keeps its port and what it has stored while it is off."""

    def __init__(self, folder: Path) -> None:
        """Make the keys and the catalogue where there are none, and a city that has stored nothing yet."""
        self.setting = Setting(folder, folder / "trust")
        self.city_port = _same_port(folder / "city.port")
        self.enrolment_port = _same_port(folder / "enrolment.port")
        self._city: Program | None = None
        self._card: Program | None = None
        provision(self.setting.trust)
        for part in (self.setting.run, self.setting.logs):
            shutil.rmtree(part, ignore_errors=True)
        for old in folder.glob("city.sqlite3*"):
            old.unlink()
        self.setting.run.mkdir(parents=True, mode=0o700)
        if not self.setting.published.exists():  # a kept machine has one of these: serials never begin anew
            self.publish()

    def publish(self) -> None:
        """Let the city publish its forms as the next catalogue."""
        self._once("publish", "city", "catalogue", "publish")

    def _sets(self) -> list[str]:
        door = [f"kiosk_door.port={self.city_port}", f'kiosk_door.names=["{HOST}"]']
        door += ["enrolment_door.on=true", f"enrolment_door.port={self.enrolment_port}"]
        return ["--config", str(CITY_CONFIG), *as_options([*self.setting.sets_for_city(), *door])]

    def _once(self, name: str, *words: str) -> str:
        return Program(name, [*words, *self._sets()], self.setting.logs / f"{name}.log").run()

    def start_city(self) -> None:
        """Start the city, unless it runs: gunicorn, mutual TLS, on loopback."""
        if self._city is not None and self._city.running:
            return
        self._city = Program("city", ["city", "serve", *self._sets()], self.setting.logs / "city.log")
        self._city.start_and_listen("kiosk_port")

    def stop_city(self) -> None:
        """End it: the courier finds nobody there."""
        if self._city is not None:
            self._city.stop()

    def enrol(self, kiosk: str) -> str:
        """Return a code that is good once, for a kiosk that makes its own key."""
        return self._once("enrol", "city", "enrol", kiosk).split()[-1]

    def sign_stick(self, description: Path, folder: Path) -> None:
        """Write the signed file of a stick into a folder, as the city's desk does."""
        words = ["kiosk", "provision", "make", str(description), "--key", str(self.setting.trust / "provision.key")]
        Program("desk", [*words, "--out", str(folder)], self.setting.logs / "desk.log").run()

    def put_card_into(self, machine: Machine) -> None:
        """Give the machine's reader the virtual card; another machine's loses it."""
        self.take_card_away()
        words = ["drivers.virtual", "serve", "--dir", str(self.setting.trust), "--control", str(self.setting.tray)]
        words += ["--port", str(machine.card_port), "--reader", "qemu"]
        self._card = Program("card", words, self.setting.logs / "card.log")
        self._card.start_and_listen("control")

    def take_card_away(self) -> None:
        """End the virtual card's program."""
        if self._card is not None:
            self._card.stop()

    @property
    def tray(self) -> VirtualTray:
        """The virtual card's tray."""
        return VirtualTray(self.setting.tray)

    def export(self, folder: Path) -> None:
        """Write what the city has stored into `folder`: container, receipt and verdict."""
        self._once("export", "city", "export", "--out", str(folder))

    def verdicts(self) -> list[dict[str, Any]]:
        """Return what the city found of each application that it has stored; the files are left in `stored`."""
        folder = self.setting.folder / "stored"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self.export(folder)
        return [json.loads(path.read_text("utf-8")) for path in sorted(folder.rglob("verdict.json"))]

    def close(self) -> None:
        """End both."""
        self.stop_city()
        self.take_card_away()
