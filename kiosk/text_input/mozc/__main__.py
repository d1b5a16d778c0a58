"""Run the helper: `python -m kiosk.text_input.mozc --socket PATH --profile DIR [--user NAME]`; prints one line."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from kiosk.text_input.mozc.helper import Helper, become, listen
from kiosk.text_input.mozc.server import PROGRAM, MozcServer, MozcUnusable

UNUSABLE = 69  # EX_UNAVAILABLE of sysexits.h


def main(arguments: list[str] | None = None) -> int:
    """Serve until terminated; 69 when mozc-server cannot be used here."""
    parser = argparse.ArgumentParser(prog="kiosk.text_input.mozc", description="Kana to kanji for the kiosk.")
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--profile", type=Path, required=True, help="a folder in memory that is wiped between visits")
    parser.add_argument("--user", default="nobody", help="who to become when started by root")
    parser.add_argument("--program", default=PROGRAM)
    options = parser.parse_args(arguments)
    options.profile.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.umask(0o077)
    door = listen(options.socket)
    if os.geteuid() == 0:
        become(options.user, options.profile)
    signal.signal(signal.SIGTERM, _end)
    server = None
    try:
        server = MozcServer(options.profile, options.program)
        helper = Helper(server)
        print(json.dumps({"listening": str(options.socket), "version": server.version}), flush=True)
        helper.serve(door)
    except MozcUnusable as error:
        print(json.dumps({"listening": "", "reason": str(error)}), flush=True)
    finally:
        if server is not None:
            server.stop()
    return UNUSABLE


def _end(_number: int, _frame: object) -> NoReturn:
    sys.exit(0)


if __name__ == "__main__":
    sys.exit(main())
