"""The words of the forms that may be spoken: titles, labels, sentences that help, problems and options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.forms.show import description, help_text, label, option_label, page_title, short_label, title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiosk.forms.model import Form


def words_of(forms: Iterable[Form], language: str) -> Iterator[str]:
    """Yield every fixed word of the forms in a language."""
    for form in forms:
        yield title(form, language)
        yield description(form, language)
        for page in form.pages:
            yield page_title(form, page.id, language)
        for name in form.fields:
            yield label(form, name, language)
            yield short_label(form, name, language)
            yield help_text(form, name, language) or ""


def problems_of(forms: Iterable[Form], language: str) -> Iterator[str]:
    """Yield every sentence about what is wrong, with its {limits}: they say what is allowed, never what was entered."""
    for form in forms:
        for key, text in form.texts[language].items():
            if key.startswith("problem.") or ".problems." in key:
                yield text


def options_of(forms: Iterable[Form], language: str) -> Iterator[str]:
    """Yield every option that a form offers."""
    for form in forms:
        for name, field in form.fields.items():
            for option in field.options:
                yield option_label(form, name, option, language)
