"""Papers are photographed, checked by the citizen, kept with the visit and gone with it."""

import gc
import hashlib
import random
import weakref
from datetime import date

import pytest
from PIL import Image
from playbook import PREFILLED, play

from kiosk.application.document import Origin
from kiosk.application.photograph import developed
from kiosk.application.picture import Picture
from kiosk.forms.model import FieldKind
from kiosk.journey.camera_events import (
    CameraFailure,
    CameraLost,
    FrameSeen,
    NumberDenied,
    PhotographAsked,
    PhotographEnlarged,
    PhotographOpened,
    PhotographRemoved,
    PhotographTaken,
    ShutterPressed,
)
from kiosk.journey.commands import AskFrame, CloseCamera, OpenCamera, PreparePage, Record, TakePhotograph
from kiosk.journey.deadlines import CAMERA_SILENCE
from kiosk.journey.events import (
    AnswerChangeAsked,
    Answered,
    CharacterTyped,
    FieldOpened,
    FormChosen,
    LanguageChosen,
    LeaveConfirmed,
    Pressed,
    TimePassed,
)
from kiosk.journey.map import Outcome, Step

NEXT, BACK, RETRY, DONE = (Pressed(each) for each in (Outcome.NEXT, Outcome.BACK, Outcome.RETRY, Outcome.DONE))
ASK = PhotographAsked("proof")
SMALL = Picture(2, 2, bytes(12))
TODAY = date(2026, 11, 25)


def shot(seed=1):
    rgb = random.Random(seed).randbytes(64 * 48 * 3)
    return developed(rgb, (64, 48), turned=0, pixels=12_000_000)


def typed(field, text):
    return [FieldOpened(field), *map(CharacterTyped, text), DONE]


def accepted(number, photograph):
    """Return everything from 写真をとる to この写真を使う."""
    return [ASK, FrameSeen(number, SMALL), ShutterPressed(), PhotographTaken(number, photograph), NumberDenied(), NEXT]


@pytest.fixture
def at_paper(journey):
    """At the question for the relation of the register's form, which asks a descendant for a paper."""
    to_offer = [FormChosen("fuhyo") if isinstance(event, FormChosen) else event for event in PREFILLED]
    play(journey, TimePassed(1000.0, TODAY), *to_offer[: to_offer.index(Pressed(Outcome.BY_CARD))])
    play(journey, Pressed(Outcome.BY_HAND), *typed("name", "はなこ"), *typed("kana", "はなこ"), NEXT)
    play(journey, FieldOpened("birth"), *map(CharacterTyped, "290401"), DONE, *typed("address", "つるがしま"), NEXT)
    play(
        journey, *typed("domicile", "さいたま"), *typed("head", "たろう"), NEXT, Answered("relationship", "descendant")
    )
    assert "proof" in journey.view().fields
    return journey


def to_consent(journey):
    """Answer everything else and come to the consent; return what is asked of the workers."""
    play(journey, NEXT, Answered("scope", "all"), Answered("show_domicile", "omit"), NEXT)
    play(journey, *typed("phone", "0490001234"), NEXT, Answered("purpose", "inherit"), NEXT)
    assert journey.step is Step.REVIEW
    return play(journey, NEXT, NEXT, Pressed(Outcome.SIGN))


def draft_of(commands):
    return next(command.draft for command in commands if isinstance(command, PreparePage))


def test_the_camera_is_on_while_its_scene_is_up(at_paper):
    commands = play(at_paper, ASK)
    assert at_paper.step is Step.CAMERA
    assert OpenCamera(1) in commands
    assert CloseCamera() in play(at_paper, BACK)
    assert at_paper.step is Step.FORM_PAGE
    assert OpenCamera(2) in play(at_paper, ASK)
    assert CloseCamera() in play(at_paper, LeaveConfirmed())


def test_pictures_are_asked_for_one_by_one(at_paper):
    play(at_paper, ASK)
    assert at_paper.handle(FrameSeen(1, SMALL)) == [AskFrame(1)]
    assert at_paper.view().photographing.frame is SMALL
    assert at_paper.handle(FrameSeen(7, SMALL)) == []


def test_the_shutter_works_once_and_not_before_something_is_seen(at_paper):
    play(at_paper, ASK)
    assert at_paper.handle(ShutterPressed()) == []
    play(at_paper, FrameSeen(1, SMALL))
    assert at_paper.handle(ShutterPressed()) == [TakePhotograph(1, 5038848)]
    assert at_paper.handle(ShutterPressed()) == []
    assert at_paper.handle(FrameSeen(1, SMALL)) == []


def test_what_the_camera_saw_before_is_not_kept_beside_the_photograph(at_paper):
    taken = shot()
    play(at_paper, *accepted(1, taken)[:4])
    photographing = at_paper.view().photographing
    assert (photographing.frame, photographing.shot) == (None, taken)


