"""What is drawn with: fonts, shapes, icons and illustrations, loaded once for the life of the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.screens.fonts import Chain, FontFiles
from kiosk.screens.pictures import Icons, Illustrations
from kiosk.screens.shapes import Shapes
from kiosk.screens.store import Store
from kiosk.screens.text import Typesetter
from kiosk.screens.tokens import ThemeName, Tokens, load_tokens

THEMES: Final = Path(__file__).resolve().parents[2] / "config" / "themes"
_PAGES_BYTES: Final = 12 << 20


@dataclass(frozen=True, eq=False)
class Kit:
    """The tools of the screen."""

    tokens: Tokens
    type: Typesetter
    shapes: Shapes
    icons: Icons
    illustrations: Illustrations
    pages: Store

    def forget(self) -> None:
        """Drop everything drawn that may show what a citizen entered."""
        self.type.forget()
        self.pages.clear()


def load_kit(themes: Path = THEMES, fonts: FontFiles | None = None) -> Kit:
    """Load the kit; raises FontMissing where a font of the chain is not installed."""
    tokens = load_tokens(themes / "tokens.json")
    return Kit(
        tokens=tokens,
        type=Typesetter(Chain(fonts)),
        shapes=Shapes(),
        icons=Icons(themes / "icons"),
        illustrations=Illustrations(themes / "illustrations", tokens.themes[ThemeName.LIGHT].illustration),
        pages=Store(_PAGES_BYTES),
    )
