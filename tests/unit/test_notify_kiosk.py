import os
import socket
import uuid

import pytest

from kiosk.notify import Notifier


@pytest.fixture(params=["file", "abstract"])
def manager(request, tmp_path):
    address = str(tmp_path / "notify") if request.param == "file" else f"@madoguchi-{uuid.uuid4()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind("\0" + address[1:] if address.startswith("@") else address)
        listener.settimeout(5)
        yield address, listener


def test_the_manager_hears_every_word(manager):
    address, listener = manager
    notifier = Notifier({"NOTIFY_SOCKET": address})
    notifier.ready()
    notifier.alive()
    notifier.status("3 waiting")
    notifier.stopping()
    assert [listener.recv(100) for _ in range(4)] == [b"READY=1", b"WATCHDOG=1", b"STATUS=3 waiting", b"STOPPING=1"]


def test_without_a_manager_or_with_one_that_is_gone_nothing_happens(manager, tmp_path):
    Notifier({}).ready()
    Notifier({"NOTIFY_SOCKET": str(tmp_path / "gone")}).alive()
    assert not (tmp_path / "gone").exists()
    _, listener = manager
    listener.settimeout(0)
    with pytest.raises(BlockingIOError):
        listener.recv(100)


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({"WATCHDOG_USEC": "5000000"}, 2.5),
        ({"WATCHDOG_USEC": "5000000", "WATCHDOG_PID": str(os.getpid())}, 2.5),
        ({"WATCHDOG_USEC": "5000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({}, None),
    ],
)
def test_signs_of_life_come_twice_as_often_as_asked(environment, seconds):
    assert Notifier(environment).interval == seconds
