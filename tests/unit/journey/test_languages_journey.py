"""Another language at the consent: the page that is signed with the Japanese one is made in it."""

from kiosk.journey.commands import PreparePage
from kiosk.journey.events import LanguageChosen
from kiosk.journey.map import Step
from kiosk.journey.touches import language_chosen


def test_the_page_is_made_anew_in_the_language_chosen_at_the_consent(at_form):
    walk = at_form._walk
    walk.session.step = Step.CONSENT
    before = dict(walk.session.answers)
    (command,) = language_chosen(walk, LanguageChosen("en"))
    assert isinstance(command, PreparePage)
    assert command.draft.language == "en"
    assert walk.session.answers == before
    assert language_chosen(walk, LanguageChosen("en")) == []


def test_elsewhere_only_the_words_change(at_form):
    assert language_chosen(at_form._walk, LanguageChosen("en")) == []
    assert at_form.view().language == "en"
