"""Hold one thread of a process still while its others run on: `units_freeze.py THREAD`, until this program ends.

That is what a hang is: SIGSTOP would stop all of it. A tracer must be there when the process dies, or nobody else is
told of its death; so it stays until then.
"""

from __future__ import annotations

import ctypes
import os
import sys

SEIZE, INTERRUPT = 0x4206, 0x4207  # ptrace(2)
ALL = 0x40000000  # __WALL of waitpid(2)


def main(thread: int) -> int:
    """Seize, stop, say so, and wait for the end of whatever was seized."""
    ptrace = ctypes.CDLL(None, use_errno=True).ptrace
    ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    for request in (SEIZE, INTERRUPT):
        if ptrace(request, thread, None, None) < 0:
            sys.stderr.write(os.strerror(ctypes.get_errno()) + "\n")
            return 1
    while True:
        _, status = os.waitpid(thread, ALL)
        if not os.WIFSTOPPED(status):
            return 0
        sys.stdout.write("stopped\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
