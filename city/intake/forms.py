"""Which versions of which forms are accepted; a signature under any other form is not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from city.catalogue.digest import form_digest
from city.catalogue.shelf import CatalogueShelf
from city.errors import FileUnusable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from city.config import Forms
    from city.verification.document import Document


@dataclass(frozen=True, slots=True)
class PublishedForms:
    """The catalogues, and digests by form id beside them, or simply every form."""

    everything: bool
    digests: Mapping[str, frozenset[str]]
    catalogues: CatalogueShelf

    @classmethod
    def load(cls, forms: Forms, catalogues: Path) -> PublishedForms:
        """Read the folder of forms, if there is one, and add the versions accepted beside it; raises FileUnusable.

        `catalogues` is the folder of the published ones, which may grow while the city runs.
        """
        digests = {form: set(accepted) for form, accepted in forms.accepted.items()}
        if forms.directory:
            root = Path(forms.directory)
            if not root.is_dir():
                raise FileUnusable(root, "a folder of forms")
            for folder in (path for path in root.iterdir() if path.is_dir()):
                digests.setdefault(folder.name, set()).add(form_digest(folder))
        known = {form: frozenset(accepted) for form, accepted in digests.items()}
        return cls(forms.any, known, CatalogueShelf(catalogues))

    def accepts(self, document: Document) -> bool:
        """Tell whether the document's form stands in the catalogue that it names, or is accepted beside those."""
        form = document.form
        if self.everything or form.sha256 in self.digests.get(form.id, frozenset()):
            return True
        return self.catalogues.holds(document.catalogue.serial, form.id, form.sha256)
