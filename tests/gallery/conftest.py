"""One set of easels for all tests of the gallery; no display is needed."""

from __future__ import annotations

import pytest

from tests.gallery.easel import Easel, easels


@pytest.fixture(scope="session")
def panels() -> dict[str, Easel]:
    return easels()
