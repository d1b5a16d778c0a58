"""The page in the language shown: what the citizen reads, signed with the Japanese page as a further entry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.application.manifest import Entry
from kiosk.application.page import view_pdf
from kiosk.forms.show import short_label, title
from kiosk.workers.drafting import said_on_paper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.application.document import Answer, Application
    from kiosk.application.page import FontFiles
    from kiosk.application.wording import PageWords
    from kiosk.journey.commands import Draft


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page of one language has beside the answers."""

    words: PageWords
    receiver: str
    consent_text: str
    checklist: Mapping[str, str]
    fonts: FontFiles


def shown_page(application: Application, draft: Draft, sheet: Sheet) -> Entry:
    """Return the entry `attachments/shown-<language>.pdf`; raises GlyphMissing, FontUnusable and PageNotSet."""
    language = draft.language
    translated = replace(
        application,
        form_title=title(draft.form, language),
        receiver=sheet.receiver,
        answers=tuple(_answer(answer, draft, language) for answer in application.answers),
        consent_text=sheet.consent_text,
        checklist=tuple(sheet.checklist.get(item, item) for item in draft.checklist),
    )
    return Entry(f"attachments/shown-{language}.pdf", view_pdf(translated, sheet.fonts, sheet.words))


def _answer(answer: Answer, draft: Draft, language: str) -> Answer:
    return replace(
        answer,
        label=short_label(draft.form, answer.field, language),
        shown=said_on_paper(draft, answer.field, language),
    )
