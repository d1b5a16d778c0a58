import json
import select
import socket
import stat

import pytest

from kiosk.courier.control import Control


@pytest.fixture
def control(tmp_path):
    control = Control(tmp_path / "courier.sock", lambda command: {"heard": command})
    yield control
    control.close()


@pytest.fixture
def caller(control, tmp_path):
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(str(tmp_path / "courier.sock"))
        yield caller


def serve(control):
    assert select.select([control], [], [], 5)[0]
    control.serve()


def test_each_line_is_answered(control, caller):
    caller.sendall(b'{"do":"pause"}\n{"do":"state"}\n')
    serve(control)
    assert [json.loads(line) for line in caller.recv(4096).splitlines()] == [{"heard": "pause"}, {"heard": "state"}]


def test_a_line_may_come_in_pieces(control, caller):
    caller.sendall(b'{"do":')
    serve(control)
    caller.sendall(b'"resume"}\n')
    serve(control)
    assert json.loads(caller.recv(4096)) == {"heard": "resume"}


@pytest.mark.parametrize("line", [b"pause", b"[]", b"{}", b'"do"', b"\xff", b"[" * 900, b""])
def test_nonsense_is_answered_with_what_was_expected(control, caller, line):
    caller.sendall(line + b"\n")
    serve(control)
    assert "expected" in json.loads(caller.recv(4096))["error"]


def test_an_endless_line_is_cut_off(control, caller):
    caller.sendall(b"x" * 3000)
    serve(control)
    caller.settimeout(5)
    with pytest.raises(ConnectionResetError):
        caller.recv(1)


def test_a_caller_who_leaves_disturbs_nobody(control, caller, tmp_path):
    with socket.socket(socket.AF_UNIX) as other:
        other.connect(str(tmp_path / "courier.sock"))
        other.sendall(b'{"do":"pause"}\n')
    serve(control)
    caller.sendall(b'{"do":"state"}\n')
    serve(control)
    assert json.loads(caller.recv(4096)) == {"heard": "state"}


def test_the_socket_is_for_its_owner_only_and_goes_with_the_program(tmp_path):
    control = Control(tmp_path / "c.sock", lambda _: {})
    assert stat.S_IMODE((tmp_path / "c.sock").stat().st_mode) == 0o600
    control.close()
    assert not (tmp_path / "c.sock").exists()
