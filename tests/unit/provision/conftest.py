from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from provision_desk import Desk, fresh_machine

from city.provision import provision

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.provision.machine import Machine


@pytest.fixture(scope="session")
def trust(tmp_path_factory: pytest.TempPathFactory, authority_folder: Path) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    provision(folder, "kiosk-01", "鶴ヶ島市")
    shutil.copy(authority_folder / "sign_ca.pem", folder)
    return folder


@pytest.fixture
def desk(trust: Path, tmp_path: Path) -> Desk:
    shutil.copytree(trust, tmp_path / "desk")
    return Desk(tmp_path / "desk")


@pytest.fixture
def machine(desk: Desk, tmp_path: Path) -> Machine:
    return fresh_machine(desk, tmp_path / "machine")
