"""The narrator: says a scene when it comes up, the target that the physical keys reach, and again when asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kiosk.forms.show import label
from kiosk.journey.events import AnswerChangeAsked, Answered, OptionToggled, RowRemoved
from kiosk.screens.describe import describe
from kiosk.screens.keypad import RowOfKeys
from kiosk.screens.widgets.key import Key
from kiosk.screens.widgets.level import Level
from kiosk.voice.levels import gain_of, speed_of
from kiosk.voice.player import Loud
from kiosk.voice.prompts import Sentence, sentence_of, spoken_form
from kiosk.voice.reading import names_read
from kiosk.voice.spoken import focused, problems, speech

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from kiosk.journey.events import Event
    from kiosk.journey.view import View
    from kiosk.screens.texts import Texts
    from kiosk.screens.widgets.base import Widget
    from kiosk.voice.player import Player
    from kiosk.voice.prompts import Prompts
    from kiosk.voice.speaker import Speaker


class Jack(Protocol):
    """The socket of the headphones."""

    def plugged(self) -> bool:
        """Tell whether headphones are in."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """How loud the voice can become, as a share of full scale."""

    loudspeaker: float
    headphones: float


@dataclass(frozen=True, slots=True, repr=False)
class _Told:
    """What is being said, to be said again; what is private only while headphones are in."""

    language: str
    sentences: tuple[Sentence, ...]
    names: Mapping[str, str]
    private: bool


class Narrator:
    """Speaks when headphones are in, or when the citizen asked for it on the screen."""

    def __init__(
        self, texts: Mapping[str, Texts], prompts: Callable[[str], Prompts], speaker: Speaker, player: Player,
        jack: Jack, limits: Limits,
    ) -> None:  # fmt: skip
        self._texts, self._prompts, self._speaker, self._player, self._jack = texts, prompts, speaker, player, jack
        self._limits = limits
        self._where: Hashable = None
        self._wrong: tuple[Sentence, ...] = ()  # what has been told of as wrong
        self._question = ""  # what was told to be answered where the focus stands
        self._focused: Widget | None = None
        self._levels = 0, 0  # pace and volume
        self._again: _Told | None = None

    def hear(self, where: Hashable, view: View, widgets: Sequence[Widget], focus: Widget | None) -> None:
        """Say what is new; without headphones only if asked, and then only the kiosk's own words."""
        private = self._jack.plugged()
        changed, self._levels = self._changed(view, widgets), (view.pace, view.volume)
        if not private and not view.voice:
            self._rest()
            return
        texts, prompts = self._texts[view.language], self._prompts(view.language)
        told, self._wrong = self._wrong, problems(widgets, prompts, private=private)
        place = where, describe(widgets).title, private, view.language  # a new title is news: the city has answered
        if place != self._where:
            self._where, self._focused, self._question = place, focus, ""
            self._say(view, speech(widgets, texts, prompts, private=private).said, private=private)
        elif self._wrong and self._wrong != told:
            self._focused = focus
            self._say(view, self._wrong, private=private)
        elif changed:
            self._focused = focus
            self._say(view, changed, private=private)
        elif focus is not None and focus != self._focused:
            self._focused = focus
            self._reach(focus, view, private=private)

    def repeat(self) -> None:
        """Say the last sentences again; private ones only while headphones are in."""
        told = self._again
        if told is not None and (not told.private or self._jack.plugged()):
            self._tell(told)

    def forget(self) -> None:
        """Fall silent and forget what was said."""
        self._player.hush()
        self._where, self._focused, self._again = None, None, None
        self._wrong, self._question = (), ""

    def _rest(self) -> None:
        if self._where is not None:
            self.forget()

    def _changed(self, view: View, widgets: Sequence[Widget]) -> tuple[Sentence, ...]:
        """Return the level that has just been changed: how that sounds is heard at once."""
        pace, volume = self._levels
        shown = [widget for widget in widgets if isinstance(widget, Level)]
        if not pace or (pace, volume) == (view.pace, view.volume) or len(shown) < 2:
            return ()
        level = shown[0] if pace != view.pace else shown[1]
        return (sentence_of(level.text),)

    def _reach(self, focus: Widget, view: View, *, private: bool) -> None:
        if focus.secret or (isinstance(focus, Key | RowOfKeys) and not private):
            self._player.tone(self._loud(private=private))
        else:
            texts, prompts = self._texts[view.language], self._prompts(view.language)
            said = focused(focus, texts, prompts, private=private)
            self._say(view, (*self._asked(focus, view), *said), private=private)

    def _asked(self, focus: Widget, view: View) -> tuple[Sentence, ...]:
        """Return the question that the target is about, where the focus has come from another one."""
        asked = _field_of(focus.press)
        known, self._question = self._question, asked
        if not asked or asked == known or view.form is None:
            return ()
        return (sentence_of(label(view.form, asked, view.language)),)

    def _say(self, view: View, sentences: tuple[Sentence, ...], *, private: bool) -> None:
        names = names_read(view.form, view.answers, spoken_form) if private else {}
        self._again = _Told(view.language, sentences, names, private)
        self._tell(self._again)

    def _tell(self, told: _Told) -> None:
        sounds = self._speaker.sounds(told.language, told.sentences, told.names)
        self._player.play(sounds, self._loud(private=told.private))

    def _loud(self, *, private: bool) -> Loud:
        pace, volume = self._levels
        if private:
            return Loud(speed_of(pace), gain_of(volume, self._limits.headphones), self._jack.plugged)
        return Loud(speed_of(pace), gain_of(volume, self._limits.loudspeaker), lambda: not self._jack.plugged())


def _field_of(press: Event | None) -> str:
    """Return which answer a target is about: one of its options, the way to change it, or to take a row away."""
    match press:
        case Answered(field) | OptionToggled(field) | AnswerChangeAsked(field):
            return field
        case RowRemoved(field, row):
            return f"{field}.{row}"
        case _:
            return ""
