"""The mozc-server process: a profile without memory, started, ended and wiped."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Final

from kiosk.text_input.mozc.line import MozcGone, call_at
from kiosk.text_input.mozc.messages import create_session, session_path
from kiosk.text_input.mozc.wire import Message, WireError, decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiosk.text_input.mozc.messages import Answer

PROGRAM: Final = "/usr/lib/mozc/mozc_server"
START_WITHIN = 30.0  # seconds; a start takes some 30 ms, on the smallest computer that is busy with its own start many
END_WITHIN = 1.0
_LOOK = 0.005
# incognito, no learning, no suggestions from what was typed before, no digits as short cuts, nine suggestions
_CONFIG = ((20, 1), (50, 2), (100, 0), (52, 0), (110, 9))


class MozcUnusable(Exception):
    """The server cannot be started here; the message says why."""


class MozcServer:
    """One server at a time, with `profile` as its home; nobody but its own user can look into it.

    The server refuses to run as root, ends without a word when its profile is missing, and answers its own user only.
    """

    def __init__(self, profile: Path, program: str = PROGRAM) -> None:
        if os.geteuid() == 0:
            raise MozcUnusable("mozc-server does not run as root: give it a user of its own")
        if not os.access(program, os.X_OK):
            raise MozcUnusable(f"{program} is missing: install mozc-server")
        self._profile = profile
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        self.version = ""
        self.call: Callable[[bytes], Answer] = call_at("")

    @property
    def pid(self) -> int:
        """The process id, 0 when none runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else 0

    def start(self) -> None:
        """Start with an empty profile; raises MozcUnusable when the server does not answer."""
        self.stop()
        home = self._profile / ".mozc"
        home.mkdir(mode=0o700, parents=True)
        (home / "config1.db").write_bytes(encode(_CONFIG))
        self._process = subprocess.Popen(
            [self._program],
            env={"HOME": str(self._profile)},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait_until_it_answers(home / ".session.ipc")

    def _wait_until_it_answers(self, note: Path) -> None:
        end = time.monotonic() + START_WITHIN
        while time.monotonic() < end:
            if self.pid == 0:
                raise MozcUnusable("mozc-server ended at once")
            path, self.version = session_path(_read(note))
            self.call = call_at(path)
            try:
                if self.version and self.call(create_session()).session:
                    return
            except MozcGone:
                pass
            time.sleep(_LOOK)
        raise MozcUnusable("mozc-server does not answer")

    def stop(self) -> None:
        """End the server and wipe its profile."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(END_WITHIN)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._profile.exists():
            for entry in self._profile.iterdir():
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _read(note: Path) -> Message:
    """Return the server's note, an empty one until it is written."""
    try:
        return decode(note.read_bytes())
    except (FileNotFoundError, WireError):
        return Message({})
