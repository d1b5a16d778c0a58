"""What many tests share: the virtual cards, and one private pcscd for the whole run.

libpcsclite reads PCSCLITE_CSOCK_NAME once in a process: every test of one run has to use the same pcscd.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drivers.virtual.authority import make_authority
from drivers.virtual.control import VirtualTray
from drivers.virtual.personas import load_personas
from drivers.virtual.stack import PcscStack

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def virtual_cards(tmp_path_factory):
    """A folder as `python -m drivers.virtual authority` makes it."""
    folder = tmp_path_factory.mktemp("virtual")
    make_authority(folder, load_personas(), datetime.now(UTC))
    return folder


@pytest.fixture(scope="session")
def pcsc_stack():
    """The private pcscd of this run; its environment is set in this process."""
    with tempfile.TemporaryDirectory(prefix="pcsc-") as folder, PcscStack(Path(folder)) as stack:
        os.environ.update(stack.environment)
        yield stack


@pytest.fixture(scope="session")
def _card_process(virtual_cards, pcsc_stack):
    control = pcsc_stack.directory / "card.sock"
    arguments = ["serve", "--dir", virtual_cards, "--port", str(pcsc_stack.port), "--control", control]
    with subprocess.Popen(
        [sys.executable, "-m", "drivers.virtual", *arguments], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert json.loads(process.stdout.readline()) == {"control": str(control)}
        yield control
        process.terminate()
        assert process.wait(timeout=5) == 0


@pytest.fixture
def virtual_tray(_card_process):
    """The virtual card on the private pcscd's reader: new cards, none laid."""
    tray = VirtualTray(_card_process)
    tray.renew()
    yield tray
    tray.renew()
