"""Which variants are drawn and checked: all of them when asked, else so many that every pair of choices is seen."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import product
from typing import TYPE_CHECKING, Final

from tests.gallery.easel import BIG, SMALL
from tests.gallery.papers import spoken
from tests.gallery.variants import LIGHT, THEMES, Variant
from tests.gallery.views import Manner, states

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SIZES: Final = (1.0, 1.2, 1.4, 1.6)
PLACES: Final = ((BIG, Manner.STANDARD), (BIG, Manner.LOWER), (SMALL, Manner.STANDARD))

# One of each kind of scene: what is drawn in every combination of two choices, and in other colours for the tests.
TELLING: Final = (
    *("attract", "attract.demo", "guidance", "checklist.one", "prefill-offer", "prefill-pin.two"),
    *("form-page.applicant.card-filled", "form-page.contact.short", "form-page.certificate.filled"),
    *("entry.name.hiragana", "entry.date.impossible", "review.long", "consent", "lay-card", "wrong-card.licence"),
    *("last-try", "password.eight", "signing.certificate", "wrong-password.two", "receipt.held", "receipt.accepted"),
    *("take-card", "trouble.locked", "out-of-service.reader", "form-page.settings", "form-page.idle"),
    "consent.leave-card",
)
SHARE: Final = 4  # of a scene that is like another, one in so many pairs of language and size


def covering(at: int, state: str) -> list[Variant]:
    """Return the state in each language and text size; colours and places turn, from state to state differently.

    Whatever two choices are taken, each state is there with both of them; over all states every three are.
    """
    return [
        Variant(state, language, place[0], THEMES[(row + column + at) % 4], size, place[1])
        for row, language in enumerate(spoken())
        for column, size in enumerate(SIZES)
        for place in [PLACES[(row + 2 * column + at // 4) % 3]]
    ]


def shared(at: int, state: str, share: int = SHARE) -> list[Variant]:
    """Return one in `share` of what covers a state; other states take others."""
    return [variant for number, variant in enumerate(covering(at, state)) if (number + at) % share == 0]


def gallery() -> list[Variant]:
    """Return what `make gallery` draws when nothing is asked for."""
    found: list[Variant] = []
    for at, state in enumerate(states()):
        found += [Variant(state, language) for language in spoken()]
        found += [Variant(state, "ja", SMALL), Variant(state, "ja", BIG, manner=Manner.LOWER)]
        found += covering(at, state) if state in TELLING else shared(at, state)
        if state in TELLING:
            found += [Variant(state, "ja", BIG, manner=manner) for manner in (Manner.KEYS, Manner.CALM)]
            found += [Variant(state, "ja", BIG, theme) for theme in THEMES]
    return _existing(found)


def everything() -> list[Variant]:
    """Return every scene in every language, size, colour, manner and panel."""
    choices = product(states(), spoken(), (BIG, SMALL), THEMES, SIZES, (Manner.STANDARD, Manner.LOWER))
    rest = (Variant(state, "ja", size, manner=m) for state in states() for size in (BIG, SMALL) for m in _BESIDE)
    return _existing([*(Variant(*choice) for choice in choices), *rest])


_BESIDE: Final = (Manner.KEYS, Manner.CALM)
ASKED: Final = {
    "SCENE": lambda variant: variant.state,
    "LANGUAGE": lambda variant: variant.language,
    "PANEL": lambda variant: variant.size,
    "THEME": lambda variant: variant.theme,
    "TEXT": lambda variant: f"{variant.text_size:g}",
    "LAYOUT": lambda variant: variant.manner.value,
}


def chosen(asked: Mapping[str, str]) -> list[Variant]:
    """Return what the variables of the command line ask for, as patterns: SCENE='entry.*' LANGUAGE=vi TEXT=1.6.

    `ALL=1` is everything. One without a pattern is whatever there is; without any, the choice of `gallery()`.
    """
    patterns = {key: asked[key] for key in ASKED if asked.get(key)}
    if not patterns and asked.get("ALL", "0") == "0":
        return gallery()
    return [
        variant
        for variant in everything()
        if all(fnmatchcase(ASKED[key](variant), pattern) for key, pattern in patterns.items())
    ]


def _existing(variants: Iterable[Variant]) -> list[Variant]:
    return [variant for variant in dict.fromkeys(variants) if variant.exists]


def base(state: str) -> Variant:
    """Return the state as the design draws it."""
    return Variant(state, "ja", BIG, LIGHT)