def test_a_paper_that_the_answers_do_not_ask_for_is_not_photographed(at_paper):
    play(at_paper, Answered("relationship", "self"))
    assert "proof" not in at_paper.view().fields
    assert play(at_paper, ASK) == []
    assert at_paper.step is Step.FORM_PAGE


def test_nothing_is_used_before_the_citizen_has_denied_an_individual_number(at_paper):
    play(at_paper, *accepted(1, shot())[:4])
    assert at_paper.step is Step.PHOTOGRAPH
    play(at_paper, NEXT)
    assert at_paper.step is Step.PHOTOGRAPH
    play(at_paper, NumberDenied(), NumberDenied(), NEXT)
    assert at_paper.step is Step.PHOTOGRAPH
    play(at_paper, NumberDenied(), NEXT)
    assert at_paper.step is Step.FORM_PAGE
    assert at_paper.view().answers["proof"] == [shot().sha256]


def test_what_is_signed_names_every_photograph_by_its_digest(at_paper):
    one, other = shot(1), shot(2)
    play(at_paper, *accepted(1, one), *accepted(2, other))
    draft = draft_of(to_consent(at_paper))
    assert draft.answers["proof"] == [hashlib.sha256(each.jpeg).hexdigest() for each in (one, other)]
    assert draft.origins["proof"] is Origin.PHOTOGRAPHED
    assert draft.photographs == {"proof": (one, other)}


def test_there_are_never_more_than_the_form_wants(at_paper):
    play(at_paper, *accepted(1, shot(1)), *accepted(2, shot(2)), ASK)
    assert at_paper.step is Step.FORM_PAGE
    assert len(at_paper.view().answers["proof"]) == 2


def test_the_same_photograph_twice_is_once(at_paper):
    play(at_paper, *accepted(1, shot(1)), *accepted(2, shot(1)))
    assert at_paper.step is Step.FORM_PAGE
    assert at_paper.view().answers["proof"] == [shot(1).sha256]


def test_a_photograph_is_taken_again(at_paper):
    play(at_paper, *accepted(1, shot(1))[:5], RETRY)
    assert at_paper.step is Step.CAMERA
    assert at_paper.view().photographing.shot is None
    play(at_paper, FrameSeen(2, SMALL), ShutterPressed(), PhotographTaken(2, shot(2)), NEXT)
    assert at_paper.step is Step.PHOTOGRAPH, "the new picture has to be looked at as well"
    play(at_paper, NumberDenied(), NEXT)
    assert at_paper.view().answers["proof"] == [shot(2).sha256]


def test_an_accepted_photograph_is_seen_again_and_replaced_in_its_place(at_paper):
    play(at_paper, *accepted(1, shot(1)), *accepted(2, shot(2)), PhotographOpened("proof", 0))
    view = at_paper.view()
    assert view.step is Step.PHOTOGRAPH
    assert (view.photographing.kept, view.photographing.shot.sha256) == (True, shot(1).sha256)
    play(at_paper, NumberDenied(), NEXT)
    assert at_paper.step is Step.PHOTOGRAPH
    play(at_paper, RETRY, BACK)
    assert at_paper.view().answers["proof"] == [shot(1).sha256, shot(2).sha256], "nothing new was accepted"
    play(at_paper, PhotographOpened("proof", 0), RETRY, *accepted(4, shot(3))[1:])
    assert at_paper.view().answers["proof"] == [shot(3).sha256, shot(2).sha256]
    assert at_paper.view().photographs.keys() == {shot(3).sha256, shot(2).sha256}


def test_an_accepted_photograph_is_taken_away(at_paper):
    play(at_paper, *accepted(1, shot(1)), *accepted(2, shot(2)), PhotographRemoved("proof", 0))
    assert at_paper.view().answers["proof"] == [shot(2).sha256]
    assert at_paper.view().photographs.keys() == {shot(2).sha256}
    play(at_paper, PhotographRemoved("proof", 0), PhotographRemoved("proof", 0), PhotographOpened("proof", 0))
    assert at_paper.step is Step.FORM_PAGE
    assert "proof" not in at_paper.view().answers
    assert at_paper.view().photographs == {}


def test_a_photograph_is_enlarged_part_by_part(at_paper):
    play(at_paper, *accepted(1, shot())[:4], PhotographEnlarged(0))
    assert at_paper.view().photographing.part == 0
    play(at_paper, PhotographEnlarged(99))
    assert at_paper.view().photographing.part == 3
    play(at_paper, PhotographEnlarged(None), NumberDenied(), NEXT)
    assert at_paper.step is Step.FORM_PAGE


