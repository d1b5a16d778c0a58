"""A machine of namespaces: the real systemd as PID 1, our real units, the real programs; ended with this process."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from units_world import CITY_OPTIONS, PYTHON, REMOTE, TRAY

from drivers.virtual.control import VirtualTray
from kiosk.demo.line import NoAnswer, ask

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[3]
BOOT = Path(__file__).with_name("boot.sh")
FREEZE = Path(__file__).with_name("units_freeze.py")
TRIAL = """mount -t tmpfs none /mnt; mkdir /mnt/upper /mnt/work /mnt/root; mount -t sysfs none /mnt/root
umount /mnt/root; mount -t overlay none -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root"""
GROUPS = [Path("/sys/fs/cgroup"), *Path("/sys/fs/cgroup").glob("*/")]
PATIENCE = 60.0  # seconds for anything that is waited for; two busy cores are slow
LOOK = 0.1
WAITED = re.compile(r"^voluntary_ctxt_switches:\s+(\d+)", re.MULTILINE)


class NotSeen(AssertionError):
    """Something that was waited for did not come."""


def wait_for(what: str, look: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Return the first true answer of `look`; raises NotSeen."""
    end = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > end:
            raise NotSeen(what)
        time.sleep(LOOK)
    return found


@dataclass(slots=True)
class Machine:
    """`work` holds what it starts with: `units/`, `etc/`, `results/`, `reader.conf`, and an empty `memory/`."""

    work: Path
    boot: subprocess.Popen[bytes] | None = None
    pid: int = 0

    def start(self) -> None:
        """Boot and wait for systemd to answer; raises NotSeen with what was said instead."""
        # However this process ends, the machine ends with it
        command = ["setpriv", "--pdeathsig", "KILL", "sh", str(BOOT), str(self.work), str(ROOT), sys.executable]
        with (self.work / "boot.log").open("wb") as log:
            self.boot = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            self.pid = wait_for("PID 1", self._first_process)
            wait_for("systemd", lambda: self.state() not in {"", "offline"})
        except NotSeen as missing:
            said = (self.work / "boot.log").read_text("utf-8")
            raise NotSeen(f"{missing}: {said}") from None

    def _first_process(self) -> int:
        assert self.boot
        if self.boot.poll() is not None:
            raise NotSeen("PID 1 has ended")
        with contextlib.suppress(OSError, ValueError):
            pid = int(Path(f"/proc/{self.boot.pid}/task/{self.boot.pid}/children").read_text("ascii"))
            if Path(f"/proc/{pid}/comm").read_text("ascii").strip() == "systemd":
                return pid
        return 0

    def stop(self) -> None:
        """End it, with everything that runs in it, and take its control groups away."""
        if self.boot is None:
            return
        self.boot.kill()  # unshare passes that on to PID 1, and the kernel to all others
        self.boot.wait()
        name = (self.work / "cgroup").read_text("ascii").strip()
        for group in [Path("/sys/fs/cgroup", name), *Path("/sys/fs/cgroup").glob(f"*/{name}")]:
            wait_for("the control group's end", lambda group=group: not _left(group))

    # ---- what is done inside ----------------------------------------------------------------------------------

    def run(self, *command: str, check: bool = False) -> subprocess.CompletedProcess[str]:
        """Run a command inside, as root and unconfined."""
        enter = ["nsenter", "--target", str(self.pid), "--mount", "--pid", "--uts", "--ipc", "--net", "--cgroup"]
        return subprocess.run(
            [*enter, "--root", "--wd", *command], capture_output=True, text=True, check=check, timeout=60,
            env={"PATH": "/usr/bin:/usr/sbin", "LANG": "C.UTF-8", "SYSTEMD_COLORS": "0"},
        )  # fmt: skip

    def systemctl(self, *words: str) -> str:
        """Have systemctl do something; raises CalledProcessError."""
        return self.run("systemctl", *words, check=True).stdout

    def state(self) -> str:
        """Return how systemd says the whole is."""
        return self.run("systemctl", "is-system-running").stdout.strip()

    def show(self, unit: str, name: str) -> str:
        """Return one property of a unit."""
        return self.run("systemctl", "show", "--value", "--property", name, unit, check=True).stdout.strip()

    def active(self, unit: str) -> bool:
        """Whether a unit is up, which for those that notify means ready."""
        return self.show(unit, "ActiveState") == "active"

    def main_pid(self, unit: str) -> int:
        """Return the unit's main process, by its number inside; 0 when there is none."""
        return int(self.show(unit, "MainPID"))

    def kill(self, unit: str, number: signal.Signals) -> int:
        """Send a signal to the unit's main process and return its number."""
        pid = self.main_pid(unit)
        self.run("kill", f"-{number.value}", str(pid), check=True)
        return pid

    def back(self, unit: str, before: int) -> int:
        """Wait until the unit is up with another process than `before`, and return that one."""
        return wait_for(
            f"{unit} with another process",
            lambda: self.active(unit) and (pid := self.main_pid(unit)) not in {0, before} and pid,
        )

    def path(self, inside: str) -> Path:
        """Return where a path of the machine is seen from here."""
        return Path(f"/proc/{self.pid}/root{inside}")

    # ---- what it says -----------------------------------------------------------------------------------------

    def journal(self, unit: str) -> list[dict[str, Any]]:
        """Return the unit's lines: what our programs said as JSON, anything else as `text`."""
        said = self.run("journalctl", "--output=json", f"--unit={unit}", check=True).stdout
        return [_entry(json.loads(line)) for line in said.splitlines()]

    def said(self, unit: str, event: str) -> list[dict[str, Any]]:
        """Return our program's lines about one event."""
        return [entry for entry in self.journal(unit) if entry.get("event") == event]

    # ---- the kiosk in it --------------------------------------------------------------------------------------

    def ask(self, socket: str, order: dict[str, Any]) -> dict[str, Any]:
        """Ask at a socket inside; an empty answer when nobody is there."""
        try:
            return ask(self.path(socket), order)
        except NoAnswer:
            return {}

    def step(self) -> str:
        """Return the journey's step as it is on the screen; empty when no kiosk answers."""
        return str(self.ask(REMOTE, {"do": "describe"}).get("step", ""))

    def picture(self, name: str) -> Path:
        """Have the kiosk write what is on its screen and return the file."""
        picture = self.work / f"pictures/{name}.png"
        assert self.ask(REMOTE, {"do": "shot", "path": str(picture)}) == {"ok": True}
        return picture

    @property
    def tray(self) -> VirtualTray:
        """The virtual card's tray."""
        return VirtualTray(self.path(TRAY))

    def export(self, folder: Path) -> None:
        """Write what the city has stored into `folder`, as the demonstration does for a story."""
        out = self.work / "results" / folder.name
        verb = f"cd /usr/share/madoguchi && {PYTHON} -m city export {CITY_OPTIONS} --out /opt/results/{folder.name}"
        self.run("sh", "-c", verb, check=True)
        shutil.copytree(out, folder, dirs_exist_ok=True)

    # ---- processes, as they are seen from here -----------------------------------------------------------------

    def outside(self, pid: int) -> int:
        """Return the number by which a process inside is known out here."""
        for status in Path("/proc").glob("[0-9]*/status"):
            with contextlib.suppress(OSError):
                numbers = re.search(r"^NSpid:\s+(\d+)\s+(\d+)$", status.read_text("ascii", "replace"), re.MULTILINE)
                if numbers and int(numbers[2]) == pid and self._mine(int(numbers[1])):
                    return int(numbers[1])
        raise NotSeen(f"process {pid}")

    def _mine(self, pid: int) -> bool:
        return Path(f"/proc/{pid}/ns/pid").readlink() == Path(f"/proc/{self.pid}/ns/pid").readlink()


