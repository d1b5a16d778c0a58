"""Which languages are offered: those in which nothing is missing, neither in the catalogue nor in any form.

Nothing is ever said in another language than the one that was chosen. A language that is not complete, for example
while a new form waits for its translation, is not offered, and the journal says what it lacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.forms.errors import FormError
from kiosk.forms.loader import load_forms
from kiosk.screens.texts import TextsDiffer, load_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.forms.model import Form
    from kiosk.screens.texts import Texts

_INCOMPLETE = (FormError, TextsDiffer, FileNotFoundError)


@dataclass(frozen=True, slots=True)
class Words:
    """All that is said, in every language that is offered; `lacking` tells what each other one has not got."""

    languages: tuple[str, ...]
    texts: dict[str, Texts]
    forms: tuple[Form, ...]
    lacking: Mapping[str, str]


def load_languages(texts: Path, forms: Path, languages: tuple[str, ...]) -> Words:
    """Load catalogues and forms; the first language must be complete.

    Raises FormError, TextsDiffer and FileNotFoundError for the first language, and FormError for a form that is wrong.
    """
    try:
        return _loaded(texts, forms, languages, {})
    except _INCOMPLETE:
        first, *others = languages
        lacking = {language: what for language in others if (what := _lack(texts, forms, first, language))}
        return _loaded(texts, forms, tuple(name for name in languages if name not in lacking), lacking)


def _loaded(texts: Path, forms: Path, languages: tuple[str, ...], lacking: Mapping[str, str]) -> Words:
    return Words(languages, load_texts(texts, languages), load_forms(forms, languages), lacking)


def _lack(texts: Path, forms: Path, first: str, language: str) -> str:
    """Return what a language has not got, an empty string for a complete one."""
    try:
        _loaded(texts, forms, (first, language), {})
    except TextsDiffer as error:
        return f"texts:{error.key}"
    except FormError as error:
        return "/".join(Path(error.file).parts[-2:])
    except FileNotFoundError:
        return f"{language}.toml"
    return ""
