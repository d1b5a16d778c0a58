"""What the city states with a catalogue: which forms, with which bytes, for which time (docs/protocol.md)."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from kiosk.catalogue.errors import CatalogueFaulty, Fault
from kiosk.stated import NotStated, stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kiosk.catalogue.keys import CatalogueKeys

JAPAN = timezone(timedelta(hours=9), "JST")

Digest = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
FormId = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9-]{0,39}\Z")]
FileName = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,79}\Z")]  # no folder, no way out of one
Moment = Annotated[datetime, Meta(tz=True)]


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """One object of the statement."""


class PublishedFile(Part, frozen=True):
    """One file of a form: its name in the form's folder and its very bytes."""

    path: FileName
    sha256: Digest
    size: Annotated[int, Meta(ge=1, le=1 << 20)]

    def fits(self, data: bytes) -> bool:
        """Whether these are the bytes."""
        return len(data) == self.size and hashlib.sha256(data).hexdigest() == self.sha256


class PublishedForm(Part, frozen=True):
    """One version of one form, from the beginning of `opens` to the end of `closes`, Japanese days."""

    id: FormId
    version: Annotated[str, Meta(min_length=1, max_length=40)]
    sha256: Digest  # the form's digest, by which documents name it
    opens: date | None
    closes: date | None
    files: Annotated[tuple[PublishedFile, ...], Meta(min_length=1, max_length=64)]

    def open_on(self, day: date) -> bool:
        """Whether it is offered on that day."""
        return (self.opens is None or self.opens <= day) and (self.closes is None or day <= self.closes)

    def place_of(self, file: PublishedFile) -> str:
        """Return where a file lies below the catalogue's folder, and in its bundle."""
        return f"forms/{self.id}/{file.path}"


class Catalogue(Part, frozen=True):
    """The statement of one catalogue."""

    spec: Literal["madoguchi/catalogue/1"]
    serial: Annotated[int, Meta(ge=1, lt=10**12)]
    issued: Moment
    expires: Moment
    city: Annotated[str, Meta(min_length=1, max_length=60)]
    forms: Annotated[tuple[PublishedForm, ...], Meta(min_length=1, max_length=64)]

    def files(self) -> Iterator[tuple[str, PublishedFile]]:
        """Every file with its place, in order."""
        return ((form.place_of(file), file) for form in self.forms for file in form.files)

    def check_files(self, read: Callable[[str], bytes]) -> None:
        """Read every file by its place and compare; raises CatalogueFaulty."""
        for place, file in self.files():
            if not file.fits(read(place)):
                raise CatalogueFaulty(Fault.CONTENT)


def read_statement(raw: bytes, signature: bytes, keys: CatalogueKeys, city: str) -> Catalogue:
    """Return the statement, which is looked into only when a key of this city has signed it; raises CatalogueFaulty."""
    if not keys.signed(raw, signature):
        raise CatalogueFaulty(Fault.SIGNATURE)
    try:
        catalogue = stated(raw, Catalogue)
    except NotStated:
        raise CatalogueFaulty(Fault.STATEMENT) from None
    if not _coherent(catalogue):
        raise CatalogueFaulty(Fault.STATEMENT)
    if catalogue.city != city:
        raise CatalogueFaulty(Fault.OTHER_CITY)
    return catalogue


def _coherent(catalogue: Catalogue) -> bool:
    """What the types cannot say: names once, ends after beginnings."""
    spans = ((form.opens, form.closes) for form in catalogue.forms)
    return (
        catalogue.issued < catalogue.expires
        and all(opens is None or closes is None or opens <= closes for opens, closes in spans)
        and _once(form.id for form in catalogue.forms)
        and _once(place for place, _ in catalogue.files())
    )


def _once(names: Iterable[str]) -> bool:
    found = list(names)
    return len(found) == len(set(found))
