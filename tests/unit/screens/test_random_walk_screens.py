"""A citizen who touches anything at any time: no exception, no lost answer, no dead end, in every form."""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pygame
import pytest

from drivers.card.holder import Holder, Sex
from drivers.card.recognise import CardKind
from kiosk.application.document import JAPAN, Application
from kiosk.application.photograph import developed
from kiosk.application.picture import Picture
from kiosk.application.prepared import Prepared
from kiosk.application.receipt import Receipt, ReceiptStatus
from kiosk.forms.checks import check_all
from kiosk.forms.loader import load_forms
from kiosk.forms.model import FieldKind, Form
from kiosk.forms.postcodes import Postcodes
from kiosk.forms.rows import answer_of
from kiosk.forms.rules import without_hidden
from kiosk.journey import camera_events, commands, events
from kiosk.journey.journey import Journey
from kiosk.journey.map import Outcome, Step
from kiosk.journey.place import Place
from kiosk.journey.walk import Rules
from kiosk.screens.area import area_of
from kiosk.screens.kit import load_kit
from kiosk.screens.stage import Stage
from kiosk.screens.texts import load_texts
from kiosk.screens.window import open_window

ROOT = Path(__file__).parents[3]
LANGUAGES = ("ja", "en")
FORMS = load_forms(ROOT / "config" / "forms", LANGUAGES)
PLACE = Place("鶴ヶ島市", "鶴", "電子申請", "鶴ヶ島市", "2番窓口", "3番窓口", "8:30〜17:15", "申請機", demo=True)
CHECKLIST = ("card", "password", "bare_card")
TODAY = date(2026, 11, 25)
HANAKO = Holder("鶴ヶ島　花子", "埼玉県鶴ヶ島市富士見一丁目０番０号", "19540401", Sex.FEMALE)
GOOD_CARD = events.CardKnown(CardKind.MY_NUMBER, holds_certificate=True, attempts_left=5, pin_attempts_left=3)
PANELS = {"1280x800": ((1280, 800), (217, 136)), "800x480": ((800, 480), (154, 86))}
FILLING = {Step.FORM_PAGE, Step.ENTRY, Step.REVIEW, Step.CONSENT, Step.PAGE_VIEW, Step.NOT_AGREED}
BACKWARDS = {Outcome.BACK, Outcome.PREVIOUS, Outcome.DISAGREE}
LIKED = {
    events.LeaveConfirmed: 0.02,
    events.Opened: 0.15,
    **dict.fromkeys((camera_events.NumberDenied, camera_events.PhotographAsked, camera_events.ShutterPressed), 40.0),
}
FRAME = Picture(4, 3, bytes(36))
SHOTS = [developed(random.Random(seed).randbytes(64 * 48 * 3), (64, 48), turned=0, pixels=9_000_000) for seed in (1, 2)]
# What a citizen types who wants to get on; everybody else touches any key.
TYPED = {
    FieldKind.NAME: "つるがしまたろう",
    FieldKind.KANA: "たろう",
    FieldKind.ADDRESS: "つるがしまし",
    FieldKind.TEXT: "かいしゃ",
    FieldKind.LONG_TEXT: "よろしく",
    FieldKind.PHONE: "0490001234",
    FieldKind.POSTCODE: "3502201",
    FieldKind.DIGITS: "12345",
    FieldKind.MAIL: "taro@example.jp",
}


