import pytest

from drivers.virtual.card import VirtualCard
from drivers.virtual.image import load_image
from drivers.virtual.tray import Tray


@pytest.fixture
def card(authority_folder):
    """Make a persona's card, new and without power."""

    def made(persona="hanako"):
        return VirtualCard(load_image(authority_folder / "cards" / f"{persona}.json"))

    return made


@pytest.fixture
def tray(authority_folder):
    """A tray over fresh cards."""
    return Tray(authority_folder)
