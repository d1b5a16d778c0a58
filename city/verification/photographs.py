"""Photographed papers: each is named by an answer and its digest, is a picture that opens, and is nothing beside it."""

from __future__ import annotations

import hashlib
import io
import re
from typing import TYPE_CHECKING, Any, Final

from city.verification.refusal import Code, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL.Image import Image

    from city.config import Limits
    from city.verification.container import Container
    from city.verification.document import Answer, Document

PHOTOGRAPHED: Final = "photographed"
MOST: Final = 3  # of one application
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_PLAIN: Final = frozenset({0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD, 0xDA})  # JFIF, tables, frame, tables, restart, scan


def check_photographs(container: Container, limits: Limits, papers: Mapping[str, tuple[int, int]] | None) -> None:
    """Refuse what no answer names, what is not as its digest says, and what is no bare JPEG; raises Refused.

    `papers` are the photographed fields of the form with the least and the most pages; None where the city has only
    the form's digest.
    """
    document = container.document
    named = _named(document)
    given = {name: data for name, data in container.attachments if name != _translated(document)}
    if given.keys() != named.keys():
        raise _fault("attachment named")
    for name, data in given.items():
        if hashlib.sha256(data).hexdigest() != named[name]:
            raise _fault("attachment digest")
        _check_picture(data, limits)
    if papers is not None:
        _check_form(document, papers)


def _fault(rule: str) -> Refused:
    return Refused(Code.CONTAINER_INVALID, rule)


def _translated(document: Document) -> str:
    """Return the name of the page in the language shown, which is no photograph."""
    return f"attachments/shown-{document.language}.pdf"


def _named(document: Document) -> dict[str, str]:
    """Return the digest of every file that the answers name."""
    named: dict[str, str] = {}
    for answer in document.answers:
        if answer.origin == PHOTOGRAPHED:
            digests = _digests(answer)
            named |= {f"attachments/{answer.field}-{at}.jpg": digest for at, digest in enumerate(digests, 1)}
    if len(named) > MOST:
        raise _fault("attachment count")
    return named


def _digests(answer: Answer) -> list[str]:
    value: Any = answer.value
    if not isinstance(value, list) or not value or len(set(map(str, value))) != len(value):
        raise _fault("attachment answer")
    if not all(isinstance(digest, str) and _DIGEST.fullmatch(digest) for digest in value):
        raise _fault("attachment answer")
    return value


def _check_form(document: Document, papers: Mapping[str, tuple[int, int]]) -> None:
    for answer in document.answers:
        if (answer.origin == PHOTOGRAPHED) != (answer.field in papers):
            raise _fault("attachment form")
        if answer.field in papers:
            least, most = papers[answer.field]
            if not least <= len(answer.value) <= most:
                raise _fault("attachment form")


def _check_picture(data: bytes, limits: Limits) -> None:
    if len(data) > limits.photograph:
        raise _fault("attachment size")
    if not _bare(data):
        raise _fault("attachment metadata")
    from PIL import Image  # where nothing is photographed nobody needs it

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            _check_pixels(image, limits)
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise _fault("attachment picture") from None


def _check_pixels(image: Image, limits: Limits) -> None:
    """Refuse a picture that would need too much memory, before it is decoded."""
    if image.width * image.height > limits.pixels:
        raise _fault("attachment pixels")


def _bare(jpeg: bytes) -> bool:
    """Tell whether a JPEG has only what its pixels need (ITU-T T.81 annex B): no EXIF, no comment, nothing behind."""
    if jpeg[:2] != b"\xff\xd8" or jpeg[-2:] != b"\xff\xd9":
        return False
    at = 2
    while at + 4 <= len(jpeg):
        if jpeg[at] != 0xFF or jpeg[at + 1] not in _PLAIN:
            return False
        if jpeg[at + 1] == 0xDA:
            return jpeg.find(b"\xff\xd9", at) == len(jpeg) - 2
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return False
