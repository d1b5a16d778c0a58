"""The whole kiosk is listened to: SDL writes what the loudspeaker would get into a file."""

from __future__ import annotations

import time
from array import array
from typing import TYPE_CHECKING

import pytest

from kiosk.demo.launcher import Demonstration
from kiosk.demo.screen import Screen
from kiosk.demo.setting import Setting
from kiosk.voice.waves import loudness

if TYPE_CHECKING:
    from pathlib import Path

SECOND = 2 * 22050  # bytes
PATIENCE = 60.0


class Loudspeaker:
    def __init__(self, file: Path) -> None:
        self._file = file

    def heard(self) -> bytes:
        return self._file.read_bytes() if self._file.exists() else b""

    def wait(self, *, speaking: bool) -> None:
        """Wait until the last second that came out was speech, or silence."""
        end = time.monotonic() + PATIENCE
        begun = len(self.heard())
        while time.monotonic() < end:
            data = self.heard()
            if len(data) >= begun + SECOND and (loudness(array("h", data[-SECOND // 2 * 2 :]))[0] > 0.002) is speaking:
                return
            time.sleep(0.1)
        raise AssertionError(f"not {'speaking' if speaking else 'silent'} after {PATIENCE} s")


@pytest.mark.timeout(240)
def test_the_voice_is_heard_when_wished_and_not_before(tmp_path, monkeypatch):
    file = tmp_path / "heard.raw"
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(file))
    monkeypatch.delenv("DISPLAY", raising=False)
    ear = Loudspeaker(file)
    setting = Setting(tmp_path / "demo", tmp_path / "trust")
    with Demonstration(setting, sets=("voice.driver=disk", f"voice.clips={tmp_path}")) as demonstration:
        screen = Screen(demonstration.setting.remote)
        for name in ("文字・言語", "English", "Read aloud"):
            screen.touch(name, seconds=20.0)
        assert ear.heard() == b"", "nobody has asked for a voice"
        screen.touch("On", seconds=20.0)
        ear.wait(speaking=True)
        screen.touch("Louder")
        screen.touch("Faster")
        ear.wait(speaking=True)
        screen.touch("Off")
        ear.wait(speaking=False)
        screen.headphones(inside=True)
        ear.wait(speaking=True)
        screen.headphones(inside=False)
        ear.wait(speaking=False)
    assert "voice-failed" not in (setting.logs / "kiosk.log").read_text(encoding="utf-8")
