"""The narrator: says a scene when it comes up, the target that the physical keys reach, and again when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kiosk.screens.keypad import RowOfKeys
from kiosk.screens.widgets.key import Key
from kiosk.voice.spoken import focused, speech
from kiosk.voice.synthesis import CannotSpeak, render

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from kiosk.journey.view import View
    from kiosk.screens.texts import Texts
    from kiosk.screens.widgets.base import Widget
    from kiosk.voice.clips import Clips
    from kiosk.voice.player import Player
    from kiosk.voice.prompts import Prompts


class Jack(Protocol):
    """The socket of the headphones."""

    def plugged(self) -> bool:
        """Tell whether headphones are in."""
        ...


class Narrator:
    """Speaks when headphones are in, or when the citizen asked for it on the screen."""

    def __init__(
        self, texts: Mapping[str, Texts], prompts: Callable[[str], Prompts], clips: Clips, player: Player, jack: Jack,
        rate: float = 1.0,
    ) -> None:  # fmt: skip
        self._texts, self._prompts, self._clips, self._player, self._jack = texts, prompts, clips, player, jack
        self._rate = rate
        self._where: Hashable = None
        self._focused: Widget | None = None
        self._again: tuple[str, tuple[str, ...]] = ("", ())

    def hear(self, where: Hashable, view: View, widgets: Sequence[Widget], focus: Widget | None) -> None:
        """Say what is new; without headphones only if asked, and then only the kiosk's own words."""
        private = self._jack.plugged()
        if not private and not view.voice:
            if self._where is not None:
                self._player.hush()
            self._where = self._focused = None
            return
        texts, prompts = self._texts[view.language], self._prompts(view.language)
        if (where, private, view.language) != self._where:
            self._where, self._focused = (where, private, view.language), focus
            self._say(view.language, speech(widgets, texts, prompts, private=private).sentences)
        elif focus is not None and focus != self._focused:
            self._focused = focus
            self._reach(focus, view.language, texts, prompts, private=private)

    def repeat(self) -> None:
        """Say the last sentences again."""
        self._say(*self._again)

    def forget(self) -> None:
        """Fall silent and forget what was said."""
        self._player.hush()
        self._where, self._focused, self._again = None, None, ("", ())

    def _reach(self, focus: Widget, language: str, texts: Texts, prompts: Prompts, *, private: bool) -> None:
        if focus.secret or (isinstance(focus, Key | RowOfKeys) and not private):
            self._player.tone()
        else:
            self._say(language, focused(focus, texts, prompts, private=private))

    def _say(self, language: str, sentences: tuple[str, ...]) -> None:
        self._again = language, sentences
        sounds = [sound for sentence in sentences if (sound := self._sound(language, sentence))]
        self._player.play(sounds)

    def _sound(self, language: str, sentence: str) -> bytes:
        """Return a sentence's clip; what no clip says is made now, in memory, where the machine can speak."""
        clip = self._clips.of(language, sentence)
        if clip is not None:
            return clip.read_bytes()
        try:
            return render(language, sentence, self._rate)
        except CannotSpeak:
            return b""
