import pytest

from drivers.virtual.direct import DirectReader


@pytest.fixture
def reader(authority_folder):
    """A direct reader over fresh virtual cards."""
    return DirectReader.over(authority_folder)


@pytest.fixture
def lay(reader):
    """Lay a persona's card and open it."""

    def laid(persona):
        reader.lay(persona)
        return reader.connect()

    return laid
