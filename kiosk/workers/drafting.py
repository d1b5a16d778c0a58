"""From what the citizen answered to the document that will be signed; it is always in Japanese."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.application.document import JAPAN, Answer, Application
from kiosk.application.photograph import name_of
from kiosk.forms.show import short_label, shown, title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.clock import Clock
    from kiosk.journey.commands import Draft

SIGNED_LANGUAGE = "ja"


@dataclass(frozen=True, slots=True)
class Desk:
    """What every document of this kiosk has in common."""

    kiosk_id: str
    receiver: str
    demo: bool
    consent_id: str
    consent_text: str
    checklist: Mapping[str, str] = field(default_factory=dict)  # sentences by item


def application_of(draft: Draft, desk: Desk, clock: Clock) -> Application:
    """Make the document: its transaction id and its date are made here, once."""
    form = draft.form
    return Application(
        transaction_id=str(uuid.uuid4()),
        form_id=form.id,
        form_version=form.version,
        form_sha256=form.sha256,
        form_title=title(form, SIGNED_LANGUAGE),
        receiver=desk.receiver,
        answers=tuple(_answer(draft, name) for name in draft.answers),
        consent_id=desk.consent_id,
        consent_sha256=hashlib.sha256(desk.consent_text.encode()).hexdigest(),
        consent_text=desk.consent_text,
        checklist=tuple(desk.checklist.get(item, item) for item in draft.checklist),
        language=draft.language,
        kiosk_id=desk.kiosk_id,
        created=clock.now().astimezone(JAPAN).replace(microsecond=0),
        clock_trusted=clock.trusted(),
        demo=desk.demo,
        catalogue_serial=draft.catalogue_serial,
    )


def _answer(draft: Draft, name: str) -> Answer:
    value = draft.answers[name]
    return Answer(
        field=name,
        label=short_label(draft.form, name, SIGNED_LANGUAGE),
        value=value,
        shown=said_on_paper(draft, name, SIGNED_LANGUAGE),
        origin=draft.origins[name],
    )


def said_on_paper(draft: Draft, name: str, language: str) -> str:
    """Return an answer as the page says it: photographs with the name and the digest of each file."""
    said = shown(draft.form, name, draft.answers[name], language)
    files = (f"{name_of(name, at)}\nSHA-256 {each.sha256}" for at, each in enumerate(draft.photographs.get(name, ())))
    return "\n".join((said, *files))
