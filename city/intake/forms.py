"""Which versions of which forms are accepted; a signature under any other form is not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import rfc8785

from city.errors import FileUnusable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from city.config import Forms


def _read(path: Path) -> Any:
    decode = msgspec.toml.decode if path.suffix == ".toml" else msgspec.json.decode
    try:
        return decode(path.read_bytes())
    except (OSError, msgspec.DecodeError):
        raise FileUnusable(path, "a form's file (JSON or TOML)") from None


def form_digest(folder: Path) -> str:
    """Return a form's digest (hex): SHA-256 over the canonical JSON of file name → content of its whole folder."""
    files = {path.name: _read(path) for path in sorted(folder.iterdir())}
    try:
        return hashlib.sha256(rfc8785.dumps(files)).hexdigest()
    except rfc8785.CanonicalizationError:
        raise FileUnusable(folder, "values that canonical JSON knows") from None


@dataclass(frozen=True, slots=True)
class PublishedForms:
    """Digests by form id, or simply every form."""

    everything: bool
    digests: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls, forms: Forms) -> PublishedForms:
        """Read the folder of forms, if there is one, and add the versions accepted beside it; raises FileUnusable."""
        digests = {form: set(accepted) for form, accepted in forms.accepted.items()}
        if forms.directory:
            root = Path(forms.directory)
            if not root.is_dir():
                raise FileUnusable(root, "a folder of forms")
            for folder in (path for path in root.iterdir() if path.is_dir()):
                digests.setdefault(folder.name, set()).add(form_digest(folder))
        return cls(forms.any, {form: frozenset(known) for form, known in digests.items()})

    def holds(self, form_id: str, sha256: str) -> bool:
        """Tell whether this version of this form may be filed."""
        return self.everything or sha256 in self.digests.get(form_id, frozenset())
