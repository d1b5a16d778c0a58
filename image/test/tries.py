# ruff: noqa: INP001, T201  # runs in the booted machine, as a program of the kiosk, in that program's sandbox
"""Try what a program must not be able to do, and a few things that it must: a line of JSON for each.

Each try is made in a process of its own: the filter of system calls kills who makes a forbidden one. `tries.py KIND`
with the kind of program; where it runs, and as whom, is the service manager's business.
"""

from __future__ import annotations

import ctypes
import errno
import json
import mmap
import os
import resource
import signal
import socket
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LIBC = ctypes.CDLL(None, use_errno=True)
CITY = "10.0.2.2"
STRANGER = "10.0.2.100"
CALLS = {
    "init_module": 105,
    "kexec_load": 104,
    "swapon": 224,
    "keyctl": 219,
    "bpf": 280,
    "perf_event_open": 241,
}  # arm64
NEWUSER, NEWNS = 0x10000000, 0x20000
TRACE_SEIZE = 0x4206


def call(name: str, *arguments: int | bytes) -> None:
    """Call a function of the C library, or a system call by number; raises OSError."""
    function = getattr(LIBC, name, None)
    ctypes.set_errno(0)
    done = function(*arguments) if function and name not in CALLS else LIBC.syscall(CALLS[name], *arguments)
    if done == -1:
        raise OSError(ctypes.get_errno(), name)


def write(path: str) -> None:
    """Make a file, or write to one that is there."""
    with open(path, "ab") as file:  # noqa: PTH123 - a device is none for pathlib
        file.write(b"")


