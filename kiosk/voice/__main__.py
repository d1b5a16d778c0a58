"""Render the fixed sentences of every language: `python -m kiosk.voice --config FILE --out DIR [--language ja]`."""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kiosk.config import load
from kiosk.forms.loader import load_forms
from kiosk.screens.texts import load_texts
from kiosk.voice.clips import clip_name
from kiosk.voice.prompts import Prompts
from kiosk.voice.synthesis import CannotSpeak, render
from kiosk.voice.words import options_of, words_of


def main(arguments: list[str] | None = None) -> int:
    """Render what is not there yet and say how many clips each language has; 1 where one has none."""
    parser = argparse.ArgumentParser(prog="kiosk.voice")
    parser.add_argument("--config", type=Path, default=Path("config/kiosk.toml"))
    parser.add_argument("--out", type=Path, default=Path("build/voice"))
    parser.add_argument("--language", action="append", default=[])
    options = parser.parse_args(arguments)
    config = load(options.config)
    languages = config.kiosk.languages
    texts, forms = load_texts(config.screen.texts, languages), load_forms(config.forms.directory, languages)
    missing = 0
    for language in options.language or languages:
        prompts = Prompts(texts[language], words_of(forms, language), {}, options_of(forms, language))
        missing += _rendered(options.out, language, sorted(prompts.fixed))
    return 1 if missing else 0


def _rendered(out: Path, language: str, sentences: list[str]) -> int:
    """Render one language; return how many sentences could not be."""
    (out / language).mkdir(parents=True, exist_ok=True)

    def one(sentence: str) -> bool:
        path = out / clip_name(language, sentence)
        if path.is_file():
            return True
        try:
            path.write_bytes(render(language, sentence))
        except CannotSpeak:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(one, sentences))
    sys.stderr.write(f"{language}: {sum(done)} of {len(done)} sentences\n")
    return len(done) - sum(done)


if __name__ == "__main__":
    sys.exit(main())
