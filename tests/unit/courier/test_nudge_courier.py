import select
import stat

import pytest

from kiosk.courier.nudge import Bell, bell_path, ring


@pytest.fixture
def spool(tmp_path):
    return tmp_path / "spool.sqlite3"


def rings(bell):
    return bool(select.select([bell], [], [], 0)[0])


def test_a_ring_is_heard_until_it_is_taken(spool):
    with Bell(spool) as bell:
        assert not rings(bell)
        ring(spool)
        ring(spool)
        assert rings(bell)
        bell.quiet()
        assert not rings(bell)


def test_ringing_for_nobody_does_nothing(spool):
    ring(spool)
    with Bell(spool) as bell:
        assert not rings(bell), "a ring before there was a bell is not kept"
    ring(spool)
    assert list(spool.parent.iterdir()) == []


def test_ringing_at_a_courier_that_never_listens_does_not_wait(spool):
    with Bell(spool) as bell:
        for _ in range(2000):
            ring(spool)
        assert rings(bell)


def test_a_bell_left_by_a_killed_courier_is_replaced(spool):
    first = Bell(spool)
    with Bell(spool) as second:
        ring(spool)
        assert rings(second)
        assert not rings(first)
    first.close()


def test_the_bell_is_for_owner_and_group(spool):
    with Bell(spool):
        assert stat.S_IMODE(bell_path(spool).stat().st_mode) == 0o660
    assert not bell_path(spool).exists()
