"""Start pcscd with a listening socket as systemd would; it then neither looks for nor writes another one's pid.

Run as a script: activate.py <socket descriptor> <program> <argument> …
"""

from __future__ import annotations

import os
import sys

_FIRST_PASSED = 3  # sd_listen_fds(3)

if __name__ == "__main__":
    os.dup2(int(sys.argv[1]), _FIRST_PASSED, inheritable=True)
    os.environ["LISTEN_FDS"] = "1"
    os.environ["LISTEN_PID"] = str(os.getpid())  # the program keeps this process's id
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606  -- becoming pcscd is the purpose
