"""Looking at disk, spool, clock, card and the courier's word: real files, a real card behind the direct reader."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from drivers.camera import source_of
from drivers.readers.pcsc import ReaderNotFound
from drivers.virtual.direct import DirectReader
from drivers.virtual.tray import Tray
from kiosk.clock import SystemClock
from kiosk.config import load
from kiosk.courier.parcel import Parcel
from kiosk.courier.spool import Spool
from kiosk.courier.word import Word, asked_path, last_word, leave_word, was_asked
from kiosk.first_day import probes
from kiosk.first_day.findings import NOT_FITTED, PASSED, Code, Part, Result, failed

ROOT = Path(__file__).parents[3]


class HandsOf:
    """A clock whose worth the test chooses."""

    def __init__(self, *, plausible: bool = True, trusted: bool = True) -> None:
        self._worth = plausible, trusted

    def now(self) -> datetime:
        return datetime.now(UTC)

    def ticks(self) -> float:
        return SystemClock().ticks()

    def plausible(self) -> bool:
        return self._worth[0]

    def trusted(self) -> bool:
        return all(self._worth)


def test_a_disk_that_keeps_what_is_written(tmp_path: Path) -> None:
    assert probes.disk(tmp_path / "new").result is Result.PASSED
    assert list((tmp_path / "new").iterdir()) == []


def test_a_disk_that_takes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert probes.disk(tmp_path / "file").code is Code.DISK_FAULTY
    assert probes.disk(Path("/dev/full")).code is Code.DISK_FAULTY


def test_a_spool_that_is_whole_and_one_that_is_not(tmp_path: Path) -> None:
    path = tmp_path / "spool.sqlite3"
    assert probes.spool(path) == PASSED, "none before the first start"
    with Spool(path, 10) as spool:
        spool.put(Parcel("0123456789abcdef", "AAAA", bytes(4000) + b"x" * 4000, "0" * 16, datetime.now(UTC)))
    assert probes.spool(path) == PASSED
    damaged = bytearray(path.read_bytes())
    damaged[4096:12288] = b"\xff" * 8192
    path.write_bytes(damaged)
    for log in tmp_path.glob("spool.sqlite3-*"):
        log.unlink()
    assert probes.spool(path).code is Code.SPOOL_DAMAGED
    path.write_bytes(b"no database at all" * 100)
    assert probes.spool(path).code is Code.SPOOL_DAMAGED


@pytest.mark.parametrize(
    ("hands", "must", "code"),
    [
        (HandsOf(plausible=False), False, Code.CLOCK_WRONG),
        (HandsOf(trusted=False), True, Code.CLOCK_UNSYNCHRONISED),
        (HandsOf(trusted=False), False, None),
        (HandsOf(), True, None),
    ],
)
def test_a_clock(tmp_path: Path, hands: HandsOf, must: bool, code: Code | None) -> None:
    assert probes.clock(hands, must_be_trusted=must, rtc=tmp_path).code is code
    (tmp_path / "rtc0").mkdir()
    assert probes.clock(hands, must_be_trusted=must, rtc=tmp_path).detail == "RTC"


def pictured(path: Path, *, blank: bool) -> Path:
    """Write a small picture, of something or of nothing."""
    body = bytes(48) if blank else bytes(range(48))
    path.write_bytes(b"P6 4 4 255\n" + body)
    return path


def test_a_camera_that_sees_something(tmp_path: Path) -> None:
    assert probes.camera(source_of("none", (4, 4), ())) == NOT_FITTED
    assert probes.camera(source_of("files", (4, 4), [tmp_path / "nothing.ppm"])).code is Code.CAMERA_FAULTY
    black, lively = pictured(tmp_path / "black.ppm", blank=True), pictured(tmp_path / "lively.ppm", blank=False)
    assert probes.camera(source_of("files", (4, 4), [black])).code is Code.CAMERA_FAULTY, "black is nothing"
    assert probes.camera(source_of("files", (4, 4), [lively])).detail == "4x4"


@pytest.mark.parametrize(
    ("answer", "network", "city"),
    [
        ("ok", None, None),
        ("catalogue-signature", None, None),
        ("unreachable", Code.CITY_UNREACHABLE, Code.CITY_UNREACHABLE),
        ("too-slow", Code.CITY_UNREACHABLE, Code.CITY_UNREACHABLE),
        ("untrusted", None, Code.CITY_UNTRUSTED),
        ("certificate-over", None, Code.CERTIFICATE_OVER),
        ("forbidden", None, Code.CITY_FORBIDDEN),
        ("enrolment-refused", None, Code.ENROLMENT_REFUSED),
        ("server-error", None, Code.CITY_FAULTY),
        ("not-the-city", None, Code.CITY_FAULTY),
    ],
)
def test_the_couriers_word(answer: str, network: Code | None, city: Code | None) -> None:
    told = probes.judged(Word(datetime.now(UTC).isoformat(), answer))
    assert (told[Part.NETWORK].code, told[Part.CITY].code) == (network, city)


def test_a_courier_that_says_nothing() -> None:
    assert {finding.code for finding in probes.judged(None).values()} == {Code.COURIER_SILENT}


def test_a_word_is_left_asked_for_and_read(tmp_path: Path) -> None:
    spool = tmp_path / "spool.sqlite3"
    assert last_word(spool) is None
    leave_word(spool, datetime.now(UTC), "ok")
    assert last_word(spool).answer == "ok"
    for text in ("", "[]", '{"at": "2026-01-01T00:00:00", "answer": "ok"}', '{"at": 1}'):
        spool.with_suffix(".city").write_text(text)
        assert last_word(spool) is None
    assert not was_asked(spool)
    asked_path(spool).touch()
    assert was_asked(spool)
    assert not was_asked(spool)


def test_cards(authority_folder: Path) -> None:
    tray, stop = Tray(authority_folder), Event()
    reader = DirectReader(tray)
    reader.lay("hanako")
    assert probes.card(reader, stop) == PASSED
    reader.swap("licence") if hasattr(reader, "swap") else (reader.lift(), reader.lay("licence"))
    assert probes.card(reader, stop) == failed(Code.CARD_OTHER, "licence")
    reader.lift()
    stop.set()
    assert probes.card(reader, stop) is None


class NoReader:
    name = "none"

    def wait_for(self, presence, timeout, stop):
        raise ReaderNotFound("x", [])


def test_no_reader_at_all() -> None:
    assert probes.card(NoReader(), Event()) == failed(Code.READER_LOST)


def test_no_catalogue_a_missing_one_and_a_damaged_one(tmp_path: Path) -> None:
    base, demo = ROOT / "config/kiosk.toml", ROOT / "config/profiles/demo.toml"
    assert probes.catalogue(load(base, demo, ["forms.catalogue="])) == NOT_FITTED
    assert probes.catalogue(load(base, demo, [f"forms.catalogue={tmp_path}"])).code is Code.CATALOGUE_FAULTY, "no key"


def test_everything_that_needs_no_hand_in_order(tmp_path: Path) -> None:
    sets = [f"first_day.folder={tmp_path / 'r'}", f"spool.path={tmp_path / 'spool.sqlite3'}"]
    config = load(
        ROOT / "config/kiosk.toml", ROOT / "config/profiles/demo.toml", [*sets, f"forms.catalogue={tmp_path}"]
    )
    found = dict(probes.machine(config, HandsOf(), Event(), None, within=0.3))
    assert list(found) == [Part.CAMERA, Part.DISK, Part.CLOCK, Part.NETWORK, Part.CITY, Part.CATALOGUE]
    assert found[Part.CITY].code is Code.COURIER_SILENT
    assert asked_path(config.spool.path).exists()


def test_an_older_word_is_no_answer(tmp_path: Path) -> None:
    sets = [f"first_day.folder={tmp_path / 'r'}", f"spool.path={tmp_path / 'spool.sqlite3'}"]
    config = load(
        ROOT / "config/kiosk.toml", ROOT / "config/profiles/demo.toml", [*sets, f"forms.catalogue={tmp_path}"]
    )
    leave_word(config.spool.path, datetime.now(UTC) - timedelta(minutes=5), "ok")
    assert dict(probes.machine(config, HandsOf(), Event(), None, within=0.3))[Part.CITY].code is Code.COURIER_SILENT
    shutil.rmtree(tmp_path / "r")
