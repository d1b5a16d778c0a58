"""One press for each test."""

import pytest
from catalogue_press import Press


@pytest.fixture
def press(tmp_path):
    return Press(tmp_path)
