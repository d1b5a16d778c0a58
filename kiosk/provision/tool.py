"""`python -m kiosk provision make|check|apply`: make the file of a stick, check one, apply one."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.clock import SystemClock
from kiosk.journal import Journal
from kiosk.provision import outcome
from kiosk.provision.applying import apply, check
from kiosk.provision.errors import Fault, StickRefused
from kiosk.provision.machine import BASE, IDENTITY, KEYS, ROOT, Machine
from kiosk.provision.making import make
from kiosk.provision.sealed_file import NAME, read_file
from kiosk.provision.stick import from_folder, from_volume

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.provision.applying import Checked

REFUSED: Final = 1
REPORT: Final = Path("/run/madoguchi-setup/stick.json")


def main(arguments: Sequence[str]) -> int:
    """Run one verb; 1 where the stick is refused, which is told with code, file, key and what was expected."""
    options = _parser().parse_args(arguments)
    try:
        verb = {"make": _make, "check": _check, "apply": _apply}[options.verb]
        return verb(options)
    except StickRefused as refused:
        sys.stderr.write(f"kiosk provision: {refused}\n")
        return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk provision", description="Make, check and apply a kiosk's stick.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    making = verbs.add_parser("make", help="sign a description as the file of a stick")
    making.add_argument("description", type=Path)
    making.add_argument("--key", type=Path, required=True, help="the private key (provision.key)")
    making.add_argument("--out", type=Path, required=True, help="the stick's folder")
    making.add_argument("--base", type=Path, default=Path("config"))
    checking = verbs.add_parser("check", help="check a file as a kiosk would, and change nothing")
    checking.add_argument("file", type=Path)
    applying = verbs.add_parser("apply", help="apply the file of a stick on this machine")
    stick = applying.add_mutually_exclusive_group(required=True)
    stick.add_argument("--from", type=Path, dest="folder", help="the stick's folder")
    stick.add_argument("--device", type=Path, help="the stick's FAT volume, not mounted")
    applying.add_argument("--report", type=Path, default=REPORT)
    for each in (checking, applying):
        each.add_argument("--root", type=Path, default=ROOT)
        each.add_argument("--base", type=Path, default=BASE)
        each.add_argument("--identity", type=Path, default=IDENTITY)
        each.add_argument("--key", type=Path, action="append", dest="keys", help="who may provision this machine")
    return parser


def _machine(options: argparse.Namespace) -> Machine:
    return Machine(options.root, options.base, tuple(options.keys or KEYS), identity=options.identity)


def _looked_at(packed: bytes, machine: Machine) -> Checked:
    clock = SystemClock()
    return check(packed, machine, clock.now(), clock_plausible=clock.plausible())


def _make(options: argparse.Namespace) -> int:
    """Sign, and check the result as a new kiosk would, so that mistakes are found at the desk."""
    packed = make(options.description, options.key, datetime.now(UTC))
    public = options.key.with_suffix(".pub")
    fresh = Machine(options.out / "no-such-kiosk", options.base, (public,), board=options.out / "no-such-board")
    checked = check(packed, fresh, datetime.now(UTC), clock_plausible=False, any_machine=True)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / NAME).write_bytes(packed)
    sys.stdout.write(f"{options.out / NAME}: {checked.provision.kiosk}, serial {checked.provision.serial}\n")
    return 0


def _check(options: argparse.Namespace) -> int:
    checked = _looked_at(read_file(options.file), _machine(options))
    sys.stdout.write(f"{options.file}: {checked.provision.kiosk}, serial {checked.provision.serial}\n")
    return 0


def _apply(options: argparse.Namespace) -> int:
    """Apply and leave word for the screen and the journal, whatever came of it."""
    clock = SystemClock()
    journal = Journal("provision", sys.stdout, clock, priorities="JOURNAL_STREAM" in os.environ)
    at = clock.now().isoformat(timespec="milliseconds")
    try:
        packed = from_folder(options.folder) if options.folder else from_volume(options.device)
        checked = _looked_at(packed, _machine(options))
        apply(checked, options.root)
    except StickRefused as refused:
        tell = journal.warn if refused.fault is Fault.NO_FILE else journal.error  # a stick of something else
        tell("stick.refused", code=refused.fault.value, key=_simple(refused.key))
        told = outcome.Outcome(at, refused.fault.value, 0, refused.file, refused.key, refused.expected)
        outcome.leave(told, options.report)
        raise
    code = outcome.AGAIN if checked.again else outcome.APPLIED
    journal.note("stick.applied", code=code, serial=checked.provision.serial, kiosk=checked.provision.kiosk)
    outcome.leave(outcome.Outcome(at, code, checked.provision.serial), options.report)
    return 0


def _simple(key: str) -> str:
    """Return a key for the journal, which takes no blanks; the screen has the rest."""
    return "".join(sign for sign in key if sign.isascii() and (sign.isalnum() or sign in "._-"))[:80]
