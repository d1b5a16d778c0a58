"""Pictures: illustrations, icons, pages of the document, QR codes."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from kiosk.screens.shapes import Box
from kiosk.screens.widgets.base import Meaning, Role, Widget

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas

_QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
_WHITE = 255, 255, 255
_BLACK = 0, 0, 0


@dataclass(frozen=True, slots=True)
class Illustration(Widget):
    """A drawing as wide as its rectangle; `shift` moves it down by some pixels, for the arrow's travel."""

    name: str
    shift: int = 0

    def draw(self, canvas: Canvas) -> None:
        canvas.illustration(self.rect.moved(0, self.shift), self.name)

    def meaning(self) -> Meaning:
        return Meaning(Role.PICTURE, self.name)


@dataclass(frozen=True, slots=True)
class Icon(Widget):
    """A line drawing as high as its rectangle."""

    name: str
    weight: float = 4.5
    colour: str = "primary"

    def draw(self, canvas: Canvas) -> None:
        canvas.icon(self.rect, self.name, self.weight, self.colour)


@dataclass(frozen=True, slots=True)
class PagePicture(Widget):
    """A page of the document, black on white in every theme; `rgb` is width × height × 3 bytes."""

    width: int
    height: int
    rgb: bytes
    said: str = ""

    def draw(self, canvas: Canvas) -> None:
        border = canvas.px(2)
        inner = self.rect.inset(border)
        scale = min(inner.w / self.width, inner.h / self.height)
        size = max(1, round(self.width * scale)), max(1, round(self.height * scale))
        page = canvas.theme.kit.pages.get((self.rgb, size), lambda: self._scaled(size))
        canvas.fill(self.rect, "edge")
        canvas.surface.fill(_WHITE, inner.as_tuple())
        place = inner.centred(*size)
        canvas.surface.blit(page, (place.x, place.y))

    def _scaled(self, size: tuple[int, int]) -> pygame.Surface:
        whole = pygame.image.frombuffer(self.rgb, (self.width, self.height), "RGB")
        return whole.copy() if size == (self.width, self.height) else pygame.transform.smoothscale(whole, size)

    def meaning(self) -> Meaning:
        return Meaning(Role.PICTURE, self.said)

    def __repr__(self) -> str:
        return f"PagePicture({self.rect}, {self.width}x{self.height})"


@dataclass(frozen=True, slots=True)
class QrCode(Widget):
    """A QR code in whole pixels, black on a white sheet in every theme."""

    code: str

    def draw(self, canvas: Canvas) -> None:
        radius, border = canvas.px(12), canvas.px(2)
        look = Box(_WHITE, canvas.theme.colour("line"), border, radius)
        canvas.theme.kit.shapes.box(canvas.surface, self.rect, look)
        inner = self.rect.inset(border)
        drawn = canvas.theme.kit.pages.get((self.code, inner.size), lambda: self._drawn(min(inner.size)))
        place = inner.centred(*drawn.get_size())
        canvas.surface.blit(drawn, (place.x, place.y))

    def _drawn(self, room: int) -> pygame.Surface:
        """Draw the modules as large as leaves the white around them that scanners need."""
        import segno  # not before the first code: it brings an XML writer along

        rows = [list(row) for row in segno.make_qr(self.code, error="m").matrix]
        module = max(1, room // (len(rows) + 2 * _QUIET))
        sheet = pygame.Surface((module * len(rows), module * len(rows)))
        sheet.fill(_WHITE)
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    sheet.fill(_BLACK, (x * module, y * module, module, module))
        return sheet

    def meaning(self) -> Meaning:
        return Meaning(Role.PICTURE, "QR")
