"""Which state is drawn in which language, size, theme and text size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.tokens import ThemeName
from tests.gallery.easel import BIG, SMALL
from tests.gallery.views import following, shown_at, states, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.journey.view import View
    from kiosk.screens.widgets.base import Widget
    from tests.gallery.easel import Easel

LIGHT: Final = ThemeName.LIGHT.value
OTHER_THEMES: Final = tuple(theme.value for theme in ThemeName if theme is not ThemeName.LIGHT)
LARGER: Final = (1.2, 1.6)

# One of each kind of scene: what is drawn in the other themes too.
TELLING: Final = (
    *("attract", "attract.demo", "guidance", "checklist.one", "prefill-offer", "prefill-pin.two"),
    *("form-page.applicant.card-filled", "form-page.contact.short", "form-page.certificate.filled"),
    *("entry.name.hiragana", "entry.date.impossible", "review.long", "consent", "lay-card", "wrong-card.licence"),
    *("last-try", "password.eight", "signing.certificate", "wrong-password.two", "receipt.held", "receipt.accepted"),
    *(
        "take-card",
        "trouble.locked",
        "out-of-service.reader",
        "form-page.settings",
        "form-page.idle",
        "consent.leave-card",
    ),
)


@dataclass(frozen=True)
class Variant:
    """One picture of the gallery."""

    state: str
    language: str
    size: str
    theme: str = LIGHT
    text_size: float = 1.0
    pictured: bool = True  # False: checked only

    def name(self, page: int = 0) -> str:
        """Return the file's name without its ending; further pages of a text are counted from 2."""
        state = f"{self.state}.{page + 1}" if page else self.state
        large = "" if self.text_size == 1.0 else f".{self.text_size}"
        return f"{state}.{self.language}.{self.size}.{self.theme}{large}"

    def scenes(self, easel: Easel) -> Iterator[tuple[str, View, list[Widget]]]:
        """Yield name, view and widgets; several where a text goes on over more than one page."""
        view: View | None = view_of(self.state, self.language, self.text_size, self.theme)
        page = 0
        while view is not None:
            widgets = easel.stage.arrange(view)
            yield self.name(page), view, widgets
            view, page = following(view, widgets), page + 1


def all_variants() -> list[Variant]:
    """Return everything that `make gallery` draws, and what it only checks."""
    names = tuple(states())
    wanted = [
        *(Variant(name, language, size) for name in names for size in (BIG, SMALL) for language in ("ja", "en")),
        *(Variant(name, "ja", BIG, text_size=larger) for name in names for larger in LARGER),
        *(Variant(name, "ja", BIG, theme) for name in TELLING for theme in OTHER_THEMES),
        *(Variant(name, "en", BIG, text_size=1.6, pictured=False) for name in names),
        *(Variant(name, lang, SMALL, text_size=1.4, pictured=False) for name in names for lang in ("ja", "en")),
    ]
    return [variant for variant in wanted if shown_at(variant.state, variant.text_size)]
