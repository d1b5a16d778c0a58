"""What the tests of the voice share: real scenes, real words, and an ear."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.forms.loader import load_forms
from kiosk.voice.player import Player
from kiosk.voice.prompts import Prompts
from kiosk.voice.spoken import Speech, speech
from kiosk.voice.words import options_of, problems_of, words_of
from tests.gallery.easel import BIG, easels
from tests.gallery.papers import catalogue, spoken
from tests.gallery.views import view_of

if TYPE_CHECKING:
    from kiosk.forms.model import Form
    from kiosk.voice.player import Loud

ROOT = Path(__file__).parents[3]
EASELS = cache(easels)


@cache
def forms() -> tuple[Form, ...]:
    return load_forms(ROOT / "config/forms", spoken())


@cache
def prompts(language: str) -> Prompts:
    place = view_of("attract", language).place
    known = {"city": place.city, "counter": place.counter, "pick_up": place.pick_up, "hours": place.hours}
    own = words_of(forms(), language), known, options_of(forms(), language), problems_of(forms(), language)
    return Prompts(catalogue()[language], *own)


def said(name: str, language: str, *, private: bool) -> Speech:
    view = view_of(name, language)
    return speech(EASELS()[BIG].stage.arrange(view), catalogue()[language], prompts(language), private=private)


class Ear(Player):
    """A player that keeps what it was given instead of sounding."""

    def __init__(self) -> None:
        super().__init__("dummy", raise_it)
        self.heard: list[list[bytes]] = []
        self.how: list[Loud] = []

    def play(self, sounds, how) -> None:
        self.heard.append([sound() for sound in sounds])
        self.how.append(how)


def raise_it(error: Exception) -> None:
    raise error
