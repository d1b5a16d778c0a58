"""The updater's rounds with real files, a real RAUC and real bundles; only the clock is turned by hand."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import bundles
import pytest
from rauc_running import Running

from kiosk.door import UPDATE, KioskDoor, Presence
from kiosk.hours import spans
from kiosk.journal import Journal
from kiosk.notify import Notifier
from kiosk.update.program import STICK, Updater
from kiosk.update.record import Record, load, save
from kiosk.update.settings import UpdateSettings
from tests.turned_clock import TurnedClock

if TYPE_CHECKING:
    from collections.abc import Iterator

NIGHT = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)  # one o'clock in Japan
NOON = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)


@dataclass
class House:
    """A machine with kiosk and updater: the kiosk's own door is used for what the kiosk tells."""

    settings: UpdateSettings
    rauc: Running
    hands: TurnedClock = field(default_factory=lambda: TurnedClock(NIGHT, 1000.0))
    said: io.StringIO = field(default_factory=io.StringIO)

    @property
    def record(self) -> Record:
        return load(self.settings.folder / "record.json")

    def begin(self, boot: str = "boot-1") -> Updater:
        return Updater(self.settings, self.hands, Journal("update", self.said, self.hands), Notifier({}), boot)

    def kiosk(self, presence: Presence, *wrong: str, drawn: int = 5, began: float = 900.0) -> None:
        KioskDoor(self.settings.door, began).tell(presence, wrong, drawn, self.hands.seconds)

    def events(self) -> list[tuple[str, str]]:
        lines = [json.loads(line) for line in self.said.getvalue().splitlines()]
        return [(line["event"], line.get("code") or line.get("version") or line.get("failed") or "") for line in lines]

    @property
    def asked(self) -> bool:
        return KioskDoor(self.settings.door, 0).asked_to_close(self.hands.seconds)

    @property
    def leaves(self) -> bool:
        return (self.settings.door / "reboot").exists()

    def proved(self, boot: str = "boot-1") -> Updater:
        """A machine like on every day: the version that runs has proved itself."""
        save(self.settings.folder / "record.json", Record(proved=bundles.RUNS))
        updater = self.begin(boot)
        self.kiosk(Presence.OPEN)
        updater.turn()
        return updater


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundles.make(tmp_path_factory.mktemp("works"))


