"""Where the password can be found in memory, and where it cannot: every proof with its control."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import msgspec
import pytest
from memory_scan import cells_found, longest_found

from drivers.card.pad import SIGNING_PAD
from drivers.readers.reader import Presence
from drivers.virtual.authority import make_authority
from drivers.virtual.control import FaultKind, VirtualTray, When
from drivers.virtual.personas import load_personas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drivers.readers.pcsc import PcscReader
    from drivers.virtual.stack import PcscStack

LENGTH = 16
pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root reads the signer's memory, as it should be")


class KioskProcess:
    """The reduced kiosk as a process to look into."""

    def __init__(self, reader: str, stack: PcscStack, cells: bytes, *mode: str) -> None:
        root = Path(__file__).parents[3]
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("signing_kiosk.py")), reader, *mode],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=stack.environment | {"PYTHONPATH": str(root)},
            bufsize=0,
        )
        self.pid = self.process.pid
        self._write(str(len(cells)).encode() + b"\n" + cells)

    def _write(self, data: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(data)

    def stands_at(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().decode().strip()

    def go_on(self) -> None:
        self._write(b"\n")

    @property
    def signer(self) -> int:
        (pid,) = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        return int(pid)

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


class Scene:
    """A card with a password that nobody else knows, and the process that signs with it."""

    def __init__(self, tray: VirtualTray, reader: PcscReader, stack: PcscStack, password: str) -> None:
        self.tray, self.reader, self.stack, self.password = tray, reader, stack, password
        self.cells = bytes(SIGNING_PAD.index(each) for each in password)
        self.kiosks: list[KioskProcess] = []

    def kiosk(self, *mode: str, wrong: bool = False) -> KioskProcess:
        self.tray.lay("hanako")
        assert self.reader.wait_for(Presence.PRESENT, 10, Event())
        if wrong:
            self.password = self.password[1:] + self.password[0]
            self.cells = self.cells[1:] + self.cells[:1]
        kiosk = KioskProcess(self.reader.name, self.stack, self.cells, *mode)
        self.kiosks.append(kiosk)
        assert kiosk.stands_at() == "held"
        return kiosk


@pytest.fixture
def authority_folder(tmp_path: Path) -> Path:
    """Make one card with a password of its own, where the other tests have the shared ones."""
    hanako = load_personas()["hanako"]
    password = "".join(secrets.choice(SIGNING_PAD) for _ in range(LENGTH))
    passwords = msgspec.structs.replace(hanako.passwords, signing=password)
    persona = msgspec.structs.replace(hanako, passwords=passwords)
    make_authority(tmp_path, {"hanako": persona}, datetime.now(UTC))
    (tmp_path / "password").write_text(password, encoding="ascii")
    return tmp_path


@pytest.fixture
def scene(
    authority_folder: Path, virtual_tray: VirtualTray, pcsc_reader: PcscReader, pcsc_stack: PcscStack
) -> Iterator[Scene]:
    pcsc_reader.presence()
    scene = Scene(virtual_tray, pcsc_reader, pcsc_stack, (authority_folder / "password").read_text(encoding="ascii"))
    yield scene
    for kiosk in scene.kiosks:
        kiosk.end()


def test_nothing_of_it_is_left_after_a_signature(scene: Scene) -> None:
    kiosk = scene.kiosk()
    assert cells_found(kiosk.pid, scene.cells)  # control: while it is held, the scan finds it
    kiosk.go_on()
    assert kiosk.stands_at() == "deciding"
    signer = kiosk.signer
    for process in (kiosk.pid, signer):
        assert longest_found(process, scene.password) == 0
    assert not cells_found(signer, scene.cells)
    kiosk.go_on()
    assert kiosk.stands_at() == "signed"
    assert not Path(f"/proc/{signer}").exists()
    assert not cells_found(kiosk.pid, scene.cells)
    assert longest_found(kiosk.pid, scene.password) == 0
    assert longest_found(scene.stack.pid, scene.password) == 0


def test_the_scan_finds_a_kiosk_that_spells_the_password(scene: Scene) -> None:
    kiosk = scene.kiosk("careless")
    kiosk.go_on()
    assert kiosk.stands_at() == "spelt"
    assert longest_found(kiosk.pid, scene.password) == LENGTH


def test_nothing_of_it_is_left_after_a_wrong_password(scene: Scene) -> None:
    kiosk = scene.kiosk(wrong=True)
    kiosk.go_on()
    assert kiosk.stands_at() == "WrongPassword"
    assert not cells_found(kiosk.pid, scene.cells)
    assert longest_found(kiosk.pid, scene.password) == 0
    assert longest_found(scene.stack.pid, scene.password) == 0


def test_nothing_of_it_is_left_when_the_card_is_torn_inside_verify(scene: Scene) -> None:
    kiosk = scene.kiosk()
    scene.tray.fault(FaultKind.REMOVE, "verify", When.MID)
    kiosk.go_on()
    assert kiosk.stands_at() == "CardRemoved"
    assert longest_found(kiosk.pid, scene.password) == 0
    assert longest_found(scene.stack.pid, scene.password) == 0


def test_a_hung_verify_shows_where_the_password_is_and_how_it_goes(scene: Scene) -> None:
    kiosk = scene.kiosk("briefly")
    scene.tray.fault(FaultKind.HANG, "verify")
    verifies = scene.tray.state()["verifies"]
    kiosk.go_on()
    while scene.tray.state()["verifies"] == verifies:
        Event().wait(0.01)
    signer = kiosk.signer
    assert longest_found(signer, scene.password) == LENGTH  # control: here, and
    assert longest_found(scene.stack.pid, scene.password) == LENGTH  # in pcscd until it is restarted
    assert longest_found(kiosk.pid, scene.password) == 0
    assert kiosk.stands_at() == "SignerTimeout"
    assert not Path(f"/proc/{signer}").exists()
    scene.stack.restart()
    assert longest_found(scene.stack.pid, scene.password) == 0
    assert not cells_found(kiosk.pid, scene.cells)


def test_the_signer_is_closed_to_other_processes_of_its_user(scene: Scene) -> None:
    kiosk = scene.kiosk()
    kiosk.go_on()
    assert kiosk.stands_at() == "deciding"
    assert Path(f"/proc/{kiosk.pid}/mem").stat().st_uid == os.getuid()
    status = Path(f"/proc/{kiosk.signer}/status").read_text(encoding="ascii")
    assert "CoreDumping:\t0" in status
    limits = Path(f"/proc/{kiosk.signer}/limits").read_text(encoding="ascii")
    assert any(line.split()[:6] == ["Max", "core", "file", "size", "0", "0"] for line in limits.splitlines())
    smaps = Path(f"/proc/{kiosk.signer}/smaps").read_text(encoding="ascii")
    flags = [line.split()[1:] for line in smaps.splitlines() if line.startswith("VmFlags:")]
    assert any({"lo", "dd", "wf"} <= set(each) for each in flags)  # locked, not dumped, wiped on fork
