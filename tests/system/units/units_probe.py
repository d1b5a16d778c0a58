"""Try what a program must not do, from where it stands: `units_probe.py`, one line of JSON for all acts.

It runs in a unit's own sandbox and stands on the standard library alone. `done` means that nothing stopped it; else the
name of the error that did. Every act is harmless where it is allowed.
"""

from __future__ import annotations

import ctypes
import errno
import json
import mmap
import os
import platform
import resource
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

LIBC = ctypes.CDLL(None, use_errno=True)
# Numbers where the C library has no safe wrapper: x86-64 and aarch64 (asm/unistd_64.h, asm-generic/unistd.h)
ARM = platform.machine() == "aarch64"
REBOOT, INIT_MODULE, BPF, SYSLOG, CLOCK_SETTIME = (142, 105, 280, 116, 112) if ARM else (169, 175, 321, 103, 227)
NEWUSER, TRACEME, UNAME26 = 0x10000000, 0, 0x0020000
ELSEWHERE = ("192.0.2.1", 9)  # an address of this machine's loopback that is not localhost
BROKEN = 255  # the probe itself went wrong: that must not look like a refusal


def call(function, *arguments) -> None:
    """Call into the kernel; raises OSError."""
    ctypes.set_errno(0)
    if function(*arguments) == -1:
        raise OSError(ctypes.get_errno(), "refused")


def passed(wanted: int, function, *arguments) -> None:
    """Call with an argument that the kernel itself refuses by `wanted`: another error comes from before it looked."""
    try:
        call(function, *arguments)
    except OSError as error:
        if error.errno != wanted:
            raise


def write(path: str) -> None:
    """Open a file for writing, and leave it as it is."""
    os.close(os.open(path, os.O_WRONLY | os.O_APPEND))


def read(path: str) -> None:
    """Read one byte of a file."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        os.read(handle, 1)
    finally:
        os.close(handle)


def device(name: str, how: int = os.O_RDWR) -> None:
    """Open a device; that none is behind its number is as good as having opened it."""
    try:
        os.close(os.open(f"/dev/{name}", how | os.O_NONBLOCK))
    except OSError as error:
        if error.errno not in {errno.ENXIO, errno.ENODEV, errno.EBUSY, errno.EINVAL, errno.EROFS, errno.EIO}:
            raise


def talk(path: str) -> None:
    """Knock at a socket in the file system."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(5)
        line.connect(path)


def send(address: tuple[str, int]) -> None:
    """Send one datagram."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.sendto(b"?", address)


def city() -> None:
    """Open a connection to where the city is."""
    socket.create_connection(("127.0.0.1", 8443), 5).close()


def packets() -> None:
    """Listen to every packet."""
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close()


def see_others() -> None:
    """Look at the first process."""
    Path("/proc/1").stat()


def write_and_run() -> None:
    """Ask for memory that may be written and run."""
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()


def set_user_id() -> None:
    """Make a file of one's own that would run as its owner for others."""
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).chmod(stat.S_ISUID | 0o700)


def core_dump() -> None:
    """Allow oneself a core dump."""
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
    except ValueError:  # what Python makes of EPERM here
        raise OSError(errno.EPERM, "refused") from None


def set_clock() -> None:
    """Set the clock, to a moment that there is not."""
    never = (ctypes.c_long * 2)(0, 2_000_000_000)
    passed(errno.EINVAL, LIBC.syscall, CLOCK_SETTIME, 0, never)


def module() -> None:
    """Load a kernel module, of no bytes."""
    try:
        call(LIBC.syscall, INIT_MODULE, None, 0, b"")
    except OSError as error:
        if error.errno not in {errno.ENOSYS, errno.EFAULT, errno.EINVAL, errno.ENOEXEC}:
            raise


ACTS = {
    "write-system": lambda: write("/usr/planted"),
    "write-etc": lambda: write("/etc/planted"),
    "write-configuration": lambda: write("/etc/madoguchi/planted"),
    "write-var": lambda: write("/var/planted"),
    "write-spool": lambda: write("/var/lib/madoguchi/planted"),
    "read-spool": lambda: read("/var/lib/madoguchi/planted"),
    "write-catalogue": lambda: write("/var/lib/madoguchi/catalogue/planted"),
    "read-trust": lambda: read("/etc/madoguchi/trust/sealing.pub"),
    "read-kiosk-key": lambda: read("/etc/madoguchi/trust/kiosk.key"),
    "read-home": lambda: read("/home/planted"),
    "read-others-tmp": lambda: read("/tmp/planted"),
    "run-shell": lambda: subprocess.run(["/bin/sh", "-c", "exit 0"], check=True),
    "write-kernel-settings": lambda: write("/proc/sys/kernel/hostname"),
    "read-kernel-log": lambda: call(LIBC.syscall, SYSLOG, 10, None, 0),
    "see-other-processes": see_others,
    "city": city,
    "other-address": lambda: send(ELSEWHERE),
    "raw-packets": packets,
    "card-service-socket": lambda: talk("/run/pcscd/pcscd.comm"),
    "converter-socket": lambda: talk("/run/madoguchi-mozc/converter.sock"),
    "systemd-socket": lambda: talk("/run/systemd/private"),
    "device-memory": lambda: device("mem"),
    "device-disk": lambda: device("loop0"),
    "device-serial": lambda: device("ttyS0"),
    "device-console": lambda: device("tty1"),
    "device-input": lambda: device("input/event0", os.O_RDONLY),
    "device-input-write": lambda: device("input/event0"),
    "device-camera": lambda: device("video0"),
    "device-uinput": lambda: device("uinput"),
    "mount": lambda: call(LIBC.mount, b"none", b"/mnt", b"tmpfs", 0, None),
    "new-namespace": lambda: call(LIBC.unshare, NEWUSER),
    "trace": lambda: call(LIBC.ptrace, TRACEME, 0, None, None),
    "write-and-run-memory": write_and_run,
    "set-user-id-file": set_user_id,
    "core-dump": core_dump,
    "own-priority": lambda: os.setpriority(os.PRIO_PROCESS, 0, -10),
    "personality": lambda: call(LIBC.personality, UNAME26),
    "set-clock": set_clock,
    "set-host-name": lambda: call(LIBC.sethostname, socket.gethostname().encode(), len(socket.gethostname())),
    "reboot": lambda: passed(errno.EINVAL, LIBC.syscall, REBOOT, 0, 0, 0, None),
    "swap": lambda: passed(errno.ENOENT, LIBC.swapon, b"/nowhere", 0),
    "kernel-module": module,
    "bpf": lambda: passed(errno.EINVAL, LIBC.syscall, BPF, -1, None, 0),
}


def attempt(act) -> str:
    """Let a child try: what it changes is gone with it, and it may be killed for it. Return what came of it."""
    child = os.fork()
    if child == 0:
        code = BROKEN
        try:
            act()
            code = 0
        except OSError as error:
            code = error.errno or BROKEN
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    code = os.waitstatus_to_exitcode(status)
    return errno.errorcode.get(code, "broken") if code else "done"


def main() -> int:
    """Try everything and tell what came of it."""
    sys.stdout.write(json.dumps({name: attempt(act) for name, act in ACTS.items()}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