def read(path: str) -> None:
    """Read a little."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        file.read(16)


def look(path: str) -> None:
    """See what is in a folder."""
    list(Path(path).iterdir())


def connect(family: int, address: tuple[str, int] | str) -> None:
    """Open a connection."""
    with socket.socket(family, socket.SOCK_STREAM) as line:
        line.settimeout(20)
        line.connect(address)


def make_setuid() -> None:
    """Make a program that runs as its owner."""
    place = Path(os.environ.get("TRY_IN", "/tmp")) / "setuid"  # noqa: S108 - private to the unit
    place.write_bytes(b"")
    try:
        place.chmod(0o4755)
        if not place.stat().st_mode & stat.S_ISUID:
            raise PermissionError(errno.EPERM, "dropped")
    finally:
        place.unlink()


def other_programs() -> None:
    """See a program of another user."""
    mine = os.getuid()
    if not any(path.stat().st_uid != mine for path in Path("/proc").glob("[0-9]*") if path.exists()):
        raise FileNotFoundError(errno.ENOENT, "only its own")


def interfaces() -> None:
    """See a network interface other than the loopback of its own."""
    if [name for _, name in socket.if_nameindex() if name != "lo"] == []:
        raise OSError(errno.ENODEV, "lo only")


def devices(folder: str) -> None:
    """Open any device of a folder."""
    found = sorted(path for path in Path(folder).rglob("*") if path.is_char_device() or path.is_block_device())
    if not found:
        raise FileNotFoundError(errno.ENOENT, folder)
    last = OSError(errno.EPERM, folder)
    for path in found:
        try:
            os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))
        except OSError as error:
            last = error
        else:
            return
    raise last


def core_dump() -> None:
    """May a core be written."""
    if resource.getrlimit(resource.RLIMIT_CORE) == (0, 0):
        raise PermissionError(errno.EPERM, "limit 0")


def executable_memory() -> None:
    """Memory that can be written and run."""
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()


EVERYBODY = {
    "write a program (/usr/bin)": lambda: write("/usr/bin/tried"),
    "write the root (/)": lambda: write("/tried"),
    "write the configuration (/etc/madoguchi)": lambda: write("/etc/madoguchi/tried"),
    "write a unit (/etc/systemd/system)": lambda: write("/etc/systemd/system/tried.service"),
    "write the kernel's settings (/proc/sys)": lambda: write("/proc/sys/kernel/core_pattern"),
    "read the passwords (/etc/shadow)": lambda: read("/etc/shadow"),
    "read the disk (/dev/vda)": lambda: read("/dev/vda"),
    "read the memory (/dev/mem)": lambda: read("/dev/mem"),
    "read the kernel's log (/dev/kmsg)": lambda: read("/dev/kmsg"),
    "see another user's program (/proc)": other_programs,
    "become root (setuid)": lambda: os.setuid(0),
    "make a setuid program": make_setuid,
    "look into another program (ptrace)": lambda: call("ptrace", TRACE_SEIZE, 1, 0, 0),
    "mount": lambda: call("mount", b"none", b"/tmp", b"tmpfs", 0, 0),
    "a user namespace (unshare)": lambda: call("unshare", NEWUSER),
    "a mount namespace (unshare)": lambda: call("unshare", NEWNS),
    "load a module": lambda: call("init_module", 0, 0, b""),
    "another kernel (kexec)": lambda: call("kexec_load", 0, 0, 0, 0),
    "swap": lambda: call("swapon", b"/tmp/none", 0),
    "a kernel program (bpf)": lambda: call("bpf", 0, 0, 0),
    "count the processor's events (perf)": lambda: call("perf_event_open", 0, 0, 0, -1, 0),
    "reboot": lambda: call("reboot", 0),
    "set the clock": lambda: time.clock_settime(time.CLOCK_REALTIME, time.time()),
    "set the machine's name": lambda: socket.sethostname("tried"),
    "real-time priority": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
    "another personality": lambda: call("personality", 0x0040000),
    "memory that is written and run": executable_memory,
    "leave a core dump": core_dump,
}
NO_NETWORK = {
    "an internet socket": lambda: connect(socket.AF_INET, (CITY, 80)),
    "an IPv6 socket": lambda: connect(socket.AF_INET6, ("::1", 80)),
    "a packet socket": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close(),
}
NO_INTERFACE = {"see a network interface": interfaces}
NO_DEVICES = {
    "the screen (/dev/dri)": lambda: devices("/dev/dri"),
    "the touch panel (/dev/input)": lambda: devices("/dev/input"),
    "the reader (/dev/bus/usb)": lambda: devices("/dev/bus/usb"),
}
NO_CARD = {"the card service's socket": lambda: connect(socket.AF_UNIX, "/run/pcscd/pcscd.comm")}
NO_SPOOL = {
    "read the spool": lambda: read("/var/lib/madoguchi/spool.sqlite3"),
    "write into the spool's folder": lambda: write("/var/lib/madoguchi/tried"),
    "read the keys (/etc/madoguchi/trust)": lambda: read("/etc/madoguchi/trust/kiosk.key"),
}
FORBIDDEN = {
    "kiosk": EVERYBODY | NO_NETWORK | NO_INTERFACE
    | {"the reader without the card service (/dev/bus/usb)": lambda: devices("/dev/bus/usb"),
       "write the catalogue": lambda: write("/var/lib/madoguchi/catalogue/tried"),
       "read the courier's key": lambda: read("/etc/madoguchi/trust/kiosk.key"),
       "the courier's own folder": lambda: look("/run/madoguchi-courier")},
    "courier": EVERYBODY | NO_DEVICES | NO_CARD
    | {"another address than the city's": lambda: connect(socket.AF_INET, (STRANGER, 80)),
       "a packet socket": NO_NETWORK["a packet socket"],
       "the kiosk's own folder": lambda: look("/run/madoguchi-kiosk")},
    "pcscd": EVERYBODY | NO_SPOOL | NO_NETWORK
    | {"the screen (/dev/dri)": NO_DEVICES["the screen (/dev/dri)"],
       "the touch panel (/dev/input)": NO_DEVICES["the touch panel (/dev/input)"]},
    "mozc": EVERYBODY | NO_NETWORK | NO_INTERFACE | NO_DEVICES | NO_CARD | NO_SPOOL,
}  # fmt: skip
# What each must be able to do: a sandbox that allows nothing would pass all of the above.
ALLOWED = {
    "kiosk": {"the screen (/dev/dri)": NO_DEVICES["the screen (/dev/dri)"],
              "the touch panel (/dev/input)": lambda: read_only("/dev/input"),
              "the card service's socket": NO_CARD["the card service's socket"],
              "write into the spool's folder": lambda: scratch("/var/lib/madoguchi/tried")},
    "courier": {"connect to the city": lambda: connect(socket.AF_INET, (CITY, int(os.environ["CITY_PORT"]))),
                "write into the spool's folder": lambda: scratch("/var/lib/madoguchi/tried")},
    "pcscd": {"the reader (/dev/bus/usb)": NO_DEVICES["the reader (/dev/bus/usb)"]},
    "mozc": {"its own folder": lambda: scratch(os.environ["RUNTIME_DIRECTORY"] + "/tried")},
}  # fmt: skip


def read_only(folder: str) -> None:
    """Open a device of a folder for reading."""
    for path in Path(folder).glob("event*"):
        os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
        return
    raise FileNotFoundError(errno.ENOENT, folder)


def scratch(path: str) -> None:
    """Make a file and take it away again."""
    write(path)
    Path(path).unlink()


def outcome(attempt: Callable[[], object]) -> str:
    """Make a try in a process of its own; `done`, the error's name, or the signal's that ended it."""
    child = os.fork()
    if child == 0:
        code = 0
        try:
            attempt()
        except TimeoutError:  # what goes to a forbidden address is dropped without a word
            code = errno.ETIMEDOUT
        except OSError as error:
            code = error.errno or 255
        except BaseException:  # noqa: BLE001 - the process ends here
            code = 254
        os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    code = os.waitstatus_to_exitcode(status)
    return "done" if code == 0 else errno.errorcode.get(code, f"?{code}")


def main(kind: str) -> None:
    """Try everything."""
    for wanted, tries in (("refused", FORBIDDEN[kind]), ("done", ALLOWED[kind])):
        for what, attempt in tries.items():
            found = outcome(attempt)
            print(json.dumps({"program": kind, "tried": what, "wanted": wanted, "found": found}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
