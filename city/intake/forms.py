"""Which versions of which forms are accepted; a signature under any other form is not."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from city.catalogue.digest import form_digest
from city.catalogue.shelf import CatalogueShelf
from city.errors import FileUnusable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from city.config import Forms
    from city.verification.document import Document

SCHEMA = "schema.json"


@dataclass(frozen=True, slots=True)
class PublishedForms:
    """The catalogues, and digests by form id beside them, or simply every form."""

    everything: bool
    digests: Mapping[str, frozenset[str]]
    catalogues: CatalogueShelf
    schemas: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict, compare=False)  # id and digest

    @classmethod
    def load(cls, forms: Forms, catalogues: Path) -> PublishedForms:
        """Read the folder of forms, if there is one, and add the versions accepted beside it; raises FileUnusable.

        `catalogues` is the folder of the published ones, which may grow while the city runs.
        """
        digests = {form: set(accepted) for form, accepted in forms.accepted.items()}
        schemas = {}
        if forms.directory:
            root = Path(forms.directory)
            if not root.is_dir():
                raise FileUnusable(root, "a folder of forms")
            for folder in (path for path in root.iterdir() if path.is_dir()):
                digest = form_digest(folder)
                digests.setdefault(folder.name, set()).add(digest)
                schemas[folder.name, digest] = msgspec.json.decode((folder / SCHEMA).read_bytes(), type=dict[str, Any])
        known = {form: frozenset(accepted) for form, accepted in digests.items()}
        return cls(forms.any, known, CatalogueShelf(catalogues), schemas)

    def accepts(self, document: Document) -> bool:
        """Tell whether the document's form stands in the catalogue that it names, or is accepted beside those."""
        form = document.form
        if self.everything or form.sha256 in self.digests.get(form.id, frozenset()):
            return True
        return self.catalogues.holds(document.catalogue.serial, form.id, form.sha256)

    def schema(self, document: Document) -> Mapping[str, Any] | None:
        """Return the JSON Schema of the document's form; None where its version is accepted by the digest alone."""
        form, serial = document.form, document.catalogue.serial
        if (form.id, form.sha256) in self.schemas:
            return self.schemas[form.id, form.sha256]
        if self.catalogues.holds(serial, form.id, form.sha256):
            return self.catalogues.schema(serial, form.id)
        return None

    def papers(self, document: Document) -> dict[str, tuple[int, int]] | None:
        """Return the fields of the document's form that are photographed, each with its least and most pages.

        None for a version of which the city has the digest alone.
        """
        schema = self.schema(document)
        if schema is None:
            return None
        asked = schema["properties"].items()
        return {name: (said["minItems"], said["maxItems"]) for name, said in asked if said.get("x-widget") == "camera"}
