"""The power is pulled while applications are spooled, and nothing that was promised is missing afterwards.

Two ways: many cuts at any write of a record made by a writer in the machine, looked at from outside; and one journey
whose power goes while its receipt is on the screen, after which the machine boots and its courier delivers.
"""

from __future__ import annotations

import dataclasses
import random
import subprocess
import time
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.courier.parcel import ParcelDamaged, SpoolError, State
from kiosk.courier.spool import Spool
from kiosk.demo.story import read_story
from proofs.block_log import SECTOR, cut, logged, read_log, recorded_disk
from proofs.guest_line import NoAnswer
from proofs.machine import NotSeen, raw_disk
from proofs.provisioned import DATA, partition, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from proofs.block_log import Entry
    from proofs.guest import Facts, Guest
    from proofs.stand import Stand

ROUNDS, CUTS = 3, 60  # machines whose power is pulled while the writer runs; cuts of each one's record
WRITES = 120  # applications that a writer would put if it were let
STORY, HELD = Path("tests/journeys/city-down.play"), "spooled"
WRITER = (
    "systemd-run", "--quiet", "--pipe", "--wait", "--property=User=madoguchi-kiosk", "--property=Group=madoguchi",
    "--property=UMask=0007", "/usr/lib/madoguchi/bin/python", "/etc/madoguchi/proof/writer.py", str(WRITES),
)  # fmt: skip


def prove(stand: Stand, facts: Facts) -> None:
    """Pull the power again and again; raises NotSeen when something promised was lost."""
    chance = random.Random(int(time.time()))  # noqa: S311 - where to cut
    stand.frozen(facts)  # for which the city is needed
    stand.outside.stop_city()
    try:
        _writer(stand, facts, chance)
        _journey(stand, facts, chance)
    finally:
        stand.outside.start_city()


def _writer(stand: Stand, facts: Facts, chance: random.Random) -> None:
    count: Counter[str] = Counter()
    for number in range(ROUNDS):
        count += _round(stand, facts, f"power-{number}", chance)
    facts.note(f"          {sum(count.values())} cuts in {ROUNDS} records: {dict(count)}")
    if set(count) - {"kept"}:
        raise NotSeen(f"everything promised after a cut: {dict(count)}")


# ---- many cuts ------------------------------------------------------------------------------------------------------


def _round(stand: Stand, facts: Facts, name: str, chance: random.Random) -> Counter[str]:
    """Let a writer write, pull the plug at a random moment, and look at cuts of the record."""
    folder, frozen = stand.folder / name, stand.frozen(facts)
    folder.mkdir(exist_ok=True)
    log = folder / "log.img"
    disk = recorded_disk(frozen.disk, folder / "disk.qcow2", log)
    promises: list[tuple[int, str]] = []
    with stand.go_on(name, facts, disk) as guest:
        end = time.monotonic() + chance.uniform(20, 60)
        with suppress(NoAnswer):
            for line in guest.line.lines(*WRITER):
                promises.append((logged(log), line))
                if time.monotonic() > end:
                    break
        guest.machine.pull_the_plug()
        guest.note(f"power pulled while the writer wrote: {len(promises)} promised, {logged(log)} writes and flushes")
    if not promises:
        raise NotSeen("an application that the writer was promised")
    raw = folder / "before.img"
    run("qemu-img", "convert", "-O", "raw", frozen.disk, raw)
    count = _cuts(raw, read_log(log), promises, folder, chance)
    raw.unlink()
    log.unlink()
    return count


def _cuts(
    raw: Path, entries: list[Entry], promises: list[tuple[int, str]], folder: Path, chance: random.Random
) -> Counter[str]:
    start, size = partition(raw, DATA)
    with raw.open("rb") as file:
        file.seek(start * SECTOR)
        before = file.read(size * SECTOR)
    count: Counter[str] = Counter()
    points = {len(entries), *(chance.randint(1, len(entries)) for _ in range(CUTS - 1))}
    for at in sorted(points):
        disk = bytearray(before)
        cut(disk, start * SECTOR, entries, at, chance)
        image = folder / "cut.img"
        image.write_bytes(disk)
        count[_found(image, folder / "mounted", {name for when, name in promises if when <= at})] += 1
    (folder / "cut.img").unlink()
    return count


@contextmanager
def _mounted(image: Path, place: Path) -> Iterator[Path]:
    place.mkdir(exist_ok=True)
    run("mount", "-o", "loop", image, place)
    try:
        yield place
    finally:
        run("umount", place)


def _found(image: Path, place: Path, promised: set[str]) -> str:
    """Open the spool of a disk after a cut as the kiosk would: `kept`, or what is wrong."""
    try:
        with _mounted(image, place):
            if not promised and not (place / "spool/spool.sqlite3").exists():
                return "kept"
            with Spool(place / "spool/spool.sqlite3", 500) as spool:
                return "kept" if all(_whole(spool, name) for name in promised) else "lost"
    except subprocess.CalledProcessError:
        return "cannot be mounted"
    except SpoolError as error:
        return f"cannot be opened: {error}"


def _whole(spool: Spool, name: str) -> bool:
    """Whether an application is there with all its bytes."""
    answer = spool.answer(name)
    if answer is None or answer.state is not State.WAITING:
        return False
    try:
        return bool(spool.sealed(name))
    except ParcelDamaged:
        return False


# ---- one journey ----------------------------------------------------------------------------------------------------


def _journey(stand: Stand, facts: Facts, chance: random.Random) -> None:
    """Pull the power while the receipt is on the screen, boot what is left, and let the courier deliver."""
    folder, frozen = stand.folder / "power-journey", stand.frozen(facts)
    folder.mkdir(exist_ok=True)
    log = folder / "log.img"
    before = len(stand.outside.verdicts())
    story = read_story(STORY)
    held = next(at for at, line in enumerate(story.lines) if line.verb == HELD)
    with stand.go_on("power-journey", facts, recorded_disk(frozen.disk, folder / "disk.qcow2", log)) as guest:
        guest.play(dataclasses.replace(story, lines=story.lines[:held]), "pictures")
        guest.machine.pull_the_plug()
        guest.note("power pulled while お預かりしました is on the screen")
    after = folder / "after.img"
    run("qemu-img", "convert", "-O", "raw", frozen.disk, after)
    lost = _cut_whole(after, read_log(log), chance)
    log.unlink()
    stand.outside.start_city()
    with stand.off("power-again", facts, raw_disk(after)) as guest:
        _delivered(stand, guest, before + 1)
        guest.note(f"{lost} unflushed sectors lost, booted again: the courier has delivered, the city has verified it")
    after.unlink()


def _cut_whole(disk: Path, entries: list[Entry], chance: random.Random) -> int:
    """Turn a disk, as it was before the record, into what the cut left; what lies before the first slot counts too."""
    lost = 0
    with disk.open("r+b") as file:
        for start, size in ((0, partition(disk, 0)[0]), partition(disk, DATA)):
            file.seek(start * SECTOR)
            part = bytearray(file.read(size * SECTOR))
            lost += cut(part, start * SECTOR, entries, len(entries), chance)
            file.seek(start * SECTOR)
            file.write(part)
    return lost


def _delivered(stand: Stand, guest: Guest, wanted: int) -> None:
    guest.line.wait_for_hello(1800)
    guest.until(lambda: len(stand.outside.verdicts()) == wanted, "the promised application at the city", 1800)
