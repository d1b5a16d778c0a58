"""A real city publishes, a real courier fetches, the kiosk's own code reads; the last good one always stays."""

from __future__ import annotations

import json
import shutil
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from catalogue_press import CITY, FORMS, Press
from city_authority import Authority
from city_filing import KIOSK
from city_running import City, furnish, run_verb
from courier_process import CourierProcess

from city.catalogue.statement import load_key
from kiosk.application.archive import pack, unpack
from kiosk.catalogue.keys import CatalogueKeys
from kiosk.catalogue.shelf import Shelf
from kiosk.forms.loader import load_form

if TYPE_CHECKING:
    from pathlib import Path

SOON = 30.0  # seconds, on a loaded machine
KILLS = 4

pytestmark = pytest.mark.timeout(180)


class Hall:
    """A running city, its published folder, and one kiosk's courier with the kiosk's view of the folder."""

    def __init__(self, folder: Path, authority: Authority) -> None:
        self.folder = folder
        furnish(folder, authority)
        self.city = City(folder).start()
        self.published = folder / "catalogue"
        self.keys = CatalogueKeys.load([folder / "catalogue.pub"])
        self.shelf = Shelf(folder / "kiosk" / "catalogue", self.keys, CITY)
        self.shelf.folder.parent.mkdir()

    def publish(self, *words: str) -> None:
        told = run_verb(self.folder, "catalogue", "publish", "--forms", str(FORMS), *words)
        assert told.returncode == 0, told.stderr

    def courier(self, **sets) -> CourierProcess:
        trust = SimpleNamespace(
            authority=SimpleNamespace(path=self.folder / "city_ca.pem"),
            kiosk=(self.folder / "kiosk.pem", self.folder / "kiosk.key"),
            receipt_pem=self.folder / "receipt.pub",
        )
        values = {
            "kiosk__id": KIOSK,
            "forms__catalogue": self.shelf.folder,
            "city__catalogue_keys": f'["{self.folder / "catalogue.pub"}"]',
            "courier__catalogue_interval": 0.3,
            "courier__connect_timeout": 5.0,
            "courier__answer_timeout": 10.0,
            **sets,
        }
        return CourierProcess(trust, self.shelf.folder.parent, self.city.kiosk_url, **values)


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture
def hall(tmp_path, authority):
    made = Hall(tmp_path, authority)
    yield made
    if made.city.process.poll() is None:
        made.city.kill()


def lines(courier: CourierProcess, event: str) -> list[dict]:
    """Return the whole journal lines of one event."""
    whole = courier.journal().rpartition("\n")[0].splitlines()
    return [line for text in whole if (line := json.loads(text))["event"] == event]


def wait_for(courier: CourierProcess, event: str, count: int = 1, **facts) -> None:
    """Wait until the courier has written so many such lines."""
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        fitting = [line for line in lines(courier, event) if facts.items() <= line.items()]
        if len(fitting) >= count:
            return
        time.sleep(0.05)
    raise AssertionError(courier.journal())


def test_what_the_city_publishes_comes_to_the_kiosk(hall):
    hall.publish()
    with hall.courier() as courier:
        wait_for(courier, "catalogue.stored", serial=1)
        catalogue = hall.shelf.newest()
        assert catalogue.serial == 1
        for stated in catalogue.forms:
            form = load_form(hall.shelf.form_folder(1, stated), FORMS, ("ja",))
            assert (form.id, form.version, form.sha256) == (stated.id, stated.version, stated.sha256)
        hall.publish()
        wait_for(courier, "catalogue.stored", serial=2)
        assert (hall.shelf.newest().serial, hall.shelf.mark()) == (2, 2)
        assert courier.stop() == 0
        assert len(lines(courier, "catalogue.stored")) == 2  # asked for by its tag: nothing is stored twice


