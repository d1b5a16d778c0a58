"""The errand itself, on a direct reader: what is asked of the card, in which order, and what is not."""

from __future__ import annotations

import hashlib
import itertools
import time
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from signing_secrets import GOOD, PIN, WRONG, cells

from drivers.card.iso7816 import Ins
from drivers.errors import (
    AppletMissing,
    CardAbsent,
    CardRemoved,
    DeviceError,
    FileMissing,
    PasswordLocked,
    SignatureFaulty,
    WrongPassword,
)
from drivers.virtual.direct import DirectReader
from drivers.virtual.faults import Fault, FaultKind, When
from kiosk.signer.direct import DirectSigner
from kiosk.signer.errand import make_characters, sign_errand
from kiosk.signer.parent import LastTryNotAgreed, Stage
from kiosk.signer.protocol import HolderKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drivers.card.connection import CardConnection
    from kiosk.signer.parent import Signed

MESSAGE = b"what is shown is what is signed"
SOON = time.monotonic() + 3600


def digest(_: bytes) -> bytes:
    return hashlib.sha256(MESSAGE).digest()


@pytest.fixture
def reader(authority_folder: Path) -> DirectReader:
    return DirectReader.over(authority_folder)


def sign(
    reader: DirectReader, text: str = GOOD, *, decide: Callable[[bytes], bytes] = digest, agreed: bool = False
) -> tuple[Signed, list[Stage]]:
    stages: list[Stage] = []
    with cells(text) as view:
        signed = DirectSigner(reader).sign(view, decide, stages.append, SOON, last_try_agreed=agreed)
    return signed, stages


def test_the_signature_is_by_the_certificates_key(reader: DirectReader) -> None:
    reader.lay("hanako")
    signed, stages = sign(reader)
    key = x509.load_der_x509_certificate(signed.certificate_der).public_key()
    assert isinstance(key, RSAPublicKey)
    key.verify(signed.signature, MESSAGE, PKCS1v15(), SHA256())
    assert stages == [Stage.CONNECT, Stage.PASSWORD, Stage.CERTIFICATE, Stage.SIGNATURE, Stage.DONE]


def test_twelve_commands_are_enough(reader: DirectReader) -> None:
    reader.lay("hanako")
    signed, _ = sign(reader)
    state = reader.tray.state()
    assert signed.apdus == state["apdus"] == 12
    assert (signed.bytes_out, signed.bytes_in) == (state["bytes_out"], state["bytes_in"])
    assert (state["verifies"], state["tripwires"]) == (1, 0)


def test_the_key_is_closed_again(reader: DirectReader) -> None:
    reader.lay("hanako")
    sign(reader)
    with pytest.raises(RuntimeError), cells(GOOD) as view:
        DirectSigner(reader).sign(view, refuse, lambda _: None, SOON)
    sign(reader)
    assert reader.tray.state()["power_ups"] == 3


def refuse(_: bytes) -> bytes:
    raise RuntimeError


def test_a_wrong_password_costs_one_try_and_tells_the_rest(reader: DirectReader) -> None:
    reader.lay("hanako")
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongPassword) as caught:
            sign(reader, WRONG)
        assert caught.value.attempts_left == left
    with pytest.raises(LastTryNotAgreed):
        sign(reader, WRONG)
    assert reader.tray.state()["verifies"] == 4
    with pytest.raises(PasswordLocked):
        sign(reader, WRONG, agreed=True)
    with pytest.raises(PasswordLocked):
        sign(reader, GOOD, agreed=True)
    assert reader.tray.state()["verifies"] == 5


@pytest.mark.parametrize(
    ("persona", "error"),
    [("locked", PasswordLocked), ("child", FileMissing), ("juki", AppletMissing), ("android", AppletMissing),
     ("licence", AppletMissing), ("lasttry", LastTryNotAgreed)],
)  # fmt: skip
def test_a_card_that_cannot_sign_is_never_asked(reader: DirectReader, persona: str, error: type[DeviceError]) -> None:
    reader.lay(persona)
    with pytest.raises(error):
        sign(reader)
    assert reader.tray.state()["verifies"] == 0


def test_the_last_try_may_be_agreed_to(reader: DirectReader) -> None:
    reader.lay("lasttry")
    assert sign(reader, agreed=True)[0].signature


