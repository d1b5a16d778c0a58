"""One state in one language, size, colour and manner on one panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.tokens import ThemeName
from tests.gallery.easel import BIG, SMALL
from tests.gallery.views import Manner, following, shown_at, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.journey.view import View
    from kiosk.screens.widgets.base import Widget
    from tests.gallery.easel import Easel

LIGHT: Final = ThemeName.LIGHT.value
THEMES: Final = tuple(theme.value for theme in ThemeName)
OTHER_THEMES: Final = tuple(theme for theme in THEMES if theme != LIGHT)


@dataclass(frozen=True)
class Variant:
    """One picture of the gallery; `size` is the panel."""

    state: str
    language: str
    size: str = BIG
    theme: str = LIGHT
    text_size: float = 1.0
    manner: Manner = Manner.STANDARD

    def name(self, page: int = 0) -> str:
        """Return the file's name without its ending; further pages of a text are counted from 2."""
        state = f"{self.state}.{page + 1}" if page else self.state
        large = "" if self.text_size == 1.0 else f".{self.text_size}"
        manner = "" if self.manner is Manner.STANDARD else f".{self.manner}"
        return f"{state}.{self.language}.{self.size}.{self.theme}{large}{manner}"

    @property
    def exists(self) -> bool:
        """Tell whether a citizen can come to see this: a small panel is within reach as a whole."""
        if self.size == SMALL and self.manner is Manner.LOWER:
            return False
        return shown_at(self.state, self.text_size, self.manner)

    def scenes(self, easel: Easel) -> Iterator[tuple[str, View, list[Widget]]]:
        """Yield name, view and widgets; several where a text goes on over more than one page."""
        small = self.size == SMALL
        view: View | None = view_of(self.state, self.language, self.text_size, self.theme, self.manner, small=small)
        page = 0
        while view is not None:
            widgets = easel.stage.arrange(view)
            yield self.name(page), view, widgets
            view, page = following(view, widgets), page + 1
