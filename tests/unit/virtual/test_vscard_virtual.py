"""The virtual card's side of QEMU's VSCARD protocol, against the reader's end as QEMU speaks it."""

from __future__ import annotations

import socket
import struct
from threading import Thread

import pytest

from drivers.virtual.control import VirtualTray
from drivers.virtual.service import Service
from drivers.virtual.tray import Tray

HEAD = struct.Struct(">III")
SELECT = bytes.fromhex("00a4040c0ad392f000260100000001")
ERROR, APDU = 2, 7


class Machine:
    """Listens like the chardev of an emulated machine's reader."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(5)
        self.port = self.listener.getsockname()[1]

    def accept(self) -> None:
        self.card, _ = self.listener.accept()
        self.card.settimeout(5)

    def receive(self) -> tuple[int, bytes]:
        kind, _, length = HEAD.unpack(self.card.recv(HEAD.size, socket.MSG_WAITALL))
        return kind, self.card.recv(length, socket.MSG_WAITALL) if length else b""

    def send(self, kind: int, body: bytes) -> None:
        self.card.sendall(HEAD.pack(kind, 0, len(body)) + body)


@pytest.fixture
def machine():
    machine = Machine()
    yield machine
    machine.listener.close()


@pytest.fixture
def tray(machine, authority_folder, tmp_path):
    service = Service(Tray(authority_folder), tmp_path / "c.sock", machine.port, "qemu")
    thread = Thread(target=service.run)
    thread.start()
    yield VirtualTray(tmp_path / "c.sock")
    service.stop()
    thread.join(5)
    machine.card.close()


@pytest.fixture
def laid(machine, tray):
    tray.lay("hanako", gap=0)
    machine.accept()
    return [machine.receive() for _ in range(3)]


def test_laying_introduces_itself_adds_the_reader_and_tells_the_atr(laid) -> None:
    assert laid[0] == (1, b"VSCD" + bytes.fromhex("0000000200000000"))
    assert laid[1] == (3, b"")
    assert laid[2][0] == 5
    assert laid[2][1].startswith(b"\x3b")


def test_commands_are_answered_in_pieces_too_and_what_else_comes_is_passed_over(laid, machine) -> None:
    machine.send(ERROR, bytes(4))
    whole = HEAD.pack(APDU, 0, len(SELECT)) + SELECT
    machine.card.sendall(whole[:7])
    machine.card.sendall(whole[7:20])
    machine.card.sendall(whole[20:])
    assert machine.receive() == (APDU, b"\x90\x00")


def test_lifting_removes_the_card_and_leaves_the_reader(laid, machine, tray) -> None:
    tray.lift()
    assert machine.receive() == (6, b"")
    assert machine.card.recv(1) == b""


def test_a_machine_that_ends_is_found_again(laid, machine, tray) -> None:
    machine.card.close()
    machine.accept()
    assert [machine.receive()[0] for _ in range(3)] == [1, 3, 5]
    assert tray.state()["laid"] == "hanako"
