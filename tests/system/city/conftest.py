"""A running city for these tests: a real gunicorn process, real mutual TLS on loopback."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "city"))

from city_authority import Authority
from city_running import PASSWORD, City, KioskLine, StaffDesk, furnish, run_verb


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="session")
def citizen(authority):
    return authority.citizen()


@pytest.fixture(scope="session")
def city(tmp_path_factory, authority):
    """One city for all tests that leave it as they found it."""
    folder = tmp_path_factory.mktemp("city")
    furnish(folder, authority)
    for words in (("tanaka",), ("kacho", "--chief")):
        made = run_verb(folder, "createstaff", *words, typed=f"{PASSWORD}\n")
        assert made.returncode == 0, made.stderr
    running = City(folder).start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def line(city):
    with KioskLine(city) as connection:
        yield connection


@pytest.fixture
def desk(city):
    with StaffDesk(city, "tanaka") as browser:
        yield browser


@pytest.fixture
def own_city(tmp_path, authority):
    """A city of one's own, to start, stop and break; returns a function that starts it with settings."""
    furnish(tmp_path, authority)
    started = []

    def start(*settings: str) -> City:
        started.append(City(tmp_path, settings).start())
        return started[-1]

    yield start
    for running in started:
        if running.process.poll() is None:
            running.kill()
