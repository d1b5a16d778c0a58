"""`python -m drivers.virtual authority|serve|pcscd`: the virtual card's programs, for development and demonstration."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from drivers.errors import DeviceError
from drivers.virtual.authority import make_authority
from drivers.virtual.personas import DEFAULT_FOLDER, load_personas
from drivers.virtual.service import LINKS, Service
from drivers.virtual.stack import PcscStack
from drivers.virtual.tray import Tray

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> int:
    """Run one of the programs; 2 when it could not."""
    parser = argparse.ArgumentParser(prog="python -m drivers.virtual", description=__doc__)
    programs = parser.add_subparsers(required=True)
    authority = _program(programs, "authority", _authority, "make a throw-away authority and the personas' cards")
    authority.add_argument("--personas", type=Path, default=DEFAULT_FOLDER, help="folder of persona files")
    serve = _program(programs, "serve", _serve, "be the virtual card: obey a control socket, speak to a reader")
    serve.add_argument("--port", type=int, help="the reader's port on this machine; without it only the control socket")
    serve.add_argument("--reader", choices=sorted(LINKS), default="vpcd", help="what listens there")
    serve.add_argument("--control", type=Path, required=True, help="path of the control socket")
    _program(programs, "pcscd", _pcscd, "run a private pcscd with a virtual reader")
    chosen = parser.parse_args()
    try:
        chosen.program(chosen)
    except DeviceError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2
    return 0


def _program(
    programs: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    program: Callable[[argparse.Namespace], None],
    summary: str,
) -> argparse.ArgumentParser:
    parser = programs.add_parser(name, help=summary, description=summary)
    parser.add_argument("--dir", type=Path, required=True, help="folder to work in")
    parser.set_defaults(program=program)
    return parser


def _authority(chosen: argparse.Namespace) -> None:
    make_authority(chosen.dir, load_personas(chosen.personas), datetime.now(UTC))


def _serve(chosen: argparse.Namespace) -> None:
    service = Service(Tray(chosen.dir), chosen.control, chosen.port, chosen.reader)
    _at_the_end(service.stop)
    _ready(control=str(chosen.control))
    service.run()


def _pcscd(chosen: argparse.Namespace) -> None:
    ended = Event()
    _at_the_end(ended.set)
    with PcscStack(chosen.dir) as stack:
        _ready(socket=str(stack.socket_path), ports=[stack.port, stack.port + 1], pid=stack.pid)
        while not ended.wait(1.0):
            _ = stack.pid  # raises when pcscd has ended by itself


def _at_the_end(stop: Callable[[], None]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop())


def _ready(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


if __name__ == "__main__":
    sys.exit(main())
