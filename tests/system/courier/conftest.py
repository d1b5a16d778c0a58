import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "unit" / "courier"))  # parcels are made in one place

from courier_trust import Trust


@pytest.fixture(scope="session")
def trust(tmp_path_factory):
    return Trust(tmp_path_factory.mktemp("trust"))