class Wanderer:
    """One citizen after another, who mostly answers sensibly and often does not."""

    def __init__(self, seed: int, size: str, stages: dict[str, Stage], forms: tuple[Form, ...] = FORMS) -> None:
        self.dice = random.Random(seed)
        self.stage = stages[size]
        with_places = Postcodes(ROOT / "config" / "postcodes.zip")
        self.table = with_places
        rules = Rules(PLACE, forms, CHECKLIST, LANGUAGES, find_place=with_places.place)
        self.journey = Journey(replace(rules, small=self.stage.area.small))
        self.ticks = 1000.0
        self.seen: Counter[str] = Counter()
        self.filed: Counter[str] = Counter()
        self.opened: set[str] = set()
        self.frames: list[events.Event] = []
        self.photographed = 0
        self.tell(events.TimePassed(self.ticks, TODAY))

    def tell(self, event: events.Event) -> None:
        """Tell the journey, answer what it asks for as the workers would, and look for lost answers."""
        before = self.journey.view()
        asked = self.journey.handle(event)
        after = self.journey.view()
        if before.step in FILLING and after.step in FILLING and not _changes_answers(event):
            assert _said(before) == _said(after), f"{event} at {before.step} lost an answer"
        for command in asked:
            self.work(command)

    def work(self, command: commands.Command) -> None:
        match command:
            case commands.PreparePage():
                draft = command.draft
                assert check_all(draft.form, draft.answers, TODAY) == {}
                assert without_hidden(draft.form, draft.answers) == dict(draft.answers)
                assert draft.answers.keys() == draft.origins.keys()
                self.filed[draft.form.id] += 1
                self.tell(events.PageReady(_prepared(draft.form.id, draft.language)))
                self.photographed += sum(len(taken) for taken in draft.photographs.values())
                assert _digests(draft) == [digest for name in draft.photographs for digest in draft.answers[name]]
            case commands.OpenCamera(number) | commands.AskFrame(number):
                self.camera(number)
            case commands.TakePhotograph(number):
                if self.dice.random() < 0.9:
                    self.tell(camera_events.PhotographTaken(number, self.dice.choice(SHOTS)))
            case commands.CloseCamera():
                self.frames.clear()
            case commands.ProbeCard():
                self.tell(GOOD_CARD)
            case commands.ReadHolder():
                self.tell(events.HolderRead(HANAKO))
            case commands.Sign():
                self.tell(events.SignatureMade())
                self.tell(events.HandedOver("H3D8-54WQ-2T", "10:42", "code"))
                self.tell(events.CityAnswered(_receipt(), "10:43", "code"))
            case _:
                pass

    def camera(self, number: int) -> None:
        """See something soon; now and then the camera is gone."""
        failure = self.dice.choice(list(camera_events.CameraFailure)) if self.dice.random() < 0.15 else None
        self.frames.append(
            camera_events.CameraLost(number, failure) if failure else camera_events.FrameSeen(number, FRAME)
        )

    def step(self) -> None:
        """Do one thing that the scene offers, or let time pass, or lay and lift a card."""
        self.ticks += self.dice.choice((0.2, 1.0, 3.0))
        self.tell(events.TimePassed(self.ticks, TODAY))
        if self.frames and self.dice.random() < 0.9:
            self.tell(self.frames.pop(0))
        view = self.journey.view()
        self.seen[view.step] += 1
        self.opened |= {view.form.id} if view.form else set()
        if view.step in {Step.PREFILL_CARD, Step.LAY_CARD} and self.dice.random() < 0.6:
            self.tell(events.CardLaid())
        elif view.step is Step.TAKE_CARD or self.dice.random() < 0.01:
            self.tell(events.CardLifted())
        elif view.step is Step.ENTRY and self.dice.random() < 0.5:
            self.type_sensibly()
        elif view.step is Step.FAREWELL:
            self.ticks += 60
        else:
            self.touch()

    def touch(self) -> None:
        """Touch something; what leads on and what is not yet answered is liked best."""
        view = self.journey.view()
        presses = [widget.press for widget in self.stage.arrange(view) if widget.press is not None and widget.enabled]
        assert presses, f"nothing to touch at {view.step}"
        if view.step in FILLING and view.overlay is None:
            assert any(_leads_back(press) for press in presses), f"no way back at {view.step}"
        weights = [self.weight(press) for press in presses]
        self.tell(self.dice.choices(presses, weights)[0])

    def weight(self, press: events.Event) -> float:
        view = self.journey.view()
        match press:
            case events.Pressed(outcome):
                return 0.4 if outcome in BACKWARDS else 6.0
            case events.ItemTicked(item):
                return 0.1 if item in view.ticked else 4.0
            case events.FormChosen(form):
                return 0.3 if form in self.opened else 8.0
            case events.FieldOpened(field) | events.Answered(field) | events.OptionToggled(field):
                given = answer_of(view.answers, field) is not None and field not in view.problems
                needs_paper = isinstance(press, events.Answered) and press.value in {"ancestor", "descendant"}
                return 0.4 if given else 20.0 if needs_paper else 5.0
            case camera_events.NumberDenied() if view.photographing and view.photographing.denied:
                return 0.1
            case _:
                return LIKED.get(type(press), 0.6)

    def type_sensibly(self) -> None:
        """Type what the field wants, and take it."""
        view = self.journey.view()
        if view.entry is None or view.form is None:
            return
        field = view.form.field(view.entry.field)
        if field.kind is FieldKind.DATE:
            self.tell(events.EraChosen("R" if field.days_back is not None else "S"))
            digits = "081130" if field.days_back is not None else "290401"
        else:
            digits = TYPED[field.kind]
            while self.journey.view().entry.composer.text:
                self.tell(events.KeyTyped(events.EntryKey.ERASE))
        for character in digits:
            self.tell(events.CharacterTyped(character))
        self.tell(events.Pressed(Outcome.DONE))


