"""The application between the consent and the signature: the bytes that are shown are the bytes that are signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.application.document import Application
    from kiosk.application.manifest import Entry
    from kiosk.application.picture import Picture


@dataclass(frozen=True, slots=True, repr=False)
class Prepared:
    """The document, the entries of its container, and pictures drawn from the very page among them."""

    application: Application
    entries: tuple[Entry, ...]
    pictures: tuple[Picture, ...]  # of the Japanese page, then of the one in the language shown
    translated_from: int | None = None  # the first picture of the latter; None where only Japanese was shown

    @property
    def date(self) -> str:
        """申請日 as `YYYY.MM.DD`."""
        return self.application.created.strftime("%Y.%m.%d")

    def __repr__(self) -> str:
        return f"<Prepared {self.application.transaction_id}>"
