"""What tests of several rooms stand on: a throw-away authority, a private pcscd, a virtual card on its reader."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from drivers.readers.pcsc import PcscReader
from drivers.readers.reader import Presence
from drivers.virtual.authority import make_authority
from drivers.virtual.control import VirtualTray
from drivers.virtual.personas import load_personas
from drivers.virtual.stack import READER_NAME, PcscStack
from tests.told_calls import ToldCalls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


# The same examples on every machine: a test run says something about the change, not about the day.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what waits more than it works where it costs least time.

    The stories are spread evenly over the run. Tests that share the machine of namespaces go first, together: then one
    worker has them all and boots it once, because work is taken over from the end of what others have left.
    """
    stories = [item for item in items if "test_story_comes_true" in item.name]
    booted = [item for item in items if "booted" in getattr(item, "fixturenames", ())]
    others = [item for item in items if item not in booted and "test_story_comes_true" not in item.name]
    items[:] = [*booted, *others, *stories]
    if not stories or not others:
        return
    stride = len(others) // len(stories) + 1
    spread: list[pytest.Item] = []
    for start in range(0, len(others), stride):
        spread += [*stories[start // stride : start // stride + 1], *others[start : start + stride]]
    items[:] = [*booted, *spread, *stories[-(-len(others) // stride) :]]


@pytest.fixture(scope="session")
def authority_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every persona's card and the authority's certificates."""
    folder = tmp_path_factory.mktemp("authority")
    make_authority(folder, load_personas(), datetime.now(UTC))
    return folder


@pytest.fixture(scope="session")
def told_calls(tmp_path_factory: pytest.TempPathFactory) -> ToldCalls:
    """Return what tells in which order a program's files reach the disk."""
    return ToldCalls(tmp_path_factory.mktemp("told"))


@pytest.fixture(scope="session")
def pcsc_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PcscStack]:
    """Run the one private pcscd of this test run: libpcsclite asks for its socket's name once in a process."""
    with PcscStack(tmp_path_factory.mktemp("pcscd")) as stack:
        os.environ.update(stack.environment)
        yield stack


@pytest.fixture
def pcsc_reader(pcsc_stack: PcscStack) -> Iterator[PcscReader]:
    """Open the private pcscd's reader."""
    reader = PcscReader(READER_NAME)
    yield reader
    reader.close()


@pytest.fixture
def virtual_tray(
    authority_folder: Path, pcsc_stack: PcscStack, pcsc_reader: PcscReader, tmp_path: Path
) -> Iterator[VirtualTray]:
    """Run the virtual card's own process, with unused cards; nothing lies on the reader before and after."""
    control = tmp_path / "tray.sock"
    arguments = ["serve", "--dir", authority_folder, "--port", str(pcsc_stack.port), "--control", control]
    with subprocess.Popen(
        [sys.executable, "-m", "drivers.virtual", *arguments], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
    ) as process:
        assert process.stdout
        assert process.stdout.readline()
        yield VirtualTray(control)
        process.terminate()
    assert pcsc_reader.wait_for(Presence.ABSENT, 5, Event())
    until = time.monotonic() + 10
    while pcsc_stack.sees_a_card():
        assert time.monotonic() < until, "pcscd never noticed that the card is gone"
        time.sleep(0.05)
