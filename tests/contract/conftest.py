import pytest
from contract_stand import DirectHand, Stand
from udp_card import UdpCard

from drivers.readers.nfc import NfcReader
from drivers.virtual.direct import DirectReader
from drivers.virtual.tray import Tray


@pytest.fixture
def direct_stand(authority_folder):
    """The direct reader over fresh cards."""
    tray = Tray(authority_folder)
    return Stand(DirectReader(tray), DirectHand(tray))


@pytest.fixture
def pcsc_stand(pcsc_reader, virtual_tray):
    """The PC/SC reader: pyscard, libpcsclite, pcscd, vpcd and the virtual card's own process."""
    return Stand(pcsc_reader, virtual_tray)


@pytest.fixture
def nfc_stand(authority_folder):
    """The NFC reader: nfcpy over UDP to a card that speaks Type B blocks."""
    tray = Tray(authority_folder)
    card = UdpCard(tray)
    reader = NfcReader(f"udp:127.0.0.1:{card.port}")
    yield Stand(reader, DirectHand(tray))
    reader.close()
    card.close()


@pytest.fixture(params=["direct", "pcsc", "nfc"])
def stand(request):
    """Each reader there is, one after the other."""
    return request.getfixturevalue(f"{request.param}_stand")
