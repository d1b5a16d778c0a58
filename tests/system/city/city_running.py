"""A city as a process of its own, and a kiosk's connection to it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import requests
from city_authority import POLICY, Authority, Citizen
from city_filing import KIOSK, a_container

from city.provision import provision
from kiosk.application.envelope import CityKey, seal
from kiosk.application.receipt import ReceiptKey

ROOT = Path(__file__).parents[3]
SEALED = "application/vnd.madoguchi.sealed"
PASSWORD = "madoguchi-2026"


def furnish(folder: Path, authority: Authority) -> None:
    """Put everything into the folder that a city needs."""
    provision(folder, KIOSK, "鶴ヶ島市")
    (folder / "sign_ca.pem").write_bytes(authority.pem)
    (folder / "crl.pem").write_bytes(authority.revocation_list())


def arguments(folder: Path, *settings: str) -> list[str]:
    given = [
        f"files.directory={folder}",
        "city.name=鶴ヶ島市",
        "kiosk_door.port=0",
        "staff_door.port=0",
        "trust.allow_demo=true",
        f'trust.policies=["{POLICY}"]',
        f'kiosks.ids=["{KIOSK}"]',
        "forms.any=true",
        "forms.directory=",
        *settings,
    ]
    return ["--config", "config/city.toml", *(word for setting in given for word in ("--set", setting))]


def run_verb(folder: Path, verb: str, *words: str, typed: str = "", settings=()) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "city", verb, *words, *arguments(folder, *settings)]
    return subprocess.run(command, cwd=ROOT, input=typed, capture_output=True, text=True, timeout=50, check=False)


@dataclass
class City:
    """A running city; `log` is everything it has written to its standard error."""

    folder: Path
    settings: tuple[str, ...] = ()
    ports: dict[str, int] = field(default_factory=dict)

    def start(self) -> City:
        command = [sys.executable, "-m", "city", "serve", *arguments(self.folder, *self.settings)]
        with (self.folder / "city.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        if not line:
            self.stop()
            raise RuntimeError(self.log)
        self.ports = json.loads(line)
        return self

    def stop(self) -> int:
        self.process.terminate()
        code = self.process.wait(20)
        self.process.stdout.close()
        return code

    def kill(self) -> None:
        """End the master and its worker at once, as a power cut would."""
        children = self.workers()
        self.process.kill()
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)
        self.process.wait(20)
        self.process.stdout.close()

    def workers(self) -> list[str]:
        """Return the process ids of the workers, once one of them has answered."""
        requests.get(f"{self.staff_url}/health", timeout=20)
        return Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()

    @property
    def log(self) -> str:
        return (self.folder / "city.log").read_text()

    @property
    def kiosk_url(self) -> str:
        return f"https://127.0.0.1:{self.ports['kiosk_port']}"

    @property
    def staff_url(self) -> str:
        return f"http://127.0.0.1:{self.ports['staff_port']}"


class KioskLine(requests.Session):
    """A kiosk's connection: its client certificate, the city's authority and nothing else."""

    def __init__(self, city: City, name: str = "kiosk") -> None:
        super().__init__()
        self.trust_env = False
        self.verify = str(city.folder / "city_ca.pem")
        self.cert = (str(city.folder / f"{name}.pem"), str(city.folder / f"{name}.key"))
        self.address = f"{city.kiosk_url}/v1/applications"
        self.key = CityKey.load(city.folder / "sealing.pub")
        self.receipt_key = ReceiptKey.load(city.folder / "receipt.pub")

    def sealed(self, container: bytes, transaction_id: str, kiosk: str = KIOSK) -> bytes:
        return seal(container, self.key, kiosk, transaction_id)

    def deliver(self, sealed: bytes, transaction_id: str, **headers: str | None) -> requests.Response:
        given = {"Content-Type": SEALED, "Idempotency-Key": transaction_id, "Sealing-Key": self.key.key_id} | headers
        return self.post(self.address, data=sealed, headers=given, timeout=20)

    def file(self, citizen: Citizen, **changes) -> requests.Response:
        """File a new application of this citizen."""
        transaction_id = str(uuid.uuid4())
        container = a_container(citizen, transaction_id, **changes)
        return self.deliver(self.sealed(container, transaction_id), transaction_id)


class StaffDesk(requests.Session):
    """A browser at the staff's door."""

    def __init__(self, city: City, name: str | None = None) -> None:
        super().__init__()
        self.trust_env = False
        self.root = f"{city.staff_url}/staff/"
        if name is not None:
            self.log_in(name)

    def log_in(self, name: str, password: str = PASSWORD) -> requests.Response:
        self.get(f"{self.root}login/", timeout=20)
        return self.press("login/", username=name, password=password, next="/staff/")

    def page(self, path: str = "") -> requests.Response:
        return self.get(self.root + path, timeout=20)

    def press(self, path: str, **fields: str) -> requests.Response:
        """Submit a form of a page, with the token that the page carries."""
        token = self.cookies.get("csrftoken", "")
        return self.post(self.root + path, data=fields | {"csrfmiddlewaretoken": token}, timeout=20)


def number_of(answer: requests.Response) -> str:
    return answer.json()["receipt"]["number"]


def primary_key(desk: StaffDesk, number: str) -> int:
    """Find an application in the list by its number."""
    listed = desk.page(f"intake/application/?q={number}").text
    return int(re.search(rf"application/(\d+)/change/[^>]*>{number}", listed)[1])
