"""The signer's own process: one errand by pipe, then the end.

It is started without site-packages and imports nothing but the card, the line to it and this room.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

from drivers.card.pad import DIGIT_PAD, SIGNING_PAD
from drivers.card.recorded import CountingConnection
from drivers.errors import DeviceError
from drivers.readers.pcsclite import PcscliteLine
from kiosk.signer.errand import holder_errand, make_characters, sign_errand
from kiosk.signer.errors import Stopped
from kiosk.signer.memory import LockedPage, forbid_dumps
from kiosk.signer.protocol import (
    COUNTS,
    Errand,
    Frame,
    HolderKey,
    Request,
    Stage,
    pack_holder,
    pack_trouble,
    pack_unforeseen,
    read_frame,
    read_head,
    unpack_request,
    write_frame,
)

if TYPE_CHECKING:
    from types import TracebackType

FROM_KIOSK, TO_KIOSK = 0, 1  # standard input and output


class PipeTalk:
    """The kiosk at the other end of the pipes (Talk)."""

    def stage(self, stage: Stage) -> None:
        """Tell how far the errand has come."""
        write_frame(TO_KIOSK, Frame.STAGE, bytes((stage,)))

    def decide(self, certificate: bytes) -> bytes:
        """Send the certificate and wait for the digest to sign; raises Stopped when there is none."""
        write_frame(TO_KIOSK, Frame.CERTIFICATE, certificate)
        kind, digest = read_frame(FROM_KIOSK)
        if kind is not Frame.DIGEST:
            raise Stopped
        return digest


def main() -> NoReturn:
    """Take one request from standard input and answer it on standard output."""
    sys.excepthook = report
    forbid_dumps()
    kind, payload = read_frame(FROM_KIOSK)
    if kind is not Frame.REQUEST:
        raise Stopped
    request = unpack_request(payload)
    signal.alarm(request.seconds)  # ends this process even in a hung call, should the kiosk be gone by then
    with LockedPage() as page:
        secret = take_cells(page)
        make_characters(secret, SIGNING_PAD if request.errand is Errand.SIGN else DIGIT_PAD)
        kind, payload = run(request, secret)
    write_frame(TO_KIOSK, kind, payload)
    os._exit(0)  # there is nothing to tidy up that the kernel does not


def take_cells(page: memoryview) -> memoryview:
    """Read the cells from the pipe straight into the page; return the part of it that they fill."""
    kind, length = read_head(FROM_KIOSK)
    if kind is not Frame.CELLS or length > len(page):
        raise Stopped
    filled = 0
    while filled < length:
        part = os.readv(FROM_KIOSK, [page[filled:length]])
        if not part:
            raise Stopped
        filled += part
    return page[:length]


def run(request: Request, secret: memoryview) -> tuple[Frame, bytes]:
    """Do the errand; return the frame to answer with. The card is powered down before this returns."""
    talk = PipeTalk()
    try:
        if request.errand is Errand.SIGN:
            talk.stage(Stage.CONNECT)
        line = PcscliteLine(request.reader_name)
        try:
            return ask_card(CountingConnection(line), request, secret, talk)
        finally:
            line.close()
    except DeviceError as error:
        return Frame.TROUBLE, pack_trouble(error)


def ask_card(line: CountingConnection, request: Request, secret: memoryview, talk: PipeTalk) -> tuple[Frame, bytes]:
    """Do the errand on an open line."""
    if request.errand is not Errand.SIGN:
        by = HolderKey.PIN if request.errand is Errand.HOLDER_BY_PIN else HolderKey.NUMBER_B
        holder = holder_errand(line, secret, by, last_try_agreed=request.last_try_agreed)
        return Frame.HOLDER, pack_holder(holder)
    signature = sign_errand(line, secret, talk, last_try_agreed=request.last_try_agreed, extended=request.extended)
    return Frame.SIGNED, COUNTS.pack(line.apdus, line.bytes_out, line.bytes_in) + signature


def report(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> NoReturn:
    """End on anything unforeseen: tell its type and place, never its words."""
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else ""
    if not issubclass(kind, (Stopped, BrokenPipeError)):
        write_frame(TO_KIOSK, Frame.TROUBLE, pack_unforeseen(f"{kind.__name__} {place}"))
    os._exit(1)