@contextlib.contextmanager
def frozen(process: int) -> Iterator[None]:
    """Hold the main thread of a process (its number out here) still, where its other threads can run on.

    A thread may be stopped while it holds Python's lock, which would stop all: then it is let go and stopped again.
    """
    for _ in range(20):
        freezer = subprocess.Popen([sys.executable, str(FREEZE), str(process)], stdout=subprocess.PIPE)
        try:
            assert freezer.stdout
            assert freezer.stdout.readline() == b"stopped\n"
            if _others_move(process):
                yield
                return
        finally:
            freezer.kill()
            freezer.wait()
            freezer.stdout.close()  # type: ignore[union-attr]
    raise NotSeen("threads that run on")


def _others_move(process: int) -> bool:
    """Whether a thread beside the main one has worked within two seconds; the card worker does every second."""
    before = _turns(process)
    end = time.monotonic() + 2.0
    while time.monotonic() < end:
        if _turns(process) != before:
            return True
        time.sleep(LOOK)
    return False


def _turns(process: int) -> dict[str, list[str]]:
    """Return how often each thread but the main one has waited, by its number."""
    threads = [thread for thread in Path(f"/proc/{process}/task").iterdir() if thread.name != str(process)]
    return {thread.name: WAITED.findall((thread / "status").read_text("ascii", "replace")) for thread in threads}


def _entry(line: dict[str, Any]) -> dict[str, Any]:
    text = line.get("MESSAGE") or ""
    if isinstance(text, list):  # journald gives what is not plain text as numbers
        text = bytes(text).decode("utf-8", "replace")
    with contextlib.suppress(ValueError):
        facts = json.loads(text)
        if isinstance(facts, dict):
            return facts
    return {"text": text}


def _left(group: Path) -> bool:
    """Try to take a control group away, the inner ones first; True while something of it is left."""
    if not group.is_dir():
        return False
    for folder, _, _ in os.walk(group, topdown=False):
        with contextlib.suppress(OSError):
            Path(folder).rmdir()
    return group.is_dir()


def why_not() -> str:
    """Return why no machine can be booted here; empty when it can."""
    if os.geteuid() != 0:
        return "needs root: namespaces, mounts and control groups"
    for program in ("unshare", "setpriv", "nsenter", "pivot_root", "systemctl", "systemd-sysusers", "journalctl"):
        if shutil.which(program) is None:
            return f"{program} is missing"
    if not any(os.access(folder, os.W_OK) for folder in GROUPS):
        return "control groups cannot be made here"
    try_it = ["unshare", "--mount", "--pid", "--fork", "--net", "--uts", "--ipc", "--cgroup", "sh", "-ec", TRIAL]
    tried = subprocess.run(try_it, capture_output=True, text=True, check=False)
    return f"namespaces or mounts are not allowed here: {tried.stderr.strip()}" if tried.returncode else ""
