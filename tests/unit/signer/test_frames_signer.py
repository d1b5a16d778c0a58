"""The frames between the kiosk and its signer."""

from __future__ import annotations

import os

import pytest

from drivers import errors
from drivers.card.holder import Holder, Sex
from kiosk.signer.errors import LastTryNotAgreed, SignerFailed, Stopped
from kiosk.signer.protocol import (
    LONGEST_FRAME,
    Errand,
    Frame,
    Request,
    pack_holder,
    pack_request,
    pack_trouble,
    pack_unforeseen,
    read_frame,
    unpack_holder,
    unpack_request,
    unpack_trouble,
    write_frame,
)


def test_frames_pass_in_order() -> None:
    outlet, inlet = os.pipe()
    write_frame(inlet, Frame.STAGE, b"\x01")
    write_frame(inlet, Frame.CERTIFICATE, bytes(3000))
    write_frame(inlet, Frame.STOP)
    os.close(inlet)
    assert read_frame(outlet) == (Frame.STAGE, b"\x01")
    assert read_frame(outlet) == (Frame.CERTIFICATE, bytes(3000))
    assert read_frame(outlet) == (Frame.STOP, b"")
    with pytest.raises(Stopped):
        read_frame(outlet)
    os.close(outlet)


def test_an_overlong_frame_is_not_waited_for() -> None:
    outlet, inlet = os.pipe()
    os.write(inlet, (LONGEST_FRAME + 1).to_bytes(4, "big") + b"\x11")
    with pytest.raises(SignerFailed):
        read_frame(outlet)
    os.close(inlet)
    os.close(outlet)


def test_a_request_comes_back_as_it_was() -> None:
    request = Request(Errand.HOLDER_BY_PIN, True, False, 300, "読取 機 00 00")
    assert unpack_request(pack_request(request)) == request


@pytest.mark.parametrize("address", ["", "埼玉県𠮷" * 60])
def test_a_holder_comes_back_as_it_was(address: str) -> None:
    holder = Holder("髙﨑　𠮷", address, "19540000", Sex.NOT_APPLICABLE)
    assert unpack_holder(pack_holder(holder)) == holder


@pytest.mark.parametrize(
    "error",
    [
        errors.ReaderLost("PC/SC 8010001D"), errors.CardAbsent(), errors.CardRemoved(), errors.CardBusy(),
        errors.AppletMissing(), errors.FileMissing(), errors.NotUnlocked(), errors.PasswordLocked(),
        errors.SignatureFaulty(), LastTryNotAgreed(),
    ],
)  # fmt: skip
def test_every_error_arrives_as_itself(error: errors.DeviceError) -> None:
    arrived = unpack_trouble(pack_trouble(error))
    assert type(arrived) is type(error)
    assert str(arrived) == str(error)


def test_errors_keep_their_facts() -> None:
    wrong = unpack_trouble(pack_trouble(errors.WrongPassword(3)))
    assert isinstance(wrong, errors.WrongPassword)
    assert wrong.attempts_left == 3
    unreadable = unpack_trouble(pack_trouble(errors.CardUnreadable(0x6F00)))
    assert isinstance(unreadable, errors.CardUnreadable)
    assert unreadable.status == 0x6F00


def test_anything_else_is_a_failed_signer() -> None:
    assert "ValueError here:3" in str(unpack_trouble(pack_unforeseen("ValueError here:3")))
    assert type(unpack_trouble(pack_trouble(errors.PanelFault("lamp")))) is SignerFailed
    assert type(unpack_trouble(b"\xff\x00\x00")) is SignerFailed