def test_nothing_that_the_city_or_anyone_in_its_place_serves_replaces_the_last_good_one(hall):
    hall.publish()
    hall.publish()
    good = (hall.published / "000000000002.zip").read_bytes()
    (hall.folder / "other").mkdir()
    foreign = Press(hall.folder / "other")
    own = Press.__new__(Press)
    own.key, own.forms = load_key(hall.folder / "catalogue.key"), foreign.forms
    flipped = bytearray(good)
    flipped[len(good) // 2] ^= 4
    *entries, (name, data) = unpack(good)
    served = [
        ("bundle", bytes(flipped)),
        ("bundle", good[: len(good) // 2]),
        ("content", pack([*entries, (name, data + b"\n")])),
        ("content", pack(entries)),
        ("signature", foreign.print(12)),
        ("other-city", own.print(12, city="坂戸市")),
        ("older", (hall.published / "000000000001.zip").read_bytes()),
        ("serial-reused", own.print(2)),
        ("expired", own.print(12, days=0.0001)),
        ("statement", own.print(12, members={"forms": []})),
    ]
    with hall.courier() as courier:
        wait_for(courier, "catalogue.stored", serial=2)
        before = {path: path.read_bytes() for path in hall.shelf.folder.rglob("*") if path.is_file()}
        for number, (code, packed) in enumerate(served, start=3):
            told = len(lines(courier, "catalogue.refused"))
            (hall.published / "part").write_bytes(packed)
            (hall.published / "part").rename(hall.published / f"{number:012d}.zip")
            wait_for(courier, "catalogue.refused", count=told + 2)  # the first may be of the one before
            assert lines(courier, "catalogue.refused")[-1]["code"] == code
            assert {path: path.read_bytes() for path in hall.shelf.folder.rglob("*") if path.is_file()} == before
        hall.publish()
        wait_for(courier, "catalogue.stored", serial=13)  # the city goes on after the last that it served
        assert hall.shelf.newest().serial == 13


def test_a_city_that_is_away_changes_nothing_and_is_asked_again(hall):
    hall.publish()
    with hall.courier() as courier:
        wait_for(courier, "catalogue.stored", serial=1)
        port = hall.city.ports["kiosk_port"]
        hall.city.kill()
        wait_for(courier, "catalogue.later", reason="unreachable")
        assert hall.shelf.newest().serial == 1
        hall.publish()
        hall.city = City(hall.folder, (f"kiosk_door.port={port}",)).start()
        wait_for(courier, "catalogue.stored", serial=2)


def test_a_damaged_folder_is_fetched_anew(hall):
    hall.publish()
    with hall.courier() as courier:
        wait_for(courier, "catalogue.stored", serial=1)
        (hall.shelf.place(1) / "catalogue.sig").write_bytes(bytes(64))
        wait_for(courier, "catalogue.stored", count=2, serial=1)
        assert hall.shelf.newest().serial == 1


def test_a_courier_killed_again_and_again_leaves_a_whole_catalogue(hall):
    """Kills at several moments after the start, each while something new waits to be fetched."""
    for kill in range(KILLS):
        hall.publish()
        with hall.courier() as courier:
            courier.hear(b"READY=1")
            time.sleep(kill * 0.03)
            courier.kill()
        found = hall.shelf.newest()
        assert found is None or found.serial >= hall.shelf.mark()
    with hall.courier() as courier:
        wait_for(courier, "courier.started")
        end = time.monotonic() + SOON
        while (found := hall.shelf.newest()) is None or found.serial != KILLS:
            assert time.monotonic() < end
            time.sleep(0.05)
    assert not list(hall.shelf.folder.glob("part-*"))


def test_the_receipts_key_is_refused_as_the_catalogues(hall):
    hall.publish()
    with hall.courier(city__catalogue_keys=f'["{hall.folder / "receipt.pub"}"]') as courier:
        assert courier.process.wait(20) == 78
        assert "another key than the receipts'" in courier.journal()


def test_a_disk_that_takes_nothing_is_told_and_deliveries_go_on(hall):
    hall.publish()
    hall.shelf.folder.write_text("a file where the folder should be")
    with hall.courier() as courier:
        wait_for(courier, "catalogue.store-failed")
        assert courier.process.poll() is None
        hall.shelf.folder.unlink()
        wait_for(courier, "catalogue.stored", serial=1)
    shutil.rmtree(hall.shelf.folder)
