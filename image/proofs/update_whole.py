"""An update as a city hall has it: the whole image serves citizens, closes, is replaced, proves itself, serves again.

The other proofs of updates use a small tree without a screen; here everything is the image's own but the version.
"""

from __future__ import annotations

import re
import shutil
from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.demo.line import NoAnswer
from kiosk.demo.screen import NotOnScreen
from kiosk.demo.story import read_story
from proofs.board import FittedBoard
from proofs.guest import PATIENCE, Guest
from proofs.journey import STORY
from proofs.machine import NotSeen, raw_disk
from proofs.provisioned import DROP_INS, card_of, data_of, fill, given_words, updating
from proofs.small import FIRST, GOOD, script
from proofs.stand import Stand

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from proofs.guest import Facts
    from proofs.small import Slot, Small

DATA_MIB: Final = 1024
LONG: Final = 3600.0  # seconds: a slot of 400 MB is read, checked and written by an emulated processor
CLOSED: Final = "機械を新しくしています"
EVENT: Final = r'"event": ?"update\.{}".*"{}"'


def prove(small: Small, facts: Facts) -> None:
    """Make it; raises NotSeen, StoryBroken."""
    first, good = _slot(small, "whole-first", FIRST), _slot(small, "whole-good", GOOD)
    bundle = small.bundle(good)
    with Stand(small.image) as stand:
        disk = _card(small, stand, first, bundle)
        board = partial(_board, small.image)
        folder = small.folder / "machine"
        folder.mkdir(exist_ok=True)
        with Guest(folder, small.image, stand.outside, facts, raw_disk(disk), board=board) as guest:
            _updated(guest, facts, stand)
    disk.unlink()


def _updated(guest: Guest, facts: Facts, stand: Stand) -> None:
    machine = guest.machine
    machine.wait_for("madoguchi: slot A, 2 attempts left", PATIENCE)
    machine.wait_for(EVENT.format("asks", re.escape(GOOD)), LONG)
    facts.note("slot A serves; the updater has asked the kiosk to close")
    guest.line.wait_for_hello(PATIENCE)
    guest.until(lambda: _says(guest, CLOSED), f"「{CLOSED}」", LONG)
    guest.scene("1-closed-for-the-update")
    machine.wait_for(EVENT.format("installed", re.escape(GOOD)), LONG)
    facts.note("the bundle is in slot B, the kiosk was closed meanwhile")
    said = machine.wait_for("madoguchi: slot B, 2 attempts left", PATIENCE).end()
    guest.line.wait_for_hello(LONG)
    guest.until(lambda: guest.step() == "attract", "the attract scene of the new version", LONG)
    guest.scene("2-new-version")
    if f"IMAGE_VERSION={GOOD}" not in guest.run("cat", "/etc/os-release"):
        raise NotSeen(f"the version {GOOD} in the machine")
    machine.wait_for(EVENT.format("proved", re.escape(GOOD)), LONG, said)
    facts.note("slot B was started by U-Boot, draws and sees its reader: proved and kept")
    before = len(stand.outside.verdicts())
    guest.play(read_story(STORY), "pictures")
    verdicts = stand.outside.verdicts()
    if len(verdicts) != before + 1:
        raise NotSeen(f"one more application at the city: {before} before, {len(verdicts)} after")
    facts.note(f"a journey on the new version ended at the city: {verdicts[-1]['standing']}")


def _board(image: Path, folder: Path, disk: Sequence[str]) -> FittedBoard:
    return FittedBoard(folder, disk, image)


def _says(guest: Guest, words: str) -> bool:
    try:
        return words in guest.screen.look().words
    except (NotOnScreen, NoAnswer):
        return False


def _slot(small: Small, name: str, version: str) -> Slot:
    """Make a slot of the whole tree under another version, talkative and with the proofs' agent."""
    return small.whole(name, version, " ".join(given_words(DROP_INS, "agent.service")))


def _card(small: Small, stand: Stand, slot: Slot, bundle: Path) -> Path:
    """Make a provisioned card with the slot as A; the bundle waits as one from a stick does."""
    script("disk.sh", small.image / "cache/boot", slot.folder)
    shutil.copy(small.image / "kiosk.toml", slot.folder / "kiosk.toml")
    disk = card_of(slot.folder, small.folder, DATA_MIB)
    data = data_of(small.image, small.folder, stand.outside.setting.trust, stand.outside.city_port)
    own = data / "etc/kiosk.toml"
    own.write_text(updating(own.read_text("utf-8"), {"hours": '["00:00-24:00"]'}), encoding="utf-8")
    shutil.copy(small.folder / "update-demo/ca.pem", data / "etc/trust/update_ca.pem")
    for name in ("update", "rauc"):
        (data / name).mkdir()
    shutil.copy(bundle, data / "update/stick.raucb")
    fill(disk, data)
    shutil.rmtree(data)
    return disk
