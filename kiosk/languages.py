"""Everything that is said, in every language that is offered: catalogues and forms, complete or not at all.

Nothing is ever said in another language than the one that was chosen, so a configured language in which a text or a
form's words are missing keeps the program from starting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.forms.loader import load_forms
from kiosk.screens.texts import load_texts

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.forms.model import Form
    from kiosk.screens.texts import Texts


@dataclass(frozen=True, slots=True)
class Words:
    """All that is said, in every language."""

    languages: tuple[str, ...]
    texts: dict[str, Texts]
    forms: tuple[Form, ...]


def load_languages(texts: Path, forms: Path, languages: tuple[str, ...]) -> Words:
    """Load catalogues and forms; raises TextsUnreadable, TextsDiffer, FileNotFoundError and FormError."""
    return Words(languages, load_texts(texts, languages), load_forms(forms, languages))
