"""Having a page set by a child process that ends with its work."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.application.errors import PageNotSet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.application.document import Json

_CHILD = Path(__file__).with_name("typesetter.py")
_LIMIT = 30.0  # seconds; a page takes a tenth of one, a few on the smallest computer


def typeset(template: str, data: Json, fonts: Iterable[Path]) -> bytes:
    """Return the PDF of a Typst template, which reads `data` and `families` (by font file) from `sys.inputs` as JSON.

    The folders of `fonts` are all the fonts there are. Raises PageNotSet.
    """
    folders = sorted({str(path.parent) for path in fonts})
    job = json.dumps({"template": template, "data": data, "folders": folders})
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_CHILD)],
            input=job.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_LIMIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise PageNotSet from None
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        raise PageNotSet
    return done.stdout
