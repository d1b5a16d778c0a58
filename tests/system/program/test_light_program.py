"""What a kiosk in service does not need at its start is not loaded: somebody waits for it, and it is one thing less."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOADED = "import sys, kiosk.build; print(*sorted(sys.modules))"


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "name", ["drivers.virtual", "kiosk.signer.direct", "segno", "xml.sax", "typst", "requests", "PIL"]
)
def test_it_is_loaded_when_it_is_needed_only(loaded: set[str], name: str) -> None:
    assert "kiosk.app" in loaded
    assert name not in loaded
