"""The kiosk's side of the errand: starts the signer, talks to it, and kills it at the deadline."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from drivers.errors import CardRemoved
from kiosk.signer.errors import LastTryNotAgreed, SignerFailed, SignerTimeout, Stopped
from kiosk.signer.protocol import (
    COUNTS,
    Errand,
    Frame,
    HolderKey,
    Request,
    Stage,
    pack_request,
    read_frame,
    unpack_holder,
    unpack_trouble,
    write_frame,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from drivers.card.holder import Holder

__all__ = ["LastTryNotAgreed", "Signed", "Signer", "SignerFailed", "SignerTimeout", "Stage"]

ROOT = Path(__file__).parents[2]
# Isolated as with -I, but PYTHONMALLOC must be heard; the environment below is made from nothing anyway.
COMMAND = (
    sys.executable, "-P", "-s", "-S", "-c",
    "import sys; sys.path.insert(0, sys.argv[1]); from kiosk.signer.child import main; main()", str(ROOT),
)  # fmt: skip
# Freed memory is overwritten and never kept in per-thread caches: catches what slipped past the locked page.
ALLOCATOR = {"PYTHONMALLOC": "malloc", "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0:glibc.malloc.perturb=165"}
SOCKET = "PCSCLITE_CSOCK_NAME"
ERRANDS = {HolderKey.PIN: Errand.HOLDER_BY_PIN, HolderKey.NUMBER_B: Errand.HOLDER_BY_NUMBER_B}
# Characters that each secret may have.
LENGTHS = {Errand.SIGN: range(6, 17), Errand.HOLDER_BY_PIN: range(4, 5), Errand.HOLDER_BY_NUMBER_B: range(14, 15)}
LONGEST_ERRAND = 3600  # seconds
LAST_WORDS = 1.0  # seconds for the signer to end after its answer


@dataclass(frozen=True, slots=True, repr=False)
class Signed:
    """What came back from the card: certificate , signature (256 bytes), commands and bytes that passed."""

    certificate_der: bytes
    signature: bytes
    apdus: int
    bytes_out: int
    bytes_in: int


class Signer:
    """Sends one-shot signers to the card on the reader whose name contains `reader_name`.

    Of `environment` a signer gets to know only which pcscd to use. A `deadline` is a `time.monotonic()` value.
    Errors are those of `drivers.errors` and `kiosk.signer.errors`; after SignerTimeout pcscd must be restarted.
    """

    def __init__(self, reader_name: str, environment: Mapping[str, str], *, long_answers: bool = True) -> None:
        """`long_answers`: whether to ask for answers beyond 256 bytes, until the reader has failed on one."""
        self._reader_name = reader_name
        self._environment = ALLOCATOR | {key: environment[key] for key in (SOCKET,) if key in environment}
        self._extended = long_answers

    def sign(
        self,
        cells: memoryview,
        decide: Callable[[bytes], bytes],
        progress: Callable[[Stage], None],
        deadline: float,
        *,
        last_try_agreed: bool = False,
    ) -> Signed:
        """Have the digest signed that `decide` returns for the card's certificate.

        `decide` may raise to refuse the certificate: the signer then closes the card, and the exception goes on.
        """
        check_length(Errand.SIGN, cells)
        with self._send(Errand.SIGN, cells, deadline, last_try_agreed=last_try_agreed) as child:
            certificate = self._certificate(child, progress)
            child.tell(Frame.DIGEST, decide(certificate))
            answer = child.wait_for(Frame.SIGNED, progress)
        progress(Stage.DONE)
        return Signed(certificate, answer[COUNTS.size :], *COUNTS.unpack_from(answer))

    def holder(self, cells: memoryview, by: HolderKey, deadline: float, *, last_try_agreed: bool = False) -> Holder:
        """Read the four attributes, opened by `by`."""
        errand = ERRANDS[HolderKey(by)]
        check_length(errand, cells)
        with self._send(errand, cells, deadline, last_try_agreed=last_try_agreed) as child:
            return unpack_holder(child.wait_for(Frame.HOLDER))

    def _certificate(self, child: _Child, progress: Callable[[Stage], None]) -> bytes:
        stages = [Stage.CONNECT]

        def note(stage: Stage) -> None:
            stages.append(stage)
            progress(stage)

        try:
            return child.wait_for(Frame.CERTIFICATE, note)
        except (CardRemoved, SignerTimeout):
            # Some readers fail on long answers as if the card had gone, or hang: ask for shorter ones from now on.
            self._extended = self._extended and stages[-1] is not Stage.CERTIFICATE
            raise

    def _send(self, errand: Errand, cells: memoryview, deadline: float, *, last_try_agreed: bool) -> _Child:
        seconds = min(max(1, int(deadline - time.monotonic()) + 1), LONGEST_ERRAND)
        request = Request(errand, last_try_agreed, self._extended, seconds, self._reader_name)
        return _Child(self._environment, request, cells, deadline)


class _Child:
    """One running signer, which has ended when the `with` block has."""

    def __init__(self, environment: Mapping[str, str], request: Request, cells: memoryview, deadline: float) -> None:
        self._deadline = deadline
        self._process = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            env=environment, cwd="/",
        )  # fmt: skip
        self._inlet, self._outlet = _pipes(self._process)
        self.tell(Frame.REQUEST, pack_request(request))
        self.tell(Frame.CELLS, cells)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind:
            self.tell(Frame.STOP)
        self._end(at_once=kind is SignerTimeout)

    def tell(self, kind: Frame, payload: bytes | memoryview = b"") -> None:
        """Write a frame; a signer that has ended is found out by the next reading."""
        with suppress(BrokenPipeError):
            write_frame(self._inlet.fileno(), kind, payload)

    def wait_for(self, wanted: Frame, progress: Callable[[Stage], None] | None = None) -> bytes:
        """Return the payload of the next frame but STAGE; raises what the signer met, or SignerTimeout."""
        while True:
            try:
                kind, payload = read_frame(self._outlet.fileno(), self._ready)
            except Stopped:
                raise SignerFailed("no answer") from None
            if kind is Frame.STAGE and progress:
                progress(Stage(payload[0]))
            elif kind is Frame.TROUBLE:
                raise unpack_trouble(payload)
            elif kind is wanted:
                return payload

    def _ready(self, pipe: int) -> None:
        if not _readable(pipe, self._deadline - time.monotonic()):
            raise SignerTimeout

    def _end(self, *, at_once: bool) -> None:
        """Let the signer power the card down and end; kill it when it does not in time."""
        grace = 0 if at_once else max(LAST_WORDS, self._deadline - time.monotonic())
        ended = self._drain(time.monotonic() + grace)
        self._process.kill()
        self._process.wait()
        self._inlet.close()
        self._outlet.close()
        if not (ended or at_once):
            raise SignerTimeout

    def _drain(self, until: float) -> bool:
        """Read on until the pipe's other end is closed, which is the signer's end; False when time is up."""
        while _readable(self._outlet.fileno(), until - time.monotonic()):
            if not os.read(self._outlet.fileno(), 4096):
                return True
        return False


def _readable(pipe: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    return bool(poll.poll(max(0, int(seconds * 1000))))


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise SignerFailed("no pipes")
    return process.stdin, process.stdout


def check_length(errand: Errand, cells: memoryview) -> None:
    """Raise ValueError for a secret that cannot be one, so that it costs no try."""
    if len(cells) not in LENGTHS[errand]:
        raise ValueError("a secret of this length does not exist")
