"""Pictures of the page, drawn from the very bytes that are signed."""

# pypdfium2 is typed in part.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """One page as pixels: `rgb` holds three bytes each, row by row, without padding."""

    width: int
    height: int
    rgb: bytes


def page_count(pdf: bytes) -> int:
    """Return how many pages the PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def render_page(pdf: bytes, index: int, width_px: int) -> Picture:
    """Draw one page at a width in pixels; its height follows from the paper. IndexError when there is no such page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        if not 0 <= index < len(document):
            raise IndexError(index)
        page = document[index]
        bitmap = page.render(scale=width_px / page.get_width(), rev_byteorder=True, prefer_bgrx=False)
        picture = _picture(bitmap)
        bitmap.close()
        page.close()
        return picture
    finally:
        document.close()


def _picture(bitmap: pypdfium2.PdfBitmap) -> Picture:
    """Copy the pixels out, leaving the padding at the end of each row behind."""
    line = bitmap.width * 3
    data = bytes(bitmap.buffer)
    rows = (data[start : start + line] for start in range(0, bitmap.height * bitmap.stride, bitmap.stride))
    return Picture(bitmap.width, bitmap.height, b"".join(rows))
