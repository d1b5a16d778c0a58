"""Playing clips one after the other; whatever is new interrupts what is old."""

from __future__ import annotations

import io
import os
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

import pygame

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST: Final = 60.0  # seconds for one clip
_TONE_HZ, _TONE_S = 880, 0.06


class Player:
    """A thread that plays sounds on the mixer; the mixer starts with the first sound and not before."""

    def __init__(self, driver: str, volume: float) -> None:
        """`driver` is SDL's audio driver, e.g. alsa, pulseaudio, or dummy."""
        self._driver, self._volume = driver, volume
        self._waiting: SimpleQueue[bytes | None] = SimpleQueue()
        self._stopped = Event()
        self._thread: Thread | None = None
        self.played = 0

    def play(self, sounds: Sequence[bytes]) -> None:
        """Play WAVs in order, instead of what is still playing."""
        self.hush()
        if self._thread is None:
            self._thread = Thread(target=self._run, name="voice", daemon=True)
            self._thread.start()
        self._stopped.clear()
        for sound in sounds:
            self._waiting.put(sound)

    def tone(self) -> None:
        """Play the one tone of the pad: the same for every key."""
        self.play([tone()])

    def hush(self) -> None:
        """Stop what is playing and forget what waits."""
        self._stopped.set()
        while True:
            try:
                self._waiting.get_nowait()
            except Empty:
                return

    def close(self) -> None:
        """End the thread and let the sound device go."""
        if self._thread is None:
            return
        self.hush()
        self._waiting.put(None)
        self._thread.join(2.0)
        pygame.mixer.quit()

    def _run(self) -> None:
        os.environ["SDL_AUDIODRIVER"] = self._driver
        try:
            pygame.mixer.init(22050, -16, 1)
        except pygame.error:
            return  # no sound device: the screen says everything
        while (sound := self._waiting.get()) is not None:
            clip = pygame.mixer.Sound(io.BytesIO(sound))
            clip.set_volume(self._volume)
            clip.play()
            self.played += 1
            self._stopped.wait(min(_LONGEST, clip.get_length()))
            clip.stop()


def tone() -> bytes:
    """Return a short tone as WAV: a square wave, soft enough for headphones."""
    rate = 22050
    count = int(rate * _TONE_S)
    period = rate // _TONE_HZ
    wave = b"".join(
        (4000 if at % period < period // 2 else -4000).to_bytes(2, "little", signed=True) for at in range(count)
    )
    head = b"RIFF" + (36 + len(wave)).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    form = b"".join(
        value.to_bytes(size, "little") for value, size in ((1, 2), (1, 2), (rate, 4), (rate * 2, 4), (2, 2), (16, 2))
    )
    return head + form + b"data" + len(wave).to_bytes(4, "little") + wave
