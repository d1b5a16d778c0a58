"""The signer as its own process, through pcscd to the virtual card."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from signing_secrets import GOOD, PIN, WRONG, cells

from drivers.card.jpki import JpkiSignature
from drivers.errors import (
    CardAbsent,
    CardBusy,
    CardRemoved,
    DeviceError,
    NotUnlocked,
    PasswordLocked,
    ReaderLost,
    WrongPassword,
)
from drivers.readers.reader import Presence
from drivers.virtual.control import FaultKind, VirtualTray, When
from kiosk.signer.errors import LastTryNotAgreed, SignerFailed
from kiosk.signer.parent import Signed, Signer, SignerTimeout, Stage
from kiosk.signer.protocol import HolderKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.readers.pcsc import PcscReader
    from drivers.virtual.stack import PcscStack

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root sees into the signer, as it should be")
MESSAGE = b"what is shown is what is signed"
LIMIT = 20.0


def digest(_: bytes) -> bytes:
    return hashlib.sha256(MESSAGE).digest()


class Kiosk:
    """The kiosk's side: a tray, a reader that sees it, a signer that is sent there."""

    def __init__(self, tray: VirtualTray, reader: PcscReader, stack: PcscStack) -> None:
        self.tray, self.reader = tray, reader
        self.signer = Signer(reader.name, stack.environment | {"LANG": "C"})
        self.stages: list[Stage] = []

    def lay(self, persona: str) -> None:
        if self.tray.state()["laid"] is None:
            assert self.reader.wait_for(Presence.ABSENT, LIMIT, Event())
        self.tray.lay(persona)
        assert self.reader.wait_for(Presence.PRESENT, LIMIT, Event())

    def sign(
        self,
        text: str = GOOD,
        *,
        decide: Callable[[bytes], bytes] = digest,
        seconds: float = LIMIT,
        agreed: bool = False,
    ) -> Signed:
        self.stages.clear()
        with cells(text) as view:
            end = time.monotonic() + seconds
            return self.signer.sign(view, decide, self.stages.append, end, last_try_agreed=agreed)

    def holder(self, text: str, by: HolderKey) -> str:
        with cells(text) as view:
            return self.signer.holder(view, by, time.monotonic() + LIMIT).name


@pytest.fixture
def kiosk(virtual_tray: VirtualTray, pcsc_reader: PcscReader, pcsc_stack: PcscStack) -> Kiosk:
    pcsc_reader.presence()
    return Kiosk(virtual_tray, pcsc_reader, pcsc_stack)