@pytest.mark.parametrize("failure", CameraFailure)
def test_without_a_camera_the_form_goes_on(at_paper, failure):
    commands = play(at_paper, ASK, CameraLost(1, failure))
    assert at_paper.step is Step.NO_CAMERA
    assert Record("camera", Step.CAMERA, failure) in commands
    assert CloseCamera() in commands
    assert OpenCamera(2) in play(at_paper, RETRY)
    play(at_paper, CameraLost(2, failure), BACK)
    assert at_paper.step is Step.FORM_PAGE
    assert draft_of(to_consent(at_paper)).answers.get("proof") is None


def test_a_camera_that_says_nothing_is_given_up(at_paper):
    play(at_paper, TimePassed(1001.0, TODAY), ASK, TimePassed(1001.0 + CAMERA_SILENCE, TODAY))
    assert at_paper.step is Step.CAMERA
    play(at_paper, FrameSeen(1, SMALL), TimePassed(1001.5 + CAMERA_SILENCE, TODAY))
    assert at_paper.step is Step.CAMERA
    play(at_paper, ShutterPressed(), TimePassed(1002.0 + 2 * CAMERA_SILENCE, TODAY))
    assert at_paper.step is Step.NO_CAMERA
    assert at_paper.view().photographing.failure is CameraFailure.SILENT


def test_a_citizen_who_goes_away_from_the_camera_is_warned_and_forgotten(at_paper):
    play(at_paper, TimePassed(1001.0, TODAY), *accepted(1, shot()), ASK)
    for second in range(1, 125):
        play(at_paper, FrameSeen(2, SMALL), TimePassed(1001.0 + second, TODAY))
    assert at_paper.step in {Step.FAREWELL, Step.TAKE_CARD}
    assert at_paper.view().photographs == {}


def test_a_late_picture_of_another_visit_is_nobodys(at_paper):
    play(at_paper, ASK, FrameSeen(1, SMALL), ShutterPressed(), BACK, ASK, FrameSeen(2, SMALL), ShutterPressed())
    play(at_paper, PhotographTaken(1, shot()), CameraLost(1, CameraFailure.FAULT))
    assert at_paper.step is Step.CAMERA


def test_a_hidden_photograph_is_not_signed(at_paper):
    play(at_paper, *accepted(1, shot()), Answered("relationship", "self"))
    draft = draft_of(to_consent(at_paper))
    assert "proof" not in draft.answers
    assert draft.photographs == {}


def test_a_photograph_is_changed_from_the_review(at_paper):
    play(at_paper, *accepted(1, shot(1)))
    to_consent(at_paper)
    play(at_paper, BACK, AnswerChangeAsked("proof"), *accepted(2, shot(2)), NEXT)
    assert at_paper.step is Step.REVIEW
    assert at_paper.view().answers["proof"] == [shot(1).sha256, shot(2).sha256]


def test_the_language_may_change_before_the_camera(at_paper):
    play(at_paper, *accepted(1, shot()), ASK, LanguageChosen("en"), FrameSeen(2, SMALL))
    assert at_paper.view().language == "en"
    assert at_paper.view().photographing.frame is SMALL


@pytest.mark.parametrize("ending", [[LeaveConfirmed()], [ASK, LeaveConfirmed()], [BACK] * 9])
def test_nothing_of_a_photograph_outlives_the_visit(at_paper, ending):
    play(at_paper, *accepted(1, shot(1)), *accepted(2, shot(2))[:4])
    held = [weakref.ref(each) for each in (*at_paper.view().photographs.values(), at_paper.view().photographing.shot)]
    assert len(held) == 2
    play(at_paper, BACK, *ending, LeaveConfirmed())
    gc.collect()
    assert [each() for each in held] == [None, None]


def test_another_form_forgets_the_photographs(at_paper):
    play(at_paper, *accepted(1, shot()), *[BACK] * 7, FormChosen("inkan"))
    assert at_paper.view().form.id == "inkan"
    assert at_paper.view().photographs == {}


def test_no_event_of_the_camera_means_anything_elsewhere(journey):
    for event in (ASK, ShutterPressed(), NumberDenied(), FrameSeen(0, SMALL), PhotographTaken(0, shot())):
        assert journey.handle(event) == []
    for event in (CameraLost(0, CameraFailure.FAULT), PhotographOpened("proof", 0), PhotographRemoved("x", 0)):
        assert journey.handle(event) == []
    assert journey.step is Step.ATTRACT


def test_other_fields_are_not_photographed(at_paper):
    assert at_paper.view().form.fields["relationship"].kind is not FieldKind.CAMERA
    assert play(at_paper, PhotographAsked("relationship"), PhotographOpened("relationship", 0)) == []
    play(at_paper, PhotographRemoved("relationship", 0))
    assert at_paper.view().answers["relationship"] == "descendant"


def test_a_real_picture_stays_within_the_size_of_the_form():
    image = Image.new("RGB", (3000, 2000))
    photograph = developed(image.tobytes(), image.size, turned=0, pixels=5038848)
    assert photograph.width * photograph.height <= 5038848
