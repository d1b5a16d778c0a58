"""Speech from text by the programs that the machine has: Open JTalk for Japanese, eSpeak NG for all languages."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

DICTIONARY: Final = Path("/var/lib/mecab/dic/open-jtalk/naist-jdic")
VOICES: Final = Path("/usr/share/hts-voice")
_ESPEAK: Final = {"ja": "ja", "ja-simple": "ja", "en": "en", "zh-Hans": "cmn", "ko": "ko", "vi": "vi", "pt": "pt-br"}
_JAPANESE: Final = frozenset({"ja", "ja-simple"})
_LIMIT: Final = 20.0  # seconds for one sentence
_USUAL: Final = 165  # words a minute


class CannotSpeak(Exception):
    """No program on this machine speaks a language, or it failed; never names the sentence."""

    def __init__(self, language: str) -> None:
        super().__init__(f"{language}: no speech")
        self.language = language


def render(language: str, sentence: str, rate: float = 1.0) -> bytes:
    """Return a sentence as WAV; nothing of it is left on disk. Raises CannotSpeak."""
    command = _command(language, rate)
    try:
        done = subprocess.run(command, input=sentence.encode(), capture_output=True, timeout=_LIMIT, check=True)
    except (OSError, subprocess.SubprocessError):
        raise CannotSpeak(language) from None
    if not done.stdout.startswith(b"RIFF"):
        raise CannotSpeak(language)
    return done.stdout


def _command(language: str, rate: float) -> list[str]:
    voice = next(VOICES.rglob("*.htsvoice"), None) if VOICES.is_dir() else None
    talk = shutil.which("open_jtalk")
    if language in _JAPANESE and talk and voice is not None and DICTIONARY.is_dir():
        return [talk, "-x", str(DICTIONARY), "-m", str(voice), "-r", str(rate), "-ow", "/dev/stdout"]
    speak = shutil.which("espeak-ng")
    if speak is None or language not in _ESPEAK:
        raise CannotSpeak(language)
    return [speak, "-v", _ESPEAK[language], "-s", str(round(_USUAL * rate)), "--stdin", "--stdout"]