def children() -> list[int]:
    """List this process's children that run the signer."""
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        found += [int(pid) for pid in (task / "children").read_text(encoding="ascii").split()]
    return [pid for pid in found if b"kiosk.signer" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_a_signature_passes_through_pcscd(kiosk: Kiosk) -> None:
    kiosk.lay("hanako")
    signed = kiosk.sign()
    key = x509.load_der_x509_certificate(signed.certificate_der).public_key()
    assert isinstance(key, RSAPublicKey)
    key.verify(signed.signature, MESSAGE, PKCS1v15(), SHA256())
    assert kiosk.stages == list(Stage)
    assert signed.apdus == 12
    assert children() == []
    state = kiosk.tray.state()
    assert (state["verifies"], state["tripwires"]) == (1, 0)
    assert state["apdus"] == signed.apdus + 1  # the last one overwrites what pcscd remembers


def test_the_card_is_locked_and_free_afterwards(kiosk: Kiosk) -> None:
    kiosk.lay("hanako")
    kiosk.sign()
    line = kiosk.reader.connect()
    with pytest.raises(NotUnlocked):
        JpkiSignature(line).certificate()
    line.close()


def test_the_holder_is_read_in_the_same_way(kiosk: Kiosk) -> None:
    kiosk.lay("oldkanji")
    assert "𠮷" in kiosk.holder(PIN, HolderKey.PIN)
    with pytest.raises(WrongPassword):
        kiosk.holder("9999", HolderKey.PIN)


@pytest.mark.parametrize(
    ("persona", "text", "error"),
    [("hanako", WRONG, WrongPassword), ("locked", GOOD, PasswordLocked), ("lasttry", GOOD, LastTryNotAgreed)],
)
def test_refusals_arrive_as_the_drivers_errors(kiosk: Kiosk, persona: str, text: str, error: type[DeviceError]) -> None:
    kiosk.lay(persona)
    with pytest.raises(error):
        kiosk.sign(text)
    assert kiosk.tray.state()["verifies"] == (1 if error is WrongPassword else 0)
    assert children() == []


def test_the_last_try_may_be_agreed_to(kiosk: Kiosk) -> None:
    kiosk.lay("lasttry")
    assert kiosk.sign(agreed=True).signature


def test_no_card_and_a_held_card_are_told_apart(kiosk: Kiosk) -> None:
    with pytest.raises(CardAbsent):
        kiosk.sign()
    kiosk.lay("hanako")
    line = kiosk.reader.connect()
    with pytest.raises(CardBusy):
        kiosk.sign()
    line.close()


def test_an_unknown_reader_or_pcscd_is_a_lost_reader(kiosk: Kiosk, pcsc_stack: PcscStack) -> None:
    for signer in (Signer("Imaginary", pcsc_stack.environment), Signer("", {"PCSCLITE_CSOCK_NAME": "/nowhere"})):
        with pytest.raises(ReaderLost), cells(GOOD) as view:
            signer.sign(view, digest, kiosk.stages.append, time.monotonic() + LIMIT)


def test_refusing_the_certificate_signs_nothing_and_locks_the_card(kiosk: Kiosk) -> None:
    class Refused(Exception):
        pass

    def refuse(_: bytes) -> bytes:
        raise Refused

    kiosk.lay("hanako")
    with pytest.raises(Refused):
        kiosk.sign(decide=refuse)
    assert children() == []
    line = kiosk.reader.connect()
    with pytest.raises(NotUnlocked):
        JpkiSignature(line).certificate()
    line.close()


@pytest.mark.parametrize(
    ("at", "when"),
    [("select", When.BEFORE), *(("verify", when) for when in When), ("read", When.MID), ("sign", When.AFTER)],
)
def test_a_torn_card_is_told_and_the_next_signature_succeeds(kiosk: Kiosk, at: str, when: When) -> None:
    kiosk.lay("hanako")
    kiosk.tray.fault(FaultKind.REMOVE, at, when)
    if (at, when) == ("sign", When.AFTER):
        assert kiosk.sign()
    else:
        with pytest.raises(CardRemoved):
            kiosk.sign()
    kiosk.lay("hanako")
    assert int(str(kiosk.tray.state()["verifies"])) <= 1
    assert kiosk.sign()


def test_a_reader_that_fails_on_long_answers_is_asked_for_shorter_ones(kiosk: Kiosk) -> None:
    kiosk.lay("hanako")
    kiosk.tray.fault(FaultKind.REMOVE, 10, When.BEFORE)  # the certificate's first READ BINARY
    with pytest.raises(CardRemoved):
        kiosk.sign()
    assert kiosk.stages[-1] is Stage.CERTIFICATE
    kiosk.lay("hanako")
    assert kiosk.sign().apdus > 12


def test_a_reader_that_hangs_on_long_answers_is_asked_for_shorter_ones(kiosk: Kiosk, pcsc_stack: PcscStack) -> None:
    kiosk.lay("hanako")
    kiosk.tray.fault(FaultKind.HANG, 10)
    with pytest.raises(SignerTimeout):
        kiosk.sign(seconds=2.0)
    assert kiosk.stages[-1] is Stage.CERTIFICATE
    pcsc_stack.restart()
    kiosk.lay("hanako")
    assert kiosk.sign().apdus > 12


def test_a_reader_known_for_it_is_never_asked_for_long_answers(kiosk: Kiosk, pcsc_stack: PcscStack) -> None:
    kiosk.lay("hanako")
    kiosk.signer = Signer("", pcsc_stack.environment, long_answers=False)
    assert kiosk.sign().apdus > 12


def test_a_hanging_card_is_given_up_at_the_deadline(kiosk: Kiosk, pcsc_stack: PcscStack) -> None:
    kiosk.lay("hanako")
    kiosk.tray.fault(FaultKind.HANG, "verify")
    started = time.monotonic()
    with pytest.raises(SignerTimeout):
        kiosk.sign(seconds=1.0)
    assert 1.0 <= time.monotonic() - started < 3.0
    assert children() == []
    pcsc_stack.restart()  # what its driver still holds goes with it
    kiosk.lay("hanako")
    assert kiosk.sign()


def test_a_slow_decision_is_in_time_or_not_at_all(kiosk: Kiosk) -> None:
    def slowly(certificate: bytes) -> bytes:
        Event().wait(1.2)
        return digest(certificate)

    kiosk.lay("hanako")
    with pytest.raises((SignerTimeout, SignerFailed)):
        kiosk.sign(decide=slowly, seconds=1.0)
    assert children() == []
    assert kiosk.sign(decide=slowly, seconds=LIMIT)


@as_root
def test_only_what_is_needed_is_inherited(kiosk: Kiosk) -> None:
    seen: list[set[bytes]] = []

    def look(certificate: bytes) -> bytes:
        (pid,) = children()
        lines = Path(f"/proc/{pid}/environ").read_bytes().rstrip(b"\0").split(b"\0")
        # glibc takes its tunables apart where they stand, so a part of them looks like one more name
        seen.append({line.split(b"=")[0] for line in lines if not line.startswith(b"glibc.")})
        files = [each.readlink() for each in Path(f"/proc/{pid}/fd").iterdir()]
        assert len([each for each in files if str(each).startswith(("pipe:", "/dev/null"))]) == 3
        assert len([each for each in files if str(each).startswith("socket:")]) == len(files) - 3 == 1
        return digest(certificate)

    kiosk.lay("hanako")
    kiosk.sign(decide=look)
    assert seen[0] == {b"PCSCLITE_CSOCK_NAME", b"PYTHONMALLOC", b"GLIBC_TUNABLES"}


@as_root
def test_modules_of_the_child_are_few(kiosk: Kiosk) -> None:
    maps: list[str] = []

    def look(certificate: bytes) -> bytes:
        (pid,) = children()
        maps.append(Path(f"/proc/{pid}/maps").read_text(encoding="utf-8"))
        return digest(certificate)

    kiosk.lay("hanako")
    kiosk.sign(decide=look)
    assert "site-packages" not in maps[0]
    assert "libssl" not in maps[0]
    assert "libpcsclite" in maps[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root is kept out of nothing")
def test_other_processes_of_the_same_user_are_kept_out(kiosk: Kiosk) -> None:
    def look(certificate: bytes) -> bytes:
        (pid,) = children()
        with pytest.raises(PermissionError):
            Path(f"/proc/{pid}/mem").read_bytes()
        return digest(certificate)

    kiosk.lay("hanako")
    assert kiosk.sign(decide=look)
