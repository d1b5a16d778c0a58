"""The shelf never goes back, never shows half a catalogue, and keeps the last good one whatever else comes."""

from __future__ import annotations

import random
import shutil
import stat

import pytest
from catalogue_press import CITY, Press

from kiosk.catalogue.bundle import read_bundle
from kiosk.catalogue.errors import CatalogueFaulty, Fault
from kiosk.catalogue.shelf import Shelf, mark_text
from kiosk.catalogue.storing import Storeroom

FLIPS = 1000


@pytest.fixture
def shelf(press, tmp_path) -> Shelf:
    shelf = press.shelf(tmp_path)
    press.store(shelf, press.print(11))
    press.store(shelf, press.print(12))
    return shelf


def fault_of(shelf: Shelf) -> Fault:
    with pytest.raises(CatalogueFaulty) as told:
        shelf.newest()
    return told.value.fault


def put_back(press: Press, shelf: Shelf, serial: int) -> None:
    """Lay a good, signed catalogue into the folder by hand, past every rule."""
    other = Shelf(shelf.folder.parent / f"by-hand-{serial}", press.keys, CITY)
    press.store(other, press.print(serial))
    shutil.copytree(other.place(serial), shelf.place(serial))


def test_an_empty_shelf_has_nothing(press, tmp_path):
    shelf = press.shelf(tmp_path)
    assert (shelf.newest(), shelf.mark(), shelf.serials()) == (None, 0, [])
    assert Storeroom(shelf).mend() is None


def test_the_newest_is_shown_and_the_one_before_is_kept(press, shelf):
    assert (shelf.newest().serial, shelf.mark(), shelf.serials()) == (12, 12, [12, 11])
    press.store(shelf, press.print(40))
    assert (shelf.newest().serial, shelf.mark(), shelf.serials()) == (40, 40, [40, 12])


def test_the_kiosk_can_read_it_and_only_the_courier_can_write(shelf):
    for path in [shelf.folder, *shelf.folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & ~(0o750 if path.is_dir() else 0o640) == 0


@pytest.mark.parametrize("serial", [1, 11, 12])
def test_a_serial_that_is_not_higher_is_not_stored(press, shelf, serial):
    before = {path: path.read_bytes() for path in shelf.folder.rglob("*") if path.is_file()}
    with pytest.raises(CatalogueFaulty, match="older"):
        press.store(shelf, press.print(serial))
    assert {path: path.read_bytes() for path in shelf.folder.rglob("*") if path.is_file()} == before


def test_an_older_one_laid_there_by_hand_is_never_shown(press, shelf):
    put_back(press, shelf, 10)
    shutil.rmtree(shelf.place(12))
    assert fault_of(shelf) is Fault.OLDER
    assert Storeroom(shelf).mend() is None
    assert fault_of(shelf) is Fault.OLDER
    press.store(shelf, press.print(12))  # fetched anew
    assert shelf.newest().serial == 12


@pytest.mark.parametrize("name", ["catalogue.json", "catalogue.sig", "forms/juminhyo/texts.ja.toml"])
def test_a_flipped_bit_on_the_disk_is_noticed_and_mended_by_fetching(press, shelf, name):
    path = shelf.place(12) / name
    data = bytearray(path.read_bytes())
    data[random.Random(name).randrange(len(data))] ^= 1
    path.write_bytes(data)
    assert fault_of(shelf) in {Fault.SIGNATURE, Fault.CONTENT}
    assert Storeroom(shelf).mend() is None
    assert (shelf.mark(), shelf.serials()) == (12, [11])
    assert [path.name for path in shelf.folder.glob("damaged-*")] == ["damaged-000000000012"]
    press.store(shelf, press.print(12))
    assert shelf.newest().serial == 12


def test_random_flips_over_all_files_never_give_another_catalogue(shelf):
    """Over statement, signature, every file of the form and the mark."""
    files = [path for path in [*shelf.place(12).rglob("*"), shelf.folder / "newest"] if path.is_file()]
    good, chance = shelf.newest(), random.Random(5)
    contents = {path: path.read_bytes() for path in files}
    shown = 0
    for _ in range(FLIPS):
        path = chance.choice(files)
        spoilt = bytearray(contents[path])
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        path.write_bytes(spoilt)
        try:
            found = shelf.newest()
        except CatalogueFaulty:
            found = None
        assert found in (None, good)
        shown += found is not None
        path.write_bytes(contents[path])
    assert 0 < shown < FLIPS / 2  # a damaged mark alone hides nothing


def test_a_missing_file_a_truncated_one_and_a_folder_in_its_place_are_noticed(shelf):
    path = shelf.place(12) / "forms" / "juminhyo" / "schema.json"
    data = path.read_bytes()
    path.write_bytes(data[:-1])
    assert fault_of(shelf) is Fault.CONTENT
    path.unlink()
    assert fault_of(shelf) is Fault.CONTENT
    path.mkdir()
    assert fault_of(shelf) is Fault.CONTENT


@pytest.mark.parametrize("text", ["", "12", "13 0000000000000000\n", "999999999999 \n", "x" * 4000, "\x00", "-1 0\n"])
def test_a_damaged_mark_is_not_believed_and_is_written_anew(shelf, text):
    (shelf.folder / "newest").write_text(text)
    assert (shelf.mark(), shelf.newest().serial) == (0, 12)
    assert Storeroom(shelf).mend().serial == 12
    assert (shelf.folder / "newest").read_text() == mark_text(12)


def test_a_folder_under_a_wrong_name_is_not_believed(shelf):
    shelf.place(12).rename(shelf.place(13))
    assert fault_of(shelf) is Fault.STATEMENT


def test_a_key_that_was_withdrawn_publishes_nothing(press, shelf, tmp_path):
    (tmp_path / "other").mkdir()
    successor = Press(tmp_path / "other")
    changed = Shelf(shelf.folder, successor.keys, CITY)
    assert fault_of(changed) is Fault.SIGNATURE
    room = Storeroom(changed)
    assert room.mend() is None
    room.put(read_bundle(successor.print(13), successor.keys, CITY))
    assert changed.newest().serial == 13


def test_what_an_interrupted_swap_left_is_cleared_away(press, shelf):
    (shelf.folder / "part-13" / "forms").mkdir(parents=True)
    (shelf.folder / "part-13" / "catalogue.json").write_text("half")
    (shelf.folder / "newest.part").write_text("half")
    assert shelf.newest().serial == 12
    assert Storeroom(shelf).mend().serial == 12
    assert sorted(path.name for path in shelf.folder.iterdir()) == ["000000000011", "000000000012", "newest"]


def test_state_changes_with_every_swap(press, shelf):
    before = shelf.state()
    assert shelf.state() == before
    press.store(shelf, press.print(13))
    assert shelf.state() != before
