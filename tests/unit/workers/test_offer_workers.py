"""What is offered: the newest catalogue within its dates, changed only by a better one; nothing when there is none."""

from __future__ import annotations

import io
import json
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "catalogue"))  # catalogues are printed in one place

from catalogue_press import FORMS, ISSUED, Press

from kiosk.forms.loader import load_form, load_forms
from kiosk.journal import Journal
from kiosk.journey.events import FormsPublished, ServiceChanged
from kiosk.workers.health import Health
from kiosk.workers.offer import CatalogueOffer, FolderOffer
from tests.turned_clock import TurnedClock

GRACE = timedelta(days=3)


class Stand:
    """A press, a shelf, and a kiosk's offer over it."""

    def __init__(self, folder: Path) -> None:
        self.press = Press(folder)
        self.shelf = self.press.shelf(folder)
        self.clock = TurnedClock(ISSUED + timedelta(hours=1))
        self.lines = io.StringIO()
        self.mail = []
        self.start()

    def start(self) -> None:
        """Start the kiosk's part anew."""
        journal = Journal("kiosk", self.lines, self.clock)
        self.offer = CatalogueOffer(
            self.shelf,
            lambda folder: load_form(folder, FORMS, ("ja",)),
            GRACE, self.clock, self.mail.append, journal, Health(self.mail.append, journal),
        )  # fmt: skip

    def publish(self, serial: int, title: str = "", **facts) -> None:
        if title:
            self.press.change(title)
        self.press.store(self.shelf, self.press.print(serial, **facts))

    def look(self, moment: datetime | None = None) -> list:
        """Let the kiosk look; return what it told the journey, in short."""
        self.mail.clear()
        self.clock.moment = moment or self.clock.moment
        self.offer.look()
        return [_short(event) for event in self.mail]

    def codes(self, event: str) -> list:
        lines = [json.loads(line) for line in self.lines.getvalue().splitlines()]
        return [line.get("code", line.get("serial")) for line in lines if line["event"] == event]


def _short(event):
    if isinstance(event, FormsPublished):
        return event.serial, [form.texts["ja"]["title"] for form in event.forms]
    assert isinstance(event, ServiceChanged)
    return event.reason or "open"


@pytest.fixture
def stand(tmp_path):
    return Stand(tmp_path)


def test_without_a_catalogue_the_kiosk_is_closed_until_one_comes(stand):
    assert stand.look() == ["catalogue"]
    assert stand.look() == []
    stand.publish(1, "一")
    assert stand.look() == ["open", (1, ["一"])]
    assert stand.look() == []


def test_a_newer_one_is_taken_up(stand):
    stand.publish(1, "一")
    stand.look()
    first = stand.offer.forms[0]
    stand.publish(2, "二")
    assert stand.look() == [(2, ["二"])]
    assert stand.offer.holds(first)  # a citizen may have begun with it
    assert stand.offer.holds(stand.offer.forms[0])


def test_a_form_that_no_catalogue_had_is_not_signed(stand, tmp_path):
    stand.publish(1, "一")
    stand.look()
    (tmp_path / "other").mkdir()
    other = Press(tmp_path / "other")
    other.change("他")
    assert not stand.offer.holds(load_form(other.forms / "juminhyo", FORMS, ("ja",)))


def test_a_damaged_one_changes_nothing_while_the_kiosk_runs(stand):
    stand.publish(1, "一")
    stand.look()
    stand.publish(2, "二")
    path = stand.shelf.place(2) / "forms" / "juminhyo" / "texts.ja.toml"
    good = path.read_bytes()
    path.write_bytes(good.replace("二".encode(), "三".encode()))
    assert (stand.look(), stand.look()) == ([], [])
    assert stand.codes("catalogue.refused") == ["content"]  # told once
    path.write_bytes(good)
    assert stand.look() == [(2, ["二"])]


def test_a_kiosk_that_starts_over_a_damaged_one_is_closed_not_older(stand):
    stand.publish(1, "一")
    stand.publish(2, "二")
    shutil.rmtree(stand.shelf.place(2) / "forms")
    assert stand.look() == ["catalogue"]
    stand.shelf.place(2).rename(stand.shelf.folder / "damaged-2")
    assert stand.look() == []
    assert stand.codes("catalogue.refused") == ["content", "older"]
    stand.publish(2)
    assert stand.look() == ["open", (2, ["二"])]


