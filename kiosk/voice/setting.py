"""The narrator as the configuration wants it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kiosk.voice.clips import Clips
from kiosk.voice.narrator import Limits, Narrator
from kiosk.voice.prompts import Prompts
from kiosk.voice.speaker import Speaker
from kiosk.voice.words import options_of, problems_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiosk.config import City, Config
    from kiosk.forms.model import Form
    from kiosk.screens.texts import Texts
    from kiosk.voice.narrator import Jack
    from kiosk.voice.player import Player

Offered = tuple[int, tuple["Form", ...]]  # the catalogue's serial and its forms


def place_words(city: City, language: str) -> dict[str, str]:
    """Return the place's own words that texts fill in, in a language."""
    said = {"city": city.name, "counter": city.counter, "pick_up": city.pick_up, "hours": city.hours}
    words = city.translations.get(language)
    if words is not None:
        said |= {key: word for key in ("counter", "pick_up") if (word := getattr(words, key))}
        said |= {"city": words.name} if words.name else {}
    return said


def narrator_of(
    config: Config, texts: Mapping[str, Texts], offered: Callable[[], Offered], jack: Jack, player: Player
) -> Narrator:
    """Return the narrator; `offered` tells which forms there are now."""

    @cache
    def made(language: str, serial: int) -> Prompts:
        del serial  # another catalogue has other words
        forms = offered()[1]
        place = place_words(config.city, language)
        said = words_of(forms, language), place, options_of(forms, language), problems_of(forms, language)
        return Prompts(texts[language], *said)

    def prompts(language: str) -> Prompts:
        return made(language, offered()[0])

    tongues = {words(f"language.{language}"): language for language, words in texts.items()}
    limits = Limits(config.voice.loudspeaker, config.voice.earphones)
    return Narrator(texts, prompts, Speaker(Clips(config.voice.clips), tongues), player, jack, limits)
