import contextlib
import signal
import socket

import pytest

from kiosk.courier.limit import Overrun, limited


def test_a_wait_that_would_never_end_is_ended():
    left, right = socket.socketpair()
    with left, right, pytest.raises(Overrun), limited(lambda: False):
        left.recv(1)


def test_it_is_asked_again_and_again_while_the_block_runs():
    asked = []
    left, right = socket.socketpair()
    with left, right, pytest.raises(Overrun), limited(lambda: len(asked) < 2 and not asked.append(1)):
        left.recv(1)
    assert len(asked) == 2


def swallow_once(source):
    """What a library does that catches too much."""
    with contextlib.suppress(Overrun):
        source.recv(1)
    source.recv(1)


def test_swallowing_it_does_not_help():
    left, right = socket.socketpair()
    with left, right, pytest.raises(Overrun), limited(lambda: False):
        swallow_once(left)


def test_nothing_stays_armed():
    before = signal.getsignal(signal.SIGALRM)
    with limited(lambda: False):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is before
