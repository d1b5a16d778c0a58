"""Every language has its place on both panels, with every character drawn."""

import pytest

from tests.gallery.checks import faults
from tests.gallery.easel import BIG, SMALL
from tests.gallery.papers import spoken
from tests.gallery.variants import Variant

STATES = (
    *("attract", "choose-form", "guidance", "checklist.one", "prefill-offer", "form-page.applicant.card-filled"),
    *("review", "consent", "last-try", "password.eight", "wrong-password.two", "receipt.accepted", "trouble.locked"),
    *("form-page.settings", "form-page.idle"),
)


@pytest.mark.parametrize("language", [language for language in spoken() if language not in {"ja", "en"}])
@pytest.mark.parametrize(("size", "text_size"), [(BIG, 1.0), (SMALL, 1.0), (BIG, 1.2)])
def test_a_language_has_its_place(panels, language, size, text_size):
    easel = panels[size]
    found = []
    for state in STATES:
        for name, view, widgets in Variant(state, language, size, text_size=text_size).scenes(easel):
            easel.draw(widgets, view)
            assert easel.ear.without_glyph() == set(), name
            found += [f"{name}: {fault}" for fault in faults(view, widgets, easel) if "cut off" in fault]
    assert found == []
