"""A photographed page of paper as it is signed: a JPEG without anything beside its pixels, within a size."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kiosk.application.manifest import Entry
from kiosk.application.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PIL.Image import Image

MOST_BYTES: Final = 768 * 1024  # of one; as many as a form may have stay, with its pages, below the spool's parcel
LONG_SIDE: Final = 1600  # pixels of the picture that the citizen looks at, also enlarged
SMALL_SIDE: Final = 240  # and of the one beside the answer
_LANCZOS: Final = 1  # PIL.Image.Resampling.LANCZOS
_QUALITIES: Final = (85, 75, 65, 55, 45)  # of libjpeg; letters of 8 points stay legible down to the last


class PhotographTooLarge(Exception):
    """The picture has more in it than its size allows at a quality at which letters can be read."""


@dataclass(frozen=True, slots=True, eq=False, repr=False, weakref_slot=True)
class Photograph:
    """One accepted or still to be accepted picture; `preview` and `thumb` are for the screen only."""

    jpeg: bytes
    sha256: str  # lower-case hex, of the JPEG
    width: int
    height: int
    preview: Picture = field(hash=False)
    thumb: Picture = field(hash=False)


def developed(rgb: bytes, size: tuple[int, int], *, turned: int, pixels: int) -> Photograph:
    """Return a camera's frame as a JPEG of `pixels` at most; raises PhotographTooLarge.

    `turned` is by how many degrees clockwise the camera is mounted: 0, 90, 180 or 270. Only pixels go in, so that
    nothing else comes out: no time, place, device or thumbnail.
    """
    image = _image(rgb, size)
    image = _upright(image, turned)
    image = _within(image, pixels)
    jpeg = _encoded(image)
    digest = hashlib.sha256(jpeg).hexdigest()
    return Photograph(jpeg, digest, *image.size, picture_of(image, LONG_SIDE), picture_of(image, SMALL_SIDE))


def looked_at(rgb: bytes, size: tuple[int, int], *, turned: int) -> Picture:
    """Return a small frame the right way up, for the screen."""
    image = _upright(_image(rgb, size), turned)
    return Picture(*image.size, image.tobytes())


def picture_of(image: Image, side: int) -> Picture:
    """Return the pixels of an image whose longer side is `side` pixels at most."""
    small = image.copy()
    small.thumbnail((side, side))
    return Picture(*small.size, small.tobytes())


def entries_for(photographs: Mapping[str, Sequence[Photograph]]) -> tuple[Entry, ...]:
    """Return the container's entries of all photographs, by field and in order."""
    return tuple(
        Entry(f"attachments/{name_of(name, at)}", photograph.jpeg)
        for name, taken in photographs.items()
        for at, photograph in enumerate(taken)
    )


def name_of(field_id: str, at: int) -> str:
    """Return the file name of a field's photograph, counted from 0: `proof-1.jpg`."""
    return f"{field_id}-{at + 1}.jpg"


def _image(rgb: bytes, size: tuple[int, int]) -> Image:
    from PIL import Image  # where nothing is photographed nobody waits for it at the start

    return Image.frombuffer("RGB", size, rgb)


def _upright(image: Image, turned: int) -> Image:
    return image.rotate(-turned, expand=True) if turned else image


def _within(image: Image, pixels: int) -> Image:
    """Return the image with so many pixels at most, its shape kept."""
    have = image.width * image.height
    if have <= pixels:
        return image
    factor = (pixels / have) ** 0.5
    return image.resize((int(image.width * factor), int(image.height * factor)), _LANCZOS)


def _encoded(image: Image) -> bytes:
    """Return the best JPEG that is small enough."""
    for quality in _QUALITIES:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality, optimize=True)
        if file.tell() <= MOST_BYTES:
            return file.getvalue()
    raise PhotographTooLarge
