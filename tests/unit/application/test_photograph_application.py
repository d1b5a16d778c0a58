"""A photograph as it is signed: nothing but pixels, small enough, large enough to be read."""

from __future__ import annotations

import hashlib
import io
import random
from functools import cache

import pytest
from PIL import Image

from kiosk.application.photograph import (
    LONG_SIDE,
    MOST_BYTES,
    SMALL_SIDE,
    Photograph,
    PhotographTooLarge,
    developed,
    entries_for,
    looked_at,
)
from kiosk.courier.spool import PARCEL_BYTES
from kiosk.forms.legible import LEAST_PIXELS
from kiosk.forms.photographed import MOST_PAGES

A4_SHAPED = (2592, 1944)
_SEGMENTS = {0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA}  # start, JFIF, tables, frame, tables, scan


def grain(size: tuple[int, int], seed: int = 7) -> Image.Image:
    return Image.frombytes("L", size, random.Random(seed).randbytes(size[0] * size[1])).convert("RGB")


@cache
def paper(size: tuple[int, int] = A4_SHAPED) -> bytes:
    """Return a page of fine stripes under a camera's noise."""
    lines = Image.linear_gradient("L").resize((size[0], 16)).convert("RGB").crop((0, 0, size[0], 16))
    page = Image.new("RGB", size, (246, 244, 238))
    for y in range(0, size[1], 48):
        page.paste(lines, (0, y))
    return Image.blend(page, grain(size), 0.05).tobytes()


def taken(turned: int = 0, pixels: int = 5_100_000, size: tuple[int, int] = A4_SHAPED) -> Photograph:
    return developed(paper(size), size, turned=turned, pixels=pixels)


def segments(jpeg: bytes) -> list[int]:
    """Return the markers before the picture's own data (ITU-T T.81 annex B)."""
    found, at = [jpeg[1]], 2
    while found[-1] != 0xDA:
        assert jpeg[at] == 0xFF
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found


def test_a_jpeg_has_pixels_and_nothing_beside_them():
    photograph = taken()
    assert set(segments(photograph.jpeg)) == _SEGMENTS
    with Image.open(io.BytesIO(photograph.jpeg)) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", A4_SHAPED, "RGB")
        assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not image.getexif()
    assert photograph.sha256 == hashlib.sha256(photograph.jpeg).hexdigest()


def test_the_same_frame_gives_the_same_bytes():
    assert taken().jpeg == taken().jpeg


def test_a_page_keeps_its_pixels_below_the_size():
    photograph = taken()
    assert len(photograph.jpeg) <= MOST_BYTES
    assert photograph.width * photograph.height >= LEAST_PIXELS
    smaller = taken(pixels=LEAST_PIXELS)
    assert LEAST_PIXELS * 0.99 < smaller.width * smaller.height <= LEAST_PIXELS
    assert smaller.width / smaller.height == pytest.approx(4 / 3, rel=0.01)


def test_what_cannot_be_made_small_enough_is_refused_and_never_made_illegible():
    size = (3000, 2500)
    snow = grain(size).tobytes()
    with pytest.raises(PhotographTooLarge):
        developed(snow, size, turned=0, pixels=12_000_000)


@pytest.mark.parametrize(("turned", "corner"), [(0, (0, 0)), (90, (1, 0)), (180, (1, 1)), (270, (0, 1))])
def test_a_camera_may_be_mounted_in_four_ways(turned, corner):
    image = Image.new("RGB", (64, 48))
    image.paste((255, 255, 255), (0, 0, 32, 24))  # the upper left quarter
    seen = looked_at(image.tobytes(), image.size, turned=turned)
    assert (seen.width, seen.height) == ((64, 48) if turned % 180 == 0 else (48, 64))
    x, y = round(corner[0] * (seen.width - 1)), round(corner[1] * (seen.height - 1))
    assert seen.rgb[(y * seen.width + x) * 3] == 255
    assert sum(seen.rgb) == 255 * 3 * 32 * 24
    developed_too = developed(image.tobytes(), image.size, turned=turned, pixels=5_000_000)
    assert (developed_too.width, developed_too.height) == (seen.width, seen.height)


def test_pictures_for_the_screen_are_small():
    photograph = taken()
    assert max(photograph.preview.width, photograph.preview.height) == LONG_SIDE
    assert max(photograph.thumb.width, photograph.thumb.height) == SMALL_SIDE
    for picture in (photograph.preview, photograph.thumb):
        assert len(picture.rgb) == picture.width * picture.height * 3


def test_entries_are_named_by_field_and_number():
    one, other = taken(), taken(pixels=LEAST_PIXELS)
    named = [(entry.name, entry.data) for entry in entries_for({"proof": (one, other), "letter": (other,)})]
    assert named == [
        ("attachments/proof-1.jpg", one.jpeg),
        ("attachments/proof-2.jpg", other.jpeg),
        ("attachments/letter-1.jpg", other.jpeg),
    ]


def test_as_many_as_an_application_may_have_find_room_in_the_spool():
    """The rest is for the two pages: the Japanese one and that of the language shown."""
    assert PARCEL_BYTES - MOST_PAGES * MOST_BYTES >= 700 * 1024


def test_nobody_reads_a_photograph_in_a_message():
    assert "Photograph" in repr(taken())
    assert "jpeg" not in repr(taken())
