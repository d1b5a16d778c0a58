"""Another language once the page is made: it is made anew in it, and nobody signs what they have not agreed to."""

from dataclasses import replace

import pytest
from playbook import play
from test_walk_journey import prepared, to_password

from kiosk.application.picture import Picture
from kiosk.journey.commands import PreparePage, Sign
from kiosk.journey.events import CellPressed, LanguageChosen, Opened, Overlay, PageReady, PictureChosen, Pressed
from kiosk.journey.map import MAP, Outcome, Step
from kiosk.journey.touches import language_chosen
from kiosk.journey.view import PARTS

PAGE = Picture(2, 3, bytes(18))


def page_in(language: str, *, pages: int = 1) -> PageReady:
    """Return what the clerk answers in a language: Japanese pages, and as many in the language shown."""
    made = prepared()
    translated = 0 if language == "ja" else pages
    begins = pages if translated else None
    application = replace(made.application, language=language)
    pictures = (PAGE,) * (pages + translated)
    return PageReady(replace(made, application=application, pictures=pictures, translated_from=begins))


@pytest.mark.parametrize("step", [Step.CONSENT, Step.PAGE_VIEW])
def test_the_page_is_made_anew_where_it_is_seen(at_form, step):
    walk = at_form._walk
    walk.session.step = step
    play(at_form, page_in("ja"))
    before = dict(walk.session.answers)
    (command,) = language_chosen(walk, LanguageChosen("en"))
    assert isinstance(command, PreparePage)
    assert command.draft.language == "en"
    assert walk.session.answers == before
    assert at_form.view().pictures == ()
    assert at_form.step is step
    assert language_chosen(walk, LanguageChosen("en")) == []


def test_a_page_in_a_language_that_is_no_longer_shown_is_not_taken(at_form):
    at_form._walk.session.step = Step.CONSENT
    play(at_form, LanguageChosen("en"), LanguageChosen("ja"), page_in("en"))
    assert at_form.view().pictures == ()
    assert play(at_form, Pressed(Outcome.AGREE)) == []
    play(at_form, page_in("ja"))
    assert len(at_form.view().pictures) == 1
    seen = at_form._walk.session.prepared
    play(at_form, page_in("ja"))
    assert at_form._walk.session.prepared is seen, "the page that is being read does not change"


AGREED = (Step.LAY_CARD, Step.WRONG_CARD, Step.LAST_TRY, Step.PASSWORD, Step.WRONG_PASSWORD)


@pytest.mark.parametrize("step", AGREED)
def test_who_had_agreed_is_asked_again(at_form, step):
    to_password(at_form)
    play(at_form, CellPressed(3), Opened(Overlay.SETTINGS))
    at_form._walk.session.step = step
    before = dict(at_form.view().answers)
    (command,) = [one for one in play(at_form, LanguageChosen("en")) if isinstance(one, PreparePage)]
    view = at_form.view()
    assert (view.step, view.overlay, view.cells) == (Step.CONSENT, Overlay.SETTINGS, 0)
    assert dict(view.answers) == before
    assert command.draft.language == "en"
    assert play(at_form, Pressed(Outcome.AGREE)) == [], "there is nothing yet to agree to"
    play(at_form, page_in("en"))
    play(at_form, Pressed(Outcome.AGREE))
    assert at_form.step is Step.LAY_CARD
    assert at_form._walk.session.prepared.application.language == "en"


def test_what_is_being_signed_stays_what_was_agreed_to(at_form):
    to_password(at_form)
    agreed = at_form._walk.session.prepared
    asked = play(at_form, *(CellPressed(3),) * 6, Pressed(Outcome.GIVEN))
    assert next(one for one in asked if isinstance(one, Sign)).prepared is agreed
    assert play(at_form, LanguageChosen("en")) == []
    assert (at_form.step, at_form.view().language) == (Step.SIGNING, "en")
    assert at_form._walk.session.prepared is agreed


def test_whatever_leads_towards_the_signature_can_ask_again():
    towards = {Step.LAY_CARD, Step.LAST_TRY, Step.PASSWORD, Step.SIGNING}
    leading = {step for step in Step if towards & {*MAP[step].values()}} - {Step.CONSENT}
    assert leading == set(AGREED)
    assert all(MAP[step][Outcome.ASK_AGAIN] is Step.CONSENT for step in leading)


def test_elsewhere_only_the_words_change(at_form):
    assert language_chosen(at_form._walk, LanguageChosen("en")) == []
    assert at_form.view().language == "en"


def test_the_same_part_of_the_other_page_can_be_seen(at_form):
    at_form._walk.session.step = Step.CONSENT
    play(at_form, LanguageChosen("en"), page_in("en", pages=2), Pressed(Outcome.ENLARGE), PictureChosen(2 * PARTS + 1))
    view = at_form.view()
    assert (view.step, view.picture, view.translated_from) == (Step.PAGE_VIEW, 2 * PARTS + 1, 2)
    for outside in (-1, 4 * PARTS):
        play(at_form, PictureChosen(outside))
        assert at_form.view().picture == 2 * PARTS + 1
    play(at_form, Pressed(Outcome.BACK), PictureChosen(0))
    assert at_form.step is Step.CONSENT