@pytest.fixture
def house(tmp_path: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    authority = bundle.parent / "update-demo/ca.pem"
    for name in ("waiting", "door", "rauc"):
        (tmp_path / name).mkdir()
    (tmp_path / "os-release").write_text(f'ID=debian\nIMAGE_VERSION="{bundles.RUNS}"\n', encoding="ascii")
    with Running(tmp_path / "rauc", authority) as running:
        for name, word in running.environment.items():
            monkeypatch.setenv(name, word)
        settings = UpdateSettings(
            url="", ca=Path("none"), folder=tmp_path / "waiting", door=tmp_path / "door", hours=spans(["00:00-05:00"]),
            interval=60.0, limit=300.0, demo=True, authority=authority, rauc_config=running.config,
            os_release=tmp_path / "os-release",
        )  # fmt: skip
        yield House(settings, running)


def put_in(house: House, bundle: Path) -> Path:
    waiting = house.settings.folder / STICK
    waiting.write_bytes(bundle.read_bytes())
    return waiting


# ---- the slot that runs -------------------------------------------------------------------------------------------


def test_a_kiosk_that_draws_makes_its_slot_good(house: House) -> None:
    (house.rauc.chosen / "A").write_text("bad\n", encoding="ascii")
    updater = house.begin()
    updater.turn()
    house.kiosk(Presence.CLOSED, "reader", drawn=0)
    updater.turn()
    assert house.rauc.state("A") == "bad"
    house.hands.seconds += 10
    house.kiosk(Presence.CLOSED, "reader", drawn=1)
    updater.turn()
    assert house.rauc.state("A") == "good"
    assert house.record == Record(proved=bundles.RUNS)


def test_a_new_slot_is_kept_after_the_card_path_was_well_for_a_while(house: House) -> None:
    save(house.settings.folder / "record.json", Record(proved=bundles.OLDER, trying=bundles.RUNS, boot="boot-0"))
    updater = house.begin()
    for presence, wrong, began in ((Presence.CLOSED, ("reader",), 900.0), (Presence.OPEN, (), 900.0)):
        house.kiosk(presence, *wrong, began=began)
        updater.turn()
        house.hands.seconds += 10
    assert house.record.proved == bundles.OLDER
    house.kiosk(Presence.OPEN, began=1015.0)  # it has ended and was started again: counted from here
    updater.turn()
    house.hands.seconds += 15
    house.kiosk(Presence.OPEN, began=1015.0)
    updater.turn()
    assert house.record.proved == bundles.OLDER
    house.hands.seconds += 15
    house.kiosk(Presence.VISIT, began=1015.0)
    updater.turn()
    assert house.record == Record(proved=bundles.RUNS)
    assert ("update.proved", bundles.RUNS) in house.events()


@pytest.mark.parametrize("tells", [None, "reader"])
def test_a_new_slot_that_does_not_prove_itself_is_left(house: House, tells: str | None) -> None:
    save(house.settings.folder / "record.json", Record(proved=bundles.OLDER, trying=bundles.RUNS, boot="boot-0"))
    updater = house.begin()
    for _ in range(30):
        if tells:
            house.kiosk(Presence.CLOSED, tells)
        updater.turn()
        assert not house.leaves
        house.hands.seconds += 9.9
    house.hands.seconds += 9.9
    updater.turn()
    assert house.leaves
    assert house.rauc.state("A") == "bad"


def test_a_new_slot_is_not_left_when_there_is_nothing_to_return_to(house: House) -> None:
    save(house.settings.folder / "record.json", Record(proved=bundles.OLDER, trying=bundles.RUNS, boot="boot-0"))
    (house.rauc.chosen / "B").write_text("bad\n", encoding="ascii")
    updater = house.begin()
    house.hands.seconds += 1000
    updater.turn()
    assert not house.leaves
    assert house.rauc.state("A") == "good"


def test_a_proved_slot_is_never_left_for_its_reader(house: House) -> None:
    save(house.settings.folder / "record.json", Record(proved=bundles.RUNS))
    updater = house.begin()
    house.hands.seconds += 100_000
    house.kiosk(Presence.CLOSED, "reader")
    updater.turn()
    assert not house.leaves
    assert house.events() == [("update.good", bundles.RUNS)]


def test_a_version_that_came_back_is_told_and_not_taken_again(house: House, bundle: Path) -> None:
    save(house.settings.folder / "record.json", Record(proved=bundles.RUNS, trying=bundles.NEWER, boot="boot-0"))
    updater = house.begin()
    house.kiosk(Presence.OPEN)
    updater.turn()
    waiting = put_in(house, bundle)
    updater.turn()
    assert house.events()[0] == ("update.returned", bundles.NEWER)
    assert house.events()[-1] == ("update.refused", "failed-before")
    assert not waiting.exists()


def test_an_updater_that_was_killed_after_installing_still_starts_the_machine_anew(house: House) -> None:
    save(house.settings.folder / "record.json", Record(proved=bundles.RUNS, trying=bundles.NEWER, boot="boot-1"))
    updater = house.begin("boot-1")
    house.kiosk(Presence.VISIT, UPDATE)
    updater.turn()
    assert not house.leaves
    house.hands.seconds += 10
    house.kiosk(Presence.CLOSED, UPDATE)
    updater.turn()
    assert house.leaves
    assert house.record.failed == ()


# ---- an update ----------------------------------------------------------------------------------------------------


def test_a_bundle_waits_for_its_hours(house: House, bundle: Path) -> None:
    house.hands.moment = NOON
    updater = house.proved()
    waiting = put_in(house, bundle)
    for _ in range(3):
        updater.turn()
    assert waiting.exists()
    assert not house.asked
    assert house.events()[-1] == ("update.offered", bundles.NEWER)


def test_a_bundle_waits_for_the_citizen(house: House, bundle: Path) -> None:
    updater = house.proved()
    waiting = put_in(house, bundle)
    updater.turn()
    for presence, wrong in ((Presence.OPEN, ()), (Presence.VISIT, (UPDATE,)), (Presence.CLOSED, ("clock",))):
        house.hands.seconds += 6
        house.kiosk(presence, *wrong)
        updater.turn()
        assert house.asked
        assert waiting.exists()
    assert ("update.installs", bundles.NEWER) not in house.events()


def test_the_hours_end_while_a_citizen_is_still_there(house: House, bundle: Path) -> None:
    updater = house.proved()
    put_in(house, bundle)
    updater.turn()
    house.kiosk(Presence.VISIT, UPDATE)
    updater.turn()
    assert house.asked
    house.hands.moment = NOON
    updater.turn()
    assert not house.asked


def test_a_kiosk_without_a_reader_is_not_updated(house: House, bundle: Path) -> None:
    updater = house.proved()
    put_in(house, bundle)
    updater.turn()
    house.hands.seconds += 6
    house.kiosk(Presence.CLOSED, "reader")
    updater.turn()
    assert not house.asked


def test_between_citizens_rauc_is_asked_to_install(house: House, bundle: Path) -> None:
    """Whether it can depends on this machine: a bundle is mapped by dm-verity. Both ends leave the machine serving."""
    updater = house.proved()
    waiting = put_in(house, bundle)
    updater.turn()
    updater.turn()
    house.hands.seconds += 6
    house.kiosk(Presence.CLOSED, UPDATE)
    updater.turn()
    assert ("update.installs", bundles.NEWER) in house.events()
    assert not waiting.exists()
    if ("update.installed", bundles.NEWER) in house.events():
        assert house.leaves
        assert house.record == Record(proved=bundles.RUNS, trying=bundles.NEWER, boot="boot-1")
        slot = (bundle.parent / "slot.img").read_bytes()
        assert (house.rauc.folder / "b").read_bytes()[: len(slot)] == slot
        assert house.rauc.state("primary") == "B"
    else:
        assert house.events()[-1] == ("update.not-installed", bundles.NEWER)
        assert not house.asked
        assert not house.leaves
        assert house.rauc.state("primary") == "A"
        assert house.record == Record(proved=bundles.RUNS)


def test_a_refused_bundle_touches_nothing(house: House, bundle: Path, tmp_path: Path) -> None:
    before = (house.rauc.folder / "b").read_bytes(), house.rauc.state("primary"), house.rauc.state("B")
    updater = house.proved()
    put_in(house, bundles.flipped(bundle, tmp_path / "flipped", 70_000))
    for _ in range(3):
        updater.turn()
        house.kiosk(Presence.CLOSED, UPDATE)
        house.hands.seconds += 6
    assert house.events()[-1] == ("update.refused", "damaged")
    assert not house.asked
    assert ((house.rauc.folder / "b").read_bytes(), house.rauc.state("primary"), house.rauc.state("B")) == before
    assert list(house.settings.folder.iterdir()) == [house.settings.folder / "record.json"]
