"""Applying a stick: a new generation beside the old one, then one rename; a power cut leaves the old one or the new.

`generations/<serial>/` holds one generation, whole or not at all; the link `current` says which one counts;
`kiosk.toml` is a link through it, which programs are started with.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.durable import lay, sync
from kiosk.provision.errors import Fault, StickRefused
from kiosk.provision.generation import CONFIG_NAME, files_of, prove
from kiosk.provision.sealed_file import NAME, ProvisionKeys, statement_of
from kiosk.provision.statement import UPDATE_CA, Provision, read_statement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kiosk.config import Config
    from kiosk.provision.machine import Machine

KEPT_BEFORE: Final = 2
_FOLDER_MODE, _FILE_MODE = 0o750, 0o640  # the programs, in the group, read
_SERIAL: Final = re.compile(r"generations/([0-9]{12})")


@dataclass(frozen=True, slots=True, repr=False)
class Checked:
    """A stick that may be applied; `files` are those of its generation."""

    provision: Provision
    files: Mapping[str, bytes]
    config: Config
    again: bool  # these very bytes are applied already


def check(
    packed: bytes, machine: Machine, now: datetime, *, clock_plausible: bool, any_machine: bool = False
) -> Checked:
    """Check everything about a stick without changing anything; raises StickRefused.

    A clock that cannot be right does not judge the dates; `any_machine` is for the desk, where the kiosk is not.
    """
    provision = read_statement(statement_of(packed, ProvisionKeys.load(machine.keys)))
    if provision.machine and not any_machine and provision.machine != machine.serial_number():
        raise StickRefused(Fault.OTHER_KIOSK)
    if clock_plausible and now < provision.issued:
        raise StickRefused(Fault.NOT_YET)
    if clock_plausible and now >= provision.expires:
        raise StickRefused(Fault.EXPIRED)
    again = _compare(provision, packed, machine)
    files = files_of(provision, packed, machine)
    with tempfile.TemporaryDirectory() as folder:
        _lay_out(Path(folder) / "tried", files)
        config = prove(Path(folder) / "tried")
    return Checked(provision, files, config, again)


def _compare(provision: Provision, packed: bytes, machine: Machine) -> bool:
    """Compare with what was applied before: never an older one, never another kiosk's by mistake."""
    serial = applied_serial(machine.root)
    configuration = machine.root / CONFIG_NAME
    if configuration.exists() and not configuration.is_symlink():
        raise StickRefused(Fault.HAND_MADE, str(configuration), "", "none, or one that a stick has made")
    if serial == 0:
        return False
    before = (machine.root / "current" / NAME).read_bytes()
    if provision.serial < serial:
        raise StickRefused(Fault.OLDER)
    if provision.serial == serial and before != packed:
        raise StickRefused(Fault.SERIAL_REUSED)
    former = read_statement(statement_of(before, ProvisionKeys.load(machine.keys)))
    if former.city != provision.city:
        raise StickRefused(Fault.OTHER_CITY)
    if former.kiosk not in {provision.kiosk, provision.replaces}:
        raise StickRefused(Fault.OTHER_KIOSK)
    return provision.serial == serial


def applied_serial(root: Path) -> int:
    """Return the serial of the generation that counts, 0 before the first."""
    try:
        match = _SERIAL.fullmatch(str((root / "current").readlink()))
    except OSError:
        return 0
    return int(match[1]) if match and (root / "current" / NAME).exists() else 0


def apply(checked: Checked, root: Path) -> None:
    """Make a checked stick the one that counts, durable when this returns; raises StickRefused (DISK)."""
    if checked.again:
        return
    try:
        _store(checked, root)
    except OSError:
        raise StickRefused(Fault.DISK, str(root)) from None


def _store(checked: Checked, root: Path) -> None:
    generations = root / "generations"
    generations.mkdir(mode=_FOLDER_MODE, exist_ok=True)
    for left in generations.glob("part-*"):
        shutil.rmtree(left)
    name = f"{checked.provision.serial:012d}"
    part, place = generations / f"part-{name}", generations / name
    _lay_out(part, checked.files)
    prove(part)
    if place.exists():  # stored before the power went, never linked
        shutil.rmtree(place)
    part.rename(place)
    sync(generations)
    _link(root / CONFIG_NAME, f"current/{CONFIG_NAME}")
    if checked.provision.files.update_ca:  # RAUC knows one place only
        (root / "trust").mkdir(mode=_FOLDER_MODE, exist_ok=True)
        _link(root / "trust" / UPDATE_CA, f"../current/trust/{UPDATE_CA}")
    _link(root / "current", f"generations/{name}")
    _forget_old(generations, name)


def _link(place: Path, target: str) -> None:
    """Let a link point elsewhere, in one step."""
    if place.is_symlink() and str(place.readlink()) == target:
        return
    part = place.with_name(f"{place.name}.part")
    part.unlink(missing_ok=True)
    part.symlink_to(target)
    part.rename(place)
    sync(place.parent)


def _lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(mode=_FOLDER_MODE)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(mode=_FOLDER_MODE, exist_ok=True)
        lay(path, data, _FILE_MODE)
    for each in (*(path for path in folder.iterdir() if path.is_dir()), folder):
        sync(each)


def _forget_old(generations: Path, current: str) -> None:
    older = sorted(path for path in generations.iterdir() if path.name < current and path.name.isdecimal())
    for each in older[:-KEPT_BEFORE]:
        shutil.rmtree(each)