def test_without_a_card_nothing_happens(reader: DirectReader) -> None:
    with pytest.raises(CardAbsent):
        sign(reader)


@pytest.mark.parametrize("text", ["1234", "AB12C", "A" * 17])
def test_a_password_that_cannot_be_one_costs_no_try(reader: DirectReader, text: str) -> None:
    reader.lay("hanako")
    with pytest.raises(ValueError, match="length"):
        sign(reader, text)
    assert reader.tray.state()["apdus"] == 0


@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize("command", range(1, 13))
def test_a_card_torn_anywhere_is_a_lost_card_and_one_verify_at_most(
    reader: DirectReader, command: int, when: When
) -> None:
    reader.lay("hanako")
    before = reader.tray.state()["verifies"]
    reader.tray.arm(Fault(FaultKind.REMOVE, command, when))
    if (command, when) == (12, When.AFTER):
        assert sign(reader)
        return
    with pytest.raises(CardRemoved):
        sign(reader)
    reader.lay("hanako")
    assert int(str(reader.tray.state()["verifies"])) - int(str(before)) <= 1
    assert sign(reader)


class CrookedLine:
    """A line to a card whose signatures are wrong in their last bit."""

    def __init__(self, line: CardConnection) -> None:
        self._line = line

    def transmit(self, command: bytes | bytearray | memoryview) -> tuple[bytes, int]:
        data, status = self._line.transmit(command)
        if command[1] == Ins.PERFORM_SECURITY_OPERATION:
            data = data[:-1] + bytes((data[-1] ^ 1,))
        return data, status

    def close(self) -> None:
        self._line.close()


class Quiet:
    """A Talk that agrees to everything."""

    def stage(self, stage: Stage) -> None:
        pass

    def decide(self, certificate: bytes) -> bytes:
        return digest(certificate)


def test_a_faulty_signature_never_leaves(reader: DirectReader) -> None:
    reader.lay("hanako")
    line = CrookedLine(reader.connect())
    password = bytearray(GOOD.encode())
    with pytest.raises(SignatureFaulty):
        sign_errand(line, memoryview(password), Quiet())
    assert password == bytes(len(GOOD))
    line.close()


def test_the_characters_are_wiped_whatever_happens(reader: DirectReader) -> None:
    reader.lay("locked")
    password = bytearray(GOOD.encode())
    with pytest.raises(PasswordLocked):
        sign_errand(reader.connect(), memoryview(password), Quiet())
    assert password == bytes(len(GOOD))


def test_only_a_whole_digest_is_signed(reader: DirectReader) -> None:
    reader.lay("hanako")
    with pytest.raises(ValueError, match="32 bytes"):
        sign(reader, decide=lambda _: b"too short")


@pytest.mark.parametrize("by", [HolderKey.PIN, "pin"])
def test_the_holder_is_read_by_pin(reader: DirectReader, by: HolderKey) -> None:
    reader.lay("hanako")
    with cells(PIN) as view:
        holder = DirectSigner(reader).holder(view, by, SOON)
    assert (holder.name, holder.birth) == ("鶴ヶ島　花子", "19540401")
    assert reader.tray.state()["tripwires"] == 0


def test_the_holder_is_read_by_number_b(reader: DirectReader) -> None:
    reader.lay("hanako")
    with cells("29040120352285") as view:  # 昭和29
        assert DirectSigner(reader).holder(view, HolderKey.NUMBER_B, SOON).name == "鶴ヶ島　花子"


def test_a_wrong_pin_tells_the_tries_left(reader: DirectReader) -> None:
    reader.lay("hanako")
    for left in (2, 1):
        with pytest.raises(WrongPassword) as caught, cells("9999") as view:
            DirectSigner(reader).holder(view, HolderKey.PIN, SOON)
        assert caught.value.attempts_left == left
    with pytest.raises(LastTryNotAgreed), cells("9999") as view:
        DirectSigner(reader).holder(view, HolderKey.PIN, SOON)


def test_cells_become_characters_in_place() -> None:
    buffer = bytearray((0, 25, 26, 35))
    make_characters(memoryview(buffer), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    assert buffer == b"AZ09"
    for strange in itertools.chain(range(36, 38), (255,)):
        with pytest.raises(ValueError, match="not a cell"):
            make_characters(memoryview(bytearray((strange,))), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
