"""Every error that a device or a document can raise becomes something the journey knows."""

from __future__ import annotations

import inspect

import pytest

from drivers import errors as device
from kiosk.application import errors as paper
from kiosk.courier import parcel
from kiosk.journey.events import PasswordRefused, TroubleMet
from kiosk.journey.troubles import Trouble
from kiosk.signer import errors as errand
from kiosk.workers.ladder import event_for

# Errors that can only arise while the program starts, and then keep it from starting.
AT_START = {"PanelFault", "PanelAbsent", "TrustFileUnusable", "FontUnusable"}
# Errors of our own making: an incident code is the right answer.
OWN_FAULT = {"ApplicationError", "DocumentUnfit", "PageNotSet", "ContainerFaulty", "ReceiptFaulty", "Stopped"}


def _kinds(module) -> list[type[Exception]]:
    return [
        kind
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__ == module.__name__
    ]


def _example(kind: type[Exception]) -> Exception:
    needed = [p for p in inspect.signature(kind.__init__).parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD][1:]
    examples = {"codepoints": frozenset({0x20BB7}), "attempts_left": 3, "status": 0x6F00}
    return kind(*[examples.get(parameter.name, "x") for parameter in needed])


FORESEEN = [
    kind
    for module in (device, errand, paper, parcel)
    for kind in _kinds(module)
    if kind.__name__ not in AT_START | OWN_FAULT
]


@pytest.mark.parametrize("kind", FORESEEN, ids=lambda kind: kind.__name__)
def test_every_error_becomes_an_event(kind: type[Exception]) -> None:
    assert event_for(_example(kind)) is not None


@pytest.mark.parametrize("name", sorted(OWN_FAULT - {"ApplicationError", "Stopped"}))
def test_faults_of_our_own_become_incidents(name: str) -> None:
    assert event_for(_example(getattr(paper, name))) is None


def test_a_wrong_password_is_no_trouble_but_a_try_less() -> None:
    assert event_for(device.WrongPassword(2)) == PasswordRefused(2)


def test_a_locked_pin_is_told_apart_from_a_locked_password() -> None:
    assert event_for(device.PasswordLocked()) == TroubleMet(Trouble.LOCKED)
    assert event_for(device.PasswordLocked(), prefill=True) == TroubleMet(Trouble.PIN_LOCKED)


def test_special_rungs_stand_above_general_ones() -> None:
    assert event_for(paper.CertificateExpired()) == TroubleMet(Trouble.CERTIFICATE_EXPIRED)
    assert event_for(errand.SignerTimeout()) == TroubleMet(Trouble.SIGNING_SLOW)
