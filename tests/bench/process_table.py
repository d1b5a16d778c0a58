"""What the kernel knows of a process."""

from __future__ import annotations


def cpu_ticks(pid: int) -> int:
    """User and system time, in clock ticks."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def resident_mib(pid: int) -> float:
    """Resident memory of a process and its children, in MiB."""
    with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
        own = next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as children:
        return own + sum(resident_mib(int(child)) for child in children.read().split())
