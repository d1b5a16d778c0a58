from datetime import UTC, datetime, timedelta

import pytest

from kiosk.clock import SystemClock, kernel_synchronised

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
TOMORROW = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def synchronised(tmp_path):
    (tmp_path / "synchronized").touch()
    return tmp_path / "synchronized"


def test_now_is_aware_and_ticks_never_go_back():
    clock = SystemClock()
    assert clock.now().utcoffset() == timedelta(0)
    first = clock.ticks()
    assert clock.ticks() >= first


def test_a_time_before_the_programs_were_built_is_never_plausible(synchronised):
    clock = SystemClock(TOMORROW, synchronised)
    assert not clock.plausible()
    assert not clock.trusted()


def test_a_plausible_time_is_trusted_once_it_was_compared(tmp_path, synchronised):
    assert SystemClock(LONG_AGO, synchronised).trusted()
    assert SystemClock(LONG_AGO, tmp_path / "never").plausible()


def test_without_a_comparison_the_kernel_has_the_say(tmp_path):
    assert SystemClock(LONG_AGO, tmp_path / "never").trusted() is kernel_synchronised()
