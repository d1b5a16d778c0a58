"""Speech from text by the programs that the machine has: Open JTalk for Japanese, eSpeak NG for all languages."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from kiosk.voice.waves import levelled

DICTIONARY: Final = Path("/var/lib/mecab/dic/open-jtalk/naist-jdic")
VOICES: Final = Path("/usr/share/hts-voice")
_ESPEAK: Final = {"ja": "ja", "ja-simple": "ja", "en": "en", "zh-Hans": "cmn", "ko": "ko", "vi": "vi", "pt": "pt-br"}
_JAPANESE: Final = frozenset({"ja", "ja-simple"})
_KANJI: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_NOT_KATAKANA: Final = re.compile(r"[^ァ-ヺー]")
_TO_KATAKANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_LIMIT: Final = 20.0  # seconds for one sentence
_WORDS_A_MINUTE: Final = {"zh-Hans": "230"}  # its words are syllables: at the usual pace it drags
_USUAL_WORDS: Final = "150"


class CannotSpeak(Exception):
    """No program on this machine speaks a language, or it failed; never names the sentence."""

    def __init__(self, language: str) -> None:
        super().__init__(f"{language}: no speech")
        self.language = language


def render(language: str, read: str, written: str = "", talk: list[str] | None = None) -> bytes:
    """Return a sentence as WAV; nothing of it is left on disk. Raises CannotSpeak.

    `read` has the readings in place of the kanji that have one, `written` the kanji. Where both are read alike the
    kanji are said, of which the dictionary knows the accent; where not, the reading counts. `talk` is Open JTalk's
    command, where its voice is elsewhere.
    """
    talk = talk or open_jtalk()
    if talk is None or language not in _JAPANESE:
        return _wave(language, _espeak(language, read), read)
    alike = bool(written) and written != read and _kana(_reading(talk, language, written)) == _kana(read)
    return _wave(language, [*talk, "-ow", "/dev/stdout"], written if alike else read)


def _wave(language: str, command: list[str], text: str) -> bytes:
    try:
        return levelled(_run(language, command, text))
    except ValueError:
        raise CannotSpeak(language) from None


def _run(language: str, command: list[str], text: str) -> bytes:
    try:
        return subprocess.run(command, input=text.encode(), capture_output=True, timeout=_LIMIT, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        raise CannotSpeak(language) from None


def open_jtalk(voices: Path = VOICES) -> list[str] | None:
    """Return Open JTalk's command, None where program, dictionary or voice are missing."""
    voice = next(voices.rglob("*.htsvoice"), None) if voices.is_dir() else None
    talk = shutil.which("open_jtalk")
    if talk is None or voice is None or not DICTIONARY.is_dir():
        return None
    return [talk, "-x", str(DICTIONARY), "-m", str(voice)]


def _reading(talk: list[str], language: str, text: str) -> str:
    """Return how the dictionary reads a text: the tenth column of Open JTalk's text analysis."""
    trace = _run(language, [*talk, "-ow", "/dev/null", "-ot", "/dev/stdout"], text).decode()
    analysis = trace.partition("[Text analysis result]\n")[2].partition("\n\n")[0]
    words = (line.split(",") for line in analysis.splitlines())
    return "".join(word[8] for word in words if len(word) > 8)


def _kana(text: str) -> str:
    return _NOT_KATAKANA.sub("", text.translate(_TO_KATAKANA))


def _espeak(language: str, read: str) -> list[str]:
    """Return eSpeak NG's command; it has no dictionary of kanji, and reads them as anything."""
    speak = shutil.which("espeak-ng")
    if speak is None or language not in _ESPEAK or (language in _JAPANESE and _KANJI.search(read)):
        raise CannotSpeak(language)
    return [speak, "-v", _ESPEAK[language], "-s", _WORDS_A_MINUTE.get(language, _USUAL_WORDS), "--stdin", "--stdout"]
