"""Looking at what needs no hand: disk, spool, clock, camera, and what the courier says of network and city."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from drivers.camera import CameraFault, FrameSource
from drivers.card.recognise import CardKind, recognise
from drivers.errors import DeviceError, ReaderLost
from drivers.readers.reader import Presence
from kiosk.application.errors import TrustFileUnusable
from kiosk.application.receipt import ReceiptKey
from kiosk.catalogue.errors import CatalogueFaulty
from kiosk.catalogue.keys import CatalogueKeys
from kiosk.catalogue.shelf import Shelf
from kiosk.courier.word import GOOD, Word, ask_anew, last_word
from kiosk.first_day.findings import NOT_FITTED, PASSED, Code, Finding, Part, Result, failed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import Event

    from drivers.readers.reader import Reader
    from kiosk.clock import Clock
    from kiosk.config import Config

LEAST_FREE: Final = 16 << 20  # bytes on the disk
TRIED: Final = 256 << 10  # bytes that are written and read again
CITY_WITHIN: Final = 40.0  # seconds: the courier's own longest answer, and a little
CARD_WAIT: Final = 0.5  # seconds between two looks at the tray
RTC: Final = Path("/sys/class/rtc")
_UNREACHABLE: Final = frozenset({"unreachable", "too-slow"})
_CITY: Final = {
    "untrusted": Code.CITY_UNTRUSTED,
    "certificate-over": Code.CERTIFICATE_OVER,
    "forbidden": Code.CITY_FORBIDDEN,
    "kiosk-unknown": Code.CITY_FORBIDDEN,
    "enrolment-refused": Code.ENROLMENT_REFUSED,
}


def disk(folder: Path) -> Finding:
    """Write, read again and remove; where the spool and the report will lie."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
        if free < LEAST_FREE:
            return failed(Code.DISK_FULL, f"{free >> 20} MiB")
        written = secrets.token_bytes(TRIED)
        place = folder / "self-test"
        with place.open("wb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        same = place.read_bytes() == written
        place.unlink()
    except OSError:
        return failed(Code.DISK_FAULTY)
    return Finding(Result.PASSED, detail=f"{free >> 20} MiB") if same else failed(Code.DISK_FAULTY)


def spool(path: Path) -> Finding:
    """Have the spool's database look at itself; none is there before the first start."""
    if not path.exists():
        return PASSED
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as database:
            answer = database.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error:
        return failed(Code.SPOOL_DAMAGED)
    return PASSED if answer == ("ok",) else failed(Code.SPOOL_DAMAGED)


def clock(hands: Clock, *, must_be_trusted: bool, rtc: Path = RTC) -> Finding:
    """Say whether the time can be right, was compared, and outlives the power."""
    battery = "RTC" if any(rtc.glob("rtc*")) else ""
    if not hands.plausible():
        return failed(Code.CLOCK_WRONG, battery)
    if must_be_trusted and not hands.trusted():
        return failed(Code.CLOCK_UNSYNCHRONISED, battery)
    return Finding(Result.PASSED, detail=battery)


def camera(source: Callable[[], FrameSource] | None) -> Finding:
    """Take one picture and look whether there is anything on it; it is kept nowhere."""
    if source is None:
        return NOT_FITTED
    try:
        eye = source()
        eye.start()
        frame = eye.capture()
        eye.stop()
    except CameraFault:
        return failed(Code.CAMERA_FAULTY)
    lively = frame.width > 0 and len(set(frame.rgb[:: max(1, len(frame.rgb) // 997)])) > 1
    return Finding(Result.PASSED, detail=f"{frame.width}x{frame.height}") if lively else failed(Code.CAMERA_FAULTY)


def judged(word: Word | None) -> dict[Part, Finding]:
    """Tell what the courier's word says of the network and of the city."""
    if word is None:
        silent = failed(Code.COURIER_SILENT)
        return {Part.NETWORK: silent, Part.CITY: silent}
    if word.answer in _UNREACHABLE:
        unreached = failed(Code.CITY_UNREACHABLE, word.answer)
        return {Part.NETWORK: unreached, Part.CITY: unreached}
    if word.answer == GOOD or word.answer.startswith("catalogue-"):
        return {Part.NETWORK: PASSED, Part.CITY: PASSED}
    return {Part.NETWORK: PASSED, Part.CITY: failed(_CITY.get(word.answer, Code.CITY_FAULTY), word.answer)}


def catalogue(config: Config) -> Finding:
    """Look whether there are forms to offer."""
    if not config.forms.catalogue:
        return NOT_FITTED
    try:
        keys = CatalogueKeys.load(config.city.catalogue_keys, ReceiptKey.load(config.city.receipt_key))
        found = Shelf(Path(config.forms.catalogue), keys, config.city.name).newest()
    except (CatalogueFaulty, TrustFileUnusable, OSError):
        return failed(Code.CATALOGUE_FAULTY)
    return Finding(Result.PASSED, detail=str(found.serial)) if found else failed(Code.CATALOGUE_ABSENT)


def card(reader: Reader, stop: Event) -> Finding | None:
    """Wait for a card and ask which it is, without any password and any personal data; None when it was stopped."""
    while not stop.is_set():
        try:
            if not reader.wait_for(Presence.PRESENT, CARD_WAIT, stop):
                continue
            line = reader.connect()
            try:
                kind = recognise(line)
            finally:
                line.close()
        except ReaderLost:
            return failed(Code.READER_LOST)
        except DeviceError:
            return failed(Code.CARD_UNREADABLE)
        return PASSED if kind is CardKind.MY_NUMBER else failed(Code.CARD_OTHER, kind.value)
    return None


def lifted(reader: Reader, stop: Event) -> None:
    """Wait until no card lies there, so that the same one is not read over and over."""
    while not stop.is_set():
        try:
            if reader.wait_for(Presence.ABSENT, CARD_WAIT, stop):
                return
        except ReaderLost:
            return


def machine(
    config: Config, hands: Clock, stop: Event, eye: Callable[[], FrameSource] | None, within: float = CITY_WITHIN
) -> Iterator[tuple[Part, Finding]]:
    """Look at everything that needs no hand, one after the other."""
    yield Part.CAMERA, camera(eye)
    stored = disk(Path(config.first_day.folder))
    yield Part.DISK, stored if not stored.good else _worse(stored, spool(config.spool.path))
    yield Part.CLOCK, clock(hands, must_be_trusted=config.journey.clock_must_be_trusted)
    if not config.forms.catalogue:  # development: the courier asks the city for nothing
        yield from ((part, NOT_FITTED) for part in (Part.NETWORK, Part.CITY, Part.CATALOGUE))
        return
    yield from judged(_heard(config, hands, stop, within)).items()
    yield Part.CATALOGUE, catalogue(config)


def _worse(one: Finding, other: Finding) -> Finding:
    return one if other.good else other


def _heard(config: Config, hands: Clock, stop: Event, within: float) -> Word | None:
    """Ask the courier and wait for a word that is newer than the question."""
    asked, end = hands.now() - timedelta(seconds=1), hands.ticks() + within
    try:
        ask_anew(config.spool.path)
    except OSError:
        return None
    while hands.ticks() < end and not stop.wait(0.1):
        word = last_word(config.spool.path)
        if word is not None and word.moment >= asked and word.answer != "enrolled":
            return word
    return None