def _changes_answers(event: events.Event) -> bool:
    kinds = (events.Answered, events.OptionToggled, events.HolderRead, events.RowAdded, events.RowRemoved)
    kinds += (camera_events.PhotographRemoved,)
    return isinstance(event, kinds) or event == events.Pressed(Outcome.DONE) or type(event).__name__.startswith("Cand")


def _said(view) -> dict:
    """Return the answers without rows in which nothing is said: stepping back takes those away."""
    said = {name: value for name, value in view.answers.items() if not isinstance(value, list)}
    rows = {name: [row for row in value if row] for name, value in view.answers.items() if isinstance(value, list)}
    return said | {name: value for name, value in rows.items() if value}


def _digests(draft: commands.Draft) -> list[str]:
    return [each.sha256 for taken in draft.photographs.values() for each in taken]


def _leads_back(press: events.Event) -> bool:
    return isinstance(press, events.Pressed) and press.outcome in BACKWARDS


def _prepared(form: str, language: str) -> Prepared:
    moment = datetime(2026, 11, 24, 10, 42, tzinfo=JAPAN)
    application = Application(
        "t-1", form, "1", "0" * 64, "申請", "鶴ヶ島市", (), "c", "0" * 64, "…", (), language, "k", moment,
        clock_trusted=True, demo=True,
    )  # fmt: skip
    page = Picture(210, 297, bytes(210 * 297 * 3))
    return Prepared(application, (), (page, page), 1) if language != "ja" else Prepared(application, (), (page,))


def _receipt() -> Receipt:
    moment = datetime(2026, 11, 24, 1, 43, tzinfo=UTC)
    status = ReceiptStatus.ACCEPTED
    return Receipt("K7P4-29XD-6M", "t-1", "k", "鶴ヶ島市", status, moment, "0" * 64, "1" * 64, demo=True)


@pytest.fixture(scope="module")
def stages() -> dict[str, Stage]:
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    if not pygame.display.get_init():
        open_window((1280, 800), fullscreen=False)
    kit, texts = load_kit(), load_texts(ROOT / "config" / "texts", LANGUAGES)
    return {
        size: Stage(pygame.Surface(measures[0]), kit, area_of(kit.tokens, *measures), texts)
        for size, measures in PANELS.items()
    }


@pytest.mark.parametrize(("size", "seed", "steps"), [("1280x800", 20261124, 1700), ("800x480", 7, 2300)])
def test_any_touch_at_any_time(size, seed, steps, stages):
    wanderer = Wanderer(seed, size, stages)
    for _ in range(steps):
        wanderer.step()
    wanderer.table.close()
    assert {Step.FORM_PAGE, Step.ENTRY, Step.REVIEW, Step.RECEIPT} <= wanderer.seen.keys()
    assert wanderer.opened == {form.id for form in FORMS}
    assert len(wanderer.filed) >= 4


def test_any_touch_at_the_camera(stages):
    """The form with a paper alone: photographed, looked at, taken again, removed, and no camera now and then."""
    wanderer = Wanderer(2, "1280x800", stages, tuple(form for form in FORMS if form.id == "fuhyo"))
    for _ in range(900):
        wanderer.step()
    wanderer.table.close()
    assert {Step.CAMERA, Step.PHOTOGRAPH, Step.NO_CAMERA, Step.REVIEW} <= wanderer.seen.keys()
    assert wanderer.photographed >= 2
