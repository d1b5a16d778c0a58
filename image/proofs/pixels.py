"""Judging pictures of the screen by their pixels: a black screen can be drawn thirty times a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import ImageChops, ImageStat

if TYPE_CHECKING:
    from PIL.Image import Image

NOTICED = 16  # of 255: a smaller difference is the drawing path's


def is_scene(picture: Image) -> bool:
    """Say whether it is bright and has many colours; a black or a text screen is neither."""
    small = picture.resize((200, 120))
    return sum(ImageStat.Stat(small).mean) / 3 > 60 and len(small.getcolors(24000) or ()) > 100


def changed(one: Image, other: Image) -> float:
    """Return the share of pixels that differ, 0 to 1."""
    difference = ImageChops.difference(one, other).convert("L").point(lambda value: 255 * (value > NOTICED))
    return ImageStat.Stat(difference).mean[0] / 255
