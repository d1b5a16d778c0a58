"""The helper with the real mozc-server, as its own user, on this machine."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.text_input.mozc.server import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterator

# Another server can be tried by its path, such as Debian 13's unpacked on Debian 12.
SERVER = os.environ.get("MADOGUCHI_MOZC_SERVER", PROGRAM)
needs_mozc = pytest.mark.skipif(not os.access(SERVER, os.X_OK), reason="mozc-server is not installed")


@dataclass
class Helper:
    socket: Path
    profile: Path
    version: str
    pid: int

    def servers(self) -> list[int]:
        """The server processes that the helper has now."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii")
        return [int(pid) for pid in children.split()]


@contextlib.contextmanager
def running_helper(*options: str) -> Iterator[Helper]:
    with tempfile.TemporaryDirectory(prefix="mozc-test-") as folder:
        Path(folder).chmod(0o711)
        path, profile = Path(folder) / "c.sock", Path(folder) / "profile"
        command = [sys.executable, "-m", "kiosk.text_input.mozc", "--socket", str(path), "--profile", str(profile)]
        process = subprocess.Popen([*command, "--program", SERVER, *options], stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            facts = json.loads(process.stdout.readline())
            yield Helper(path, profile, facts.get("version", ""), process.pid)
        finally:
            process.terminate()
            process.wait(10)
            assert process.stdout is not None
            process.stdout.close()


def user_of(pid: int) -> str:
    return pwd.getpwuid(Path(f"/proc/{pid}").stat().st_uid).pw_name
