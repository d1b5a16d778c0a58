"""Render the fixed sentences of every language: `python -m kiosk.voice --config FILE --out DIR [--language ja]`."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.config import load
from kiosk.forms.loader import load_forms
from kiosk.screens.texts import load_texts
from kiosk.voice.clips import Clips, clip_name
from kiosk.voice.prompts import Prompts, Sentence
from kiosk.voice.reading import pieces, written_out
from kiosk.voice.speaker import read_of
from kiosk.voice.synthesis import VOICES, CannotSpeak, open_jtalk, render
from kiosk.voice.waves import loudness, samples_of
from kiosk.voice.words import options_of, problems_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

KBIT_S: Final = "24"  # of a clip in Opus, which has been made for speech
SOFTEST: Final = 0.02  # of full scale: below it a clip counts as silent


def main(arguments: list[str] | None = None) -> int:
    """Render what is not there yet and say how many clips each language has; 1 where one is missing."""
    parser = argparse.ArgumentParser(prog="kiosk.voice")
    parser.add_argument("--config", type=Path, default=Path("config/kiosk.toml"))
    parser.add_argument("--out", type=Path, default=Path("build/voice"))
    parser.add_argument("--language", action="append", default=[])
    parser.add_argument("--voices", type=Path, default=VOICES, help="where Open JTalk's voices are")
    options = parser.parse_args(arguments)
    config = load(options.config)
    languages = config.kiosk.languages
    texts, forms = load_texts(config.screen.texts, languages), load_forms(config.forms.directory, languages)
    talk = open_jtalk(options.voices)
    missing = 0
    for language in options.language or languages:
        own, choices = words_of(forms, language), options_of(forms, language)
        prompts = Prompts(texts[language], own, {}, choices, problems_of(forms, language))
        missing += _rendered(options.out, language, prompts.fixed, talk)
    return 1 if missing else 0


def _rendered(out: Path, language: str, sentences: Iterable[Sentence], talk: list[str] | None) -> int:
    """Render one language, drop the clips of words that are gone, and return how many could not be made."""
    wanted = {read: written_out(one.written, language) for one in sentences if (read := _whole(one, language))}
    folder = out / language
    folder.mkdir(parents=True, exist_ok=True)
    names = {clip_name(language, read) for read in wanted}
    for old in folder.iterdir():
        if f"{language}/{old.stem}" not in names:
            old.unlink()
    clips = Clips(out)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda pair: _made(out, clips, talk, language, *pair), sorted(wanted.items())))
    sys.stderr.write(f"{language}: {sum(done)} of {len(done)} sentences\n")
    return len(done) - sum(done)


def _whole(sentence: Sentence, language: str) -> str:
    """Return a sentence as it is read by one voice; an empty string where it takes two: that is made when needed."""
    read = read_of(sentence, language)
    return read if pieces(read, language) == ((language, read),) else ""


def _made(out: Path, clips: Clips, talk: list[str] | None, language: str, read: str, written: str) -> bool:
    """Make one clip unless it is there; False where no program can, or where silence came of it."""
    if clips.of(language, read) is not None:
        return True
    try:
        wav = render(language, read, written, talk)
    except CannotSpeak:
        return False
    if loudness(samples_of(wav)[0])[0] < SOFTEST:
        return False
    path = out / clip_name(language, read)
    opus = shutil.which("opusenc")
    if opus is None:
        path.with_suffix(".wav").write_bytes(wav)
        return True
    made = path.with_suffix(".new")
    command = [opus, "--quiet", "--bitrate", KBIT_S, "-", str(made)]
    subprocess.run(command, input=wav, check=True)
    made.rename(path.with_suffix(".opus"))
    return True


if __name__ == "__main__":
    sys.exit(main())