def test_a_shelf_that_was_put_back_changes_nothing(stand, tmp_path):
    stand.publish(1, "一")
    shutil.copytree(stand.shelf.folder, tmp_path / "old")
    stand.publish(2, "二")
    stand.look()
    shutil.rmtree(stand.shelf.folder)
    shutil.copytree(tmp_path / "old", stand.shelf.folder)
    assert stand.look() == []
    assert (stand.offer.serial, stand.codes("catalogue.refused")) == (2, ["older"])


def test_a_form_is_offered_from_its_first_day_to_its_last_in_japan(stand):
    stand.press.dates("2026-12-01", "2026-12-02")
    stand.publish(1, "一")
    assert stand.look(datetime(2026, 11, 30, 14, 59, 59, tzinfo=UTC)) == ["catalogue"]
    assert stand.look(datetime(2026, 11, 30, 15, 0, tzinfo=UTC)) == ["open", (1, ["一"])]
    assert stand.look(datetime(2026, 12, 2, 14, 59, 59, tzinfo=UTC)) == []
    assert stand.look(datetime(2026, 12, 2, 15, 0, tzinfo=UTC)) == ["catalogue"]


def test_an_expired_catalogue_closes_the_kiosk_after_its_grace(stand):
    stand.publish(1, "一", days=30)
    end = ISSUED + timedelta(days=30)
    second = timedelta(seconds=1)
    stand.look(end)
    assert (stand.look(end + second), stand.look(end + GRACE)) == ([], [])
    assert stand.codes("catalogue.expired") == [1]
    assert stand.look(end + GRACE + second) == ["catalogue"]
    stand.publish(2, issued=end + GRACE)
    assert stand.look() == ["open", (2, ["一"])]


def test_a_clock_that_cannot_be_right_does_not_judge(stand):
    stand.press.dates("2026-11-20")
    stand.publish(1, "一")
    stand.clock.right = False
    assert stand.look(datetime(1970, 1, 1, tzinfo=UTC)) == [(1, ["一"])]
    assert stand.look(datetime(2099, 1, 1, tzinfo=UTC)) == []


def test_a_form_this_program_cannot_show_is_left_out_and_the_others_are_shown(stand):
    newer = stand.press.forms / "mirai"
    shutil.copytree(stand.press.forms / "juminhyo", newer)
    schema = json.loads((newer / "schema.json").read_text("utf-8"))
    schema["$id"] = "urn:madoguchi:form:mirai:1.0"
    schema["properties"]["hologram"] = {"type": "hologram"}
    (newer / "schema.json").write_text(json.dumps(schema), "utf-8")
    stand.publish(1, "一")
    assert stand.look() == [(1, ["一"])]
    assert stand.codes("catalogue.form-unusable") == [1]
    shutil.rmtree(stand.press.forms / "juminhyo")
    stand.publish(2)
    assert stand.look() == []  # nothing of it can be shown: the last good one stays
    assert (stand.offer.serial, stand.codes("catalogue.refused")) == (1, ["no-form"])


def test_under_development_the_forms_come_from_their_folder():
    forms = load_forms(FORMS, ("ja",))
    offer = FolderOffer(forms)
    offer.look()
    assert (offer.forms, offer.serial) == (forms, 0)
    assert all(offer.holds(form) for form in forms)


def test_a_form_that_is_loaded_already_is_not_read_a_second_time(stand):
    loaded = []

    def load(folder: Path):
        loaded.append(folder.name)
        return load_form(folder, FORMS, ("ja",))

    known = load(stand.press.forms / "juminhyo")
    journal = Journal("kiosk", stand.lines, stand.clock)
    health = Health(stand.mail.append, journal)
    offer = CatalogueOffer(stand.shelf, load, GRACE, stand.clock, stand.mail.append, journal, health, [known])
    stand.publish(1)
    offer.look()
    assert (offer.forms, loaded) == ((known,), ["juminhyo"])
    stand.publish(2)
    offer.look()
    assert (offer.serial, loaded) == (2, ["juminhyo"])
    stand.publish(3, "三")
    offer.look()
    assert (offer.forms[0].texts["ja"]["title"], loaded) == ("三", ["juminhyo"] * 2)
