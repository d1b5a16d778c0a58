"""Parts that many of the city's tests share; keys are made once per run."""

from __future__ import annotations

import pytest
from city_authority import Authority, Citizen


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="session")
def citizen(authority) -> Citizen:
    return authority.citizen()
