"""The private pcscd: beside another one, stopped and started, and what is said when it cannot run."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from drivers.virtual.stack import PcscStack, StackUnavailable

ROOT = Path(__file__).parents[3]


def listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_two_at_once_and_none_left(tmp_path) -> None:
    with PcscStack(tmp_path / "a") as one, PcscStack(tmp_path / "b") as other:
        ports = {one.port, one.port + 1, other.port, other.port + 1}
        assert len(ports) == 4
        assert all(listening(port) for port in ports)
        assert one.environment == {"PCSCLITE_CSOCK_NAME": str(tmp_path / "a" / "pcscd.comm")}
    assert not any(listening(port) for port in ports)
    assert not one.socket_path.exists()
    with pytest.raises(StackUnavailable):
        _ = one.pid


def test_a_restart_keeps_the_ports(tmp_path) -> None:
    with PcscStack(tmp_path) as stack:
        port, pid = stack.port, stack.pid
        stack.restart()
        assert stack.port == port
        assert stack.pid != pid


def test_a_folder_may_be_told_relative(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)  # where `make demo` runs; pcscd itself goes to another folder
    with PcscStack(Path("run")) as stack:
        assert listening(stack.port)
        assert stack.environment == {"PCSCLITE_CSOCK_NAME": str(tmp_path / "run" / "pcscd.comm")}


def test_no_apdu_is_logged(tmp_path) -> None:
    with PcscStack(tmp_path) as stack:
        arguments = Path(f"/proc/{stack.pid}/cmdline").read_bytes().split(b"\0")
    assert b"--apdu" not in arguments
    assert b"--debug" not in arguments


def test_a_path_too_long_for_a_socket(tmp_path) -> None:
    with pytest.raises(StackUnavailable, match="too long"):
        PcscStack(tmp_path / ("x" * 100)).start()


def test_the_program_says_when_it_is_ready_and_ends_with_its_pcscd(tmp_path) -> None:
    command = [sys.executable, "-m", "drivers.virtual", "pcscd", "--dir", tmp_path]
    for end in (signal.SIGTERM, None):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            facts = json.loads(child.stdout.readline())
            assert facts["socket"] == str(tmp_path / "pcscd.comm")
            assert all(listening(port) for port in facts["ports"])
            if end is None:
                os.kill(facts["pid"], signal.SIGKILL)
                assert child.wait(10) == 2
                assert b"pcscd is not running" in child.stderr.read()
            else:
                child.send_signal(end)
                assert child.wait(10) == 0
        assert not any(listening(port) for port in facts["ports"])
