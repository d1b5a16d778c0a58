"""What the kernel knows of a process."""

from __future__ import annotations

from pathlib import Path

PROC = Path("/proc")


def cpu_ticks(pid: int) -> int:
    """User and system time, in clock ticks."""
    fields = (PROC / str(pid) / "stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def family(pid: int) -> list[int]:
    """A process and all below it."""
    children = (PROC / str(pid) / "task" / str(pid) / "children").read_text(encoding="ascii").split()
    return [pid, *[each for child in children for each in family(int(child))]]


def resident_mib(pid: int) -> float:
    """Resident memory of a process and all below it, in MiB."""
    return sum(_resident(each) for each in family(pid))


def _resident(pid: int) -> float:
    status = (PROC / str(pid) / "status").read_text(encoding="ascii", errors="replace")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
