"""`python -m kiosk.provision`: the same as `python -m kiosk provision`, without loading the screen."""

from __future__ import annotations

import sys

from kiosk.provision.tool import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
