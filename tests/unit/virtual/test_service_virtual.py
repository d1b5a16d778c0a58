"""The virtual card's process: its control socket, and its side of vpcd's protocol."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from virtual_pcd import Pcd

from drivers.virtual.control import FaultKind, TrayError, VirtualTray, When

ROOT = Path(__file__).parents[3]
SELECT = bytes.fromhex("00a4040c0ad392f000260100000001")
ATR = bytes.fromhex("3b8880010000" + "05e0b381a1007f")


@pytest.fixture(scope="module")
def pcd():
    reader = Pcd()
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def process(authority_folder, pcd, tmp_path_factory):
    control = tmp_path_factory.mktemp("control") / "c.sock"
    arguments = ["serve", "--dir", authority_folder, "--port", str(pcd.port), "--control", control]
    command = [sys.executable, "-m", "drivers.virtual", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert json.loads(child.stdout.readline()) == {"control": str(control)}
        yield control
        child.send_signal(signal.SIGTERM)
        assert child.wait(5) == 0
    assert not control.exists()


@pytest.fixture
def tray(process):
    tray = VirtualTray(process)
    tray.renew()
    return tray


@pytest.fixture
def laid(tray, pcd):
    """Hanako's card, seen by the reader and with power."""
    tray.lay("hanako", gap=0)
    pcd.accept()
    pcd.send(b"\1")
    return tray


def test_laying_connects_and_lifting_disconnects(tray, pcd) -> None:
    tray.lay("hanako", gap=0)
    pcd.accept()
    assert pcd.ask(b"\4") == ATR
    tray.lift()
    assert pcd.receive() == b""


def test_orders_of_power_are_obeyed_and_not_answered(laid, pcd) -> None:
    pcd.send(b"\2")
    pcd.send(b"\0")
    pcd.send(b"\1")
    assert pcd.ask(b"\4") == ATR
    assert laid.state()["power_ups"] == 2


def test_commands_are_answered_and_counted(laid, pcd) -> None:
    assert pcd.ask(SELECT) == b"\x90\0"
    state = laid.state()
    assert (state["laid"], state["apdus"], state["bytes_out"], state["bytes_in"]) == ("hanako", 1, 15, 2)


def test_many_messages_in_one_piece_are_all_answered(laid, pcd) -> None:
    one = len(SELECT).to_bytes(2, "big") + SELECT
    pcd.card.sendall(one * 3 + one[:5])
    assert [pcd.receive() for _ in range(3)] == [b"\x90\0"] * 3
    pcd.card.sendall(one[5:])
    assert pcd.receive() == b"\x90\0"


def test_a_driver_that_sends_in_two_pieces_is_not_kept_waiting(laid, pcd) -> None:
    """A delayed acknowledgement would cost 40 ms each: 2.4 s for these."""
    begun = time.monotonic()
    for _ in range(60):
        assert pcd.ask(SELECT) == b"\x90\0"
    assert time.monotonic() - begun < 1.2


def test_swapping_leaves_a_gap(laid, pcd) -> None:
    laid.swap("licence", gap=0.05)
    assert pcd.receive() == b""
    pcd.accept()
    assert pcd.ask(SELECT) == b"\x6a\x82"
    assert laid.state()["laid"] == "licence"


def test_a_hand_needs_its_time(laid, pcd) -> None:
    laid.lift()
    begun = time.monotonic()
    laid.lay("hanako", gap=0.3)
    pcd.accept()
    assert time.monotonic() - begun > 0.2
    assert pcd.ask(b"\4") == ATR


def test_a_reader_that_went_away_finds_the_card_again(laid, pcd) -> None:
    pcd.card.close()
    pcd.accept()
    assert pcd.ask(b"\4") == ATR


@pytest.mark.parametrize("when", list(When))
def test_a_torn_card(laid, pcd, when: When) -> None:
    laid.fault(FaultKind.REMOVE, "select", when)
    assert pcd.ask(SELECT) == (b"\x90\0" if when is When.AFTER else b"")
    if when is When.AFTER:
        assert pcd.receive() == b""
    assert laid.state()["laid"] is None


def test_a_slow_card_still_obeys_its_control_socket(laid, pcd) -> None:
    laid.fault(FaultKind.SLOW, seconds=0.2)
    pcd.send(SELECT)
    assert laid.state()["laid"] == "hanako"
    assert pcd.receive() == b"\x90\0"


def test_a_silent_card_can_be_lifted(laid, pcd) -> None:
    laid.fault(FaultKind.HANG)
    pcd.send(SELECT)
    laid.lift()
    assert pcd.receive() == b""


def test_a_fault_can_be_mended(laid, pcd) -> None:
    laid.fault(FaultKind.STATUS, status=0x6F00)
    laid.mend()
    assert pcd.ask(SELECT) == b"\x90\0"


def test_personas_have_titles(tray) -> None:
    assert tray.personas()["hanako"] == "鶴ヶ島 花子（問題なし）"


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b'{"do":"fly"}',
        b'{"do":"lay"}',
        b'{"do":"lay","persona":"nobody"}',
        b'{"do":"lay","persona":"hanako","extra":1}',
        b'{"do":"fault","kind":"remove","at":"nonsense"}',
        b'{"do":"fault","kind":"explode"}',
    ],
)
def test_a_wrong_order_is_refused_and_the_next_one_obeyed(process, tray, line: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(5)
        client.connect(str(process))
        client.sendall(line + b'\n{"do":"state"}\n')
        answers = client.makefile("rb")
        assert json.loads(answers.readline())["ok"] is False
        assert json.loads(answers.readline()) == {"ok": True, "laid": None, "tripwires": 0}
    with pytest.raises(TrayError):
        tray.lay("nobody")


def test_the_control_socket_is_its_owner_s(process) -> None:
    assert process.stat().st_mode & 0o777 == 0o600


def test_an_endless_line_is_hung_up_on(process) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(5)
        client.connect(str(process))
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            client.sendall(b"x" * 4_000_000)


def test_nobody_there(tmp_path) -> None:
    with pytest.raises(TrayError):
        VirtualTray(tmp_path / "absent.sock").lay("hanako")


def test_a_stale_socket_of_a_killed_process_is_replaced(authority_folder, tmp_path) -> None:
    control = tmp_path / "c.sock"
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(str(control))
    command = [sys.executable, "-m", "drivers.virtual", "serve", "--dir", authority_folder, "--control", control]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout.readline()
        VirtualTray(control).lay("hanako")
        os.kill(child.pid, signal.SIGINT)
        assert child.wait(5) == 0


def test_the_authority_program(tmp_path) -> None:
    command = [sys.executable, "-m", "drivers.virtual", "authority", "--dir", tmp_path, "--personas"]
    done = subprocess.run([*command, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no persona there" in done.stderr
    (tmp_path / "one.toml").write_text('title = "one"\nkind = "licence"', encoding="utf-8")
    subprocess.run([*command, tmp_path], cwd=ROOT, check=True)
    assert (tmp_path / "cards" / "one.json").exists()
