"""A private pcscd with a virtual reader: own socket, own ports, next to any other pcscd, as root or not.

The driver listens on all interfaces (0.0.0.0), which cannot be configured: this stack is for development, tests and
demonstrations, and is never installed on a kiosk.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from drivers.errors import DeviceError

if TYPE_CHECKING:
    from types import TracebackType

READER_NAME: Final = "Madoguchi Virtual Reader"
_PCSCD: Final = Path("/usr/sbin/pcscd")
_DRIVER: Final = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
_RUN: Final = Path("/run/pcscd")  # pcscd insists on this folder even when its socket lies elsewhere
_SOCKET_PATH_MOST: Final = 107  # bytes
_READY_WITHIN: Final = 10.0  # seconds
_LISTENING: Final = "0A"
_ATTEMPTS: Final = 3

_READER_CONF: Final = """\
FRIENDLYNAME "{name}"
DEVICENAME   /dev/null:{port}
LIBPATH      {driver}
CHANNELID    {port}
"""


class StackUnavailable(DeviceError):
    """A private pcscd could not be started; the message says what is missing."""


class PcscStack:
    """One private pcscd. Its clients need `PCSCLITE_CSOCK_NAME` = `socket_path` before their first PC/SC call."""

    def __init__(self, directory: Path) -> None:
        """Keep socket, configuration and log in `directory`."""
        self.directory = directory.resolve()  # pcscd looks for it from a folder of its own
        self.socket_path = self.directory / "pcscd.comm"
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Variables that lead a client to this pcscd."""
        return {"PCSCLITE_CSOCK_NAME": str(self.socket_path)}

    @property
    def pid(self) -> int:
        """The running pcscd's process id; raises StackUnavailable when there is none."""
        if self._process is None or self._process.poll() is not None:
            raise StackUnavailable("pcscd is not running")
        return self._process.pid

    def start(self) -> None:
        """Start pcscd and wait until its reader is there; raises StackUnavailable."""
        self._check()
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        for _ in range(_ATTEMPTS):
            self.port = self.port or _free_pair()
            self._launch()
            if self._ready():
                return
            self.stop()
            self.port = 0  # somebody else may have taken the ports meanwhile
        raise StackUnavailable(f"pcscd did not get ready; see {self._log}")

    def restart(self) -> None:
        """Stop and start on the same ports and socket, as systemd does after a crash."""
        self.stop()
        self.start()

    @property
    def _log(self) -> Path:
        return self.directory / "pcscd.log"

    def sees_a_card(self) -> bool:
        """Say whether pcscd's own watch over the reader still knows a card there.

        Its clients may be told earlier that a card is gone, by an exchange that failed; one that is laid down before
        the watch has noticed (it looks every 0.4 s) would never be seen.
        """
        _, _, log = self._log.read_text(encoding="utf-8", errors="replace").rpartition("daemon ready")  # the last start
        return log.count("Card inserted into") > log.count("Card Removed From")

    def _check(self) -> None:
        for part, package in ((_PCSCD, "pcscd"), (_DRIVER, "vsmartcard-vpcd")):
            if not part.exists():
                raise StackUnavailable(f"{part} is missing: install the Debian package {package}")
        if len(os.fsencode(self.socket_path)) > _SOCKET_PATH_MOST:
            raise StackUnavailable(f"{self.socket_path} is too long for a socket's path")
        if not _RUN.is_dir():
            try:
                _RUN.mkdir()
            except OSError as error:
                raise StackUnavailable(f"{_RUN} is missing; make it once: sudo install -d {_RUN}") from error

    def _launch(self) -> None:
        configuration = self.directory / "reader.conf.d"
        configuration.mkdir(exist_ok=True)
        text = _READER_CONF.format(name=READER_NAME, port=self.port, driver=_DRIVER)
        (configuration / "vpcd").write_text(text, encoding="ascii")
        self.socket_path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener, self._log.open("ab") as log:
            listener.bind(str(self.socket_path))
            listener.listen(16)
            listener.set_inheritable(True)
            script = Path(__file__).with_name("activate.py")
            pcscd = [str(_PCSCD), "--foreground", "--config", str(configuration), "--info", *_without_polkit()]
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(script), str(listener.fileno()), *pcscd],
                pass_fds=(listener.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,  # never with --apdu or --debug: that log would hold passwords
            )

    def _ready(self) -> bool:
        ends = time.monotonic() + _READY_WITHIN
        while time.monotonic() < ends:
            if self._process is None or self._process.poll() is not None:
                return False
            if {self.port, self.port + 1} <= _listening_ports(self._process.pid):
                return True
            time.sleep(0.005)  # the driver tells nobody when it listens
        return False

    def stop(self) -> None:
        """End pcscd and take its socket away."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=3)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        self.socket_path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


@cache
def _without_polkit() -> tuple[str, ...]:
    """Return the option that keeps polkit out of it, where pcscd asks polkit: its folder guards this one's socket.

    Debian 13 builds pcscd with polkit, Debian 12 does not know the option.
    """
    told = subprocess.run([_PCSCD, "--help"], capture_output=True, text=True, check=False)
    return ("--disable-polkit",) if "--disable-polkit" in told.stdout + told.stderr else ()


def _free_pair() -> int:
    """Find a port that is free together with the next one: the driver always opens two slots."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("", port + 1))
            except OSError:
                continue
            return port


def _listening_ports(pid: int) -> set[int]:
    """Return the TCP ports that are listened on in the network namespace of `pid`."""
    try:
        lines = Path(f"/proc/{pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return set()
    rows = (line.split() for line in lines)
    return {int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == _LISTENING}
