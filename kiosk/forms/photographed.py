"""A property of a form's JSON Schema that is photographed: a list of digests, one for each page of a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.forms.legible import LEAST_PIXELS, MOST_PIXELS
from kiosk.forms.model import Field, FieldKind
from kiosk.forms.property import ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiosk.forms.node import Node

WIDGET: Final = "camera"
MOST_PAGES: Final = 3  # of all papers of a form together: more do not fit the spool's parcel
DIGEST: Final = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def is_photographed(node: Node) -> bool:
    """Tell whether a property is photographed."""
    widget = node.members().get("x-widget")
    return widget is not None and widget.value == WIDGET


def photographed_of(name: str, node: Node, _definitions: Mapping[str, Node], *, required: bool) -> Field:
    """Read such a property; raises FormError."""
    if not ID.fullmatch(name):
        raise node.error("a name of small letters, digits and _")
    said = node.closed(
        ("type", "items", "minItems", "maxItems", "uniqueItems", "x-widget"), ("$comment", "x-maxpixels")
    )
    said["type"].exactly("array")
    said["uniqueItems"].exactly(True)  # noqa: FBT003 - the value, not a switch
    items = said["items"].closed(DIGEST)
    for key, value in DIGEST.items():
        items[key].exactly(value)
    least, most = said["minItems"].whole(1), said["maxItems"].whole(1)
    if not least <= most <= MOST_PAGES:
        raise said["maxItems"].error(f"at least minItems and at most {MOST_PAGES}")
    return Field(name, FieldKind.CAMERA, required, minimum=least, maximum=most, max_pixels=_pixels(said))


def _pixels(said: Mapping[str, Node]) -> int:
    if "x-maxpixels" not in said:
        return MOST_PIXELS
    pixels = said["x-maxpixels"].whole()
    if not LEAST_PIXELS <= pixels <= MOST_PIXELS:
        raise said["x-maxpixels"].error(f"pixels from {LEAST_PIXELS} (A4 at 200 dots an inch) to {MOST_PIXELS}")
    return pixels


def refuse_too_many(properties: Node, fields: Iterable[Field]) -> None:
    """Refuse a form whose photographs together have no room in the spool; raises FormError."""
    pages = sum(field.maximum or 0 for field in fields if field.kind is FieldKind.CAMERA)
    if pages > MOST_PAGES:
        raise properties.error(f"at most {MOST_PAGES} photographed pages in all, not {pages}")
