"""A press that prints catalogues by the city's own code, with chosen faults, and a shelf to put them on."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from city.catalogue.statement import bundle_of, read_forms, statement_of
from kiosk.catalogue.bundle import read_bundle
from kiosk.catalogue.keys import CatalogueKeys
from kiosk.catalogue.shelf import Shelf
from kiosk.catalogue.storing import Storeroom

FORMS = Path(__file__).parents[3] / "config" / "forms"
CITY = "鶴ヶ島市"
ISSUED = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)


class Press:
    """One city's press: its key, and the one form that it publishes."""

    def __init__(self, folder: Path) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.forms = folder / "forms"
        shutil.copytree(FORMS / "juminhyo", self.forms / "juminhyo")

    @property
    def keys(self) -> CatalogueKeys:
        return CatalogueKeys((self.key.public_key(),))

    def change(self, text: str) -> None:
        """Let the form's Japanese title say something else."""
        path = self.forms / "juminhyo" / "texts.ja.toml"
        lines = path.read_text("utf-8").splitlines()
        at = next(index for index, line in enumerate(lines) if line.startswith("title = "))
        lines[at] = f'title = "{text}"'
        path.write_text("\n".join(lines) + "\n", "utf-8")

    def dates(self, opens: str = "", closes: str = "") -> None:
        """Say when the form is offered."""
        named = {"opens": opens, "closes": closes}
        lines = ["[juminhyo]", *(f"{name} = {day}" for name, day in named.items() if day)]
        (self.forms / "dates.toml").write_text("\n".join(lines) + "\n")

    def print(self, serial: int, *, days: float = 30, city: str = CITY, issued: datetime = ISSUED, members=()) -> bytes:
        """Return a bundle; `members` replace those of the statement before it is signed."""
        forms = read_forms(self.forms)
        statement = statement_of(forms, serial, city, issued, issued + timedelta(days=days))
        if members:
            statement = rfc8785.dumps(json.loads(statement) | dict(members))
        return bundle_of(statement, self.key.sign(statement), forms)

    def shelf(self, folder: Path) -> Shelf:
        return Shelf(folder / "catalogue", self.keys, CITY)

    def store(self, shelf: Shelf, packed: bytes) -> None:
        """Put a bundle on the shelf as the courier does."""
        room = Storeroom(shelf)
        room.mend()
        room.put(read_bundle(packed, self.keys, CITY))
