"""Playing sounds one after the other; whatever is new interrupts what is old."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Final

import pygame

from kiosk.voice.stretch import CannotStretch, stretched
from kiosk.voice.tone import tone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RATE: Final = 22050  # Hz
_LONGEST: Final = 60.0  # seconds for one sound


@dataclass(frozen=True, slots=True)
class Loud:
    """How sounds are played: `speed` times as fast, at `gain` of full scale, only while `allowed`."""

    speed: float = 1.0
    gain: float = 0.5
    allowed: Callable[[], bool] = lambda: True


@dataclass(frozen=True, slots=True, repr=False)
class _Waiting:
    turn: int | None  # None: a signal, which nothing interrupts
    sound: Callable[[], bytes]
    how: Loud


class Player:
    """A thread that makes and plays sounds on the mixer; the mixer starts with the first sound and not before."""

    def __init__(self, driver: str, failed: Callable[[Exception], None]) -> None:
        """`driver` is SDL's audio driver, e.g. alsa; empty lets SDL choose.

        `failed` hears of sounds that cannot be played.
        """
        self._driver, self._failed = driver, failed
        self._waiting: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._interrupted = Event()
        self._lock = Lock()
        self._turn = 0
        self._speaking: pygame.mixer.Channel | None = None
        self._thread: Thread | None = None

    def play(self, sounds: Sequence[Callable[[], bytes]], how: Loud) -> None:
        """Make and play sounds in order, instead of what is still playing; returns at once."""
        self.hush()
        self._start()
        for sound in sounds:
            self._waiting.put(_Waiting(self._turn, sound, how))

    def _start(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._run, name="voice", daemon=True)
            self._thread.start()

    def tone(self, how: Loud) -> None:
        """Play the one tone of the pad: the same for every key."""
        self.play([tone], how)

    def signal(self, sound: bytes, gain: float) -> None:
        """Play a signal beside whatever is said; it is neither interrupted nor waited for."""
        self._start()
        self._waiting.put(_Waiting(None, lambda: sound, Loud(gain=gain)))

    def hush(self) -> None:
        """Be silent at once, from any thread, and forget what waits."""
        with self._lock:
            self._turn += 1
            self._interrupted.set()
            if self._speaking is not None and pygame.mixer.get_init():
                self._speaking.stop()

    @property
    def sounding(self) -> bool:
        """Tell whether somebody is speaking now."""
        return bool(self._speaking is not None and pygame.mixer.get_init() and self._speaking.get_busy())

    def close(self) -> None:
        """End the thread and let the sound device go."""
        if self._thread is None:
            return
        self.hush()
        self._waiting.put(None)
        self._thread.join(5.0)
        pygame.mixer.quit()

    def _run(self) -> None:
        """Play until told to end; a sound that cannot be played is told and left out."""
        try:
            if self._driver:
                os.environ["SDL_AUDIODRIVER"] = self._driver
            pygame.mixer.init(RATE, -16, 1)
        except pygame.error:
            return  # no sound device: the screen says everything
        while (waiting := self._waiting.get()) is not None:
            try:
                self._play(waiting)
            except (pygame.error, OSError, ValueError, CannotStretch, MemoryError) as error:
                self._failed(error)

    def _play(self, waiting: _Waiting) -> None:
        """Play one sound to its end; not at all once its turn is over or nobody may hear it."""
        if waiting.turn is None:
            _sound(waiting.sound(), waiting.how).play()
            return
        if waiting.turn != self._turn or not (made := waiting.sound()):
            return
        sound = _sound(made, waiting.how)
        with self._lock:
            if waiting.turn != self._turn or not waiting.how.allowed():
                return
            self._interrupted.clear()
            self._speaking = sound.play()
        self._interrupted.wait(min(_LONGEST, sound.get_length()))


def _sound(made: bytes, how: Loud) -> pygame.mixer.Sound:
    """Return a file as the mixer plays it."""
    sound = pygame.mixer.Sound(io.BytesIO(made))
    if how.speed != 1.0:
        sound = pygame.mixer.Sound(buffer=stretched(sound.get_raw(), how.speed, RATE))
    sound.set_volume(how.gain)
    return sound
