"""The card worker: the one thread that owns the reader."""

from __future__ import annotations

import time
from contextlib import contextmanager
from threading import Event as Signal
from typing import TYPE_CHECKING, Protocol

from drivers.card.jpki import JpkiSignature
from drivers.card.recognise import CardKind, recognise
from drivers.card.surface import SurfaceText
from drivers.errors import CardAbsent, CardRemoved, DeviceError, FileMissing, ReaderLost
from drivers.readers.reader import Presence
from kiosk.application.errors import ApplicationError
from kiosk.journey.deadlines import DEVICE_LIMITS
from kiosk.journey.events import CardKnown, CardLaid, CardLifted, HolderRead, SignatureMade, SigningAdvanced, Stage
from kiosk.journey.map import Step
from kiosk.signer.errors import SignerTimeout
from kiosk.signer.protocol import HolderKey
from kiosk.signer.protocol import Stage as SignerStage
from kiosk.workers.ladder import event_for
from kiosk.workers.tasks import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from drivers.card.connection import CardConnection
    from drivers.card.holder import Holder
    from drivers.readers.reader import Reader
    from drivers.secrets import Secret
    from kiosk.application.prepared import Prepared
    from kiosk.application.signing import Signing
    from kiosk.clock import Clock
    from kiosk.journal import Journal
    from kiosk.journey.commands import ReadHolder, Sign
    from kiosk.journey.events import Event
    from kiosk.signer.parent import Signed

ROUND = 1.0  # seconds between signs of life while nothing happens
MARGIN = 5.0  # seconds by which the signer's deadline comes before the journey's
POLL = 0.7  # seconds; pcscd looks for cards every 0.4
GONE_AGAIN = 2.0  # seconds until a reader that is lost is looked for again

_STAGES = {
    SignerStage.PASSWORD: Stage.PASSWORD,
    SignerStage.CERTIFICATE: Stage.CERTIFICATE,
    SignerStage.SIGNATURE: Stage.SIGNATURE,
    SignerStage.DONE: Stage.CHECK,
}


class SignerErrands(Protocol):
    """What the kiosk has the signer do; `kiosk.signer.parent.Signer` or its direct twin."""

    def sign(
        self,
        cells: memoryview,
        decide: Callable[[bytes], bytes],
        progress: Callable[[SignerStage], None],
        deadline: float,
        *,
        last_try_agreed: bool = False,
    ) -> Signed:
        """Have one digest signed."""
        ...

    def holder(self, cells: memoryview, by: HolderKey, deadline: float, *, last_try_agreed: bool = False) -> Holder:
        """Read the four attributes."""
        ...


class ReaderHealth(Protocol):
    """Hears whether the reader is there."""

    def __call__(self, *, well: bool) -> None:
        """Take the news."""
        ...


class CardWorker(Worker):
    """Watches the tray, looks at cards and sends the signer."""

    def __init__(
        self,
        reader: Reader,
        signer: SignerErrands,
        clock: Clock,
        post: Callable[[Event], None],
        journal: Journal,
        failed: Callable[[Exception], None],
        *,
        holder_key: HolderKey,
        begin: Callable[[Sign], Signing],
        file: Callable[[Prepared, bytes], None],
        healthy: ReaderHealth,
        restart_service: Callable[[], None],
    ) -> None:
        """`begin` makes a Signing, `file` takes the signed container on, `healthy` hears whether the reader is there.

        `restart_service` is called when a signer was killed: pcscd may still hold what it was given.
        """
        super().__init__("card", clock, failed)
        self._reader = reader
        self._signer = signer
        self._post = post
        self._journal = journal
        self._key = holder_key
        self._begin = begin
        self._file = file
        self._healthy = healthy
        self._restart_service = restart_service
        self._seen = Presence.ABSENT

    # ---- the tray -----------------------------------------------------------------------------------------------

    def rounds(self) -> None:
        """Wait for the card to come or go."""
        other = Presence.ABSENT if self._seen is Presence.PRESENT else Presence.PRESENT
        try:
            moved = self._reader.wait_for(other, ROUND, self.disturbed)
            if not moved:
                self._reader.presence()  # waiting forgives an outage, looking does not
        except ReaderLost:
            self._lost()
            return
        self._healthy(well=True)
        if moved:
            self._tell(other)

    def _tell(self, presence: Presence) -> None:
        if presence is not self._seen:
            self._seen = presence
            self._post(CardLaid() if presence is Presence.PRESENT else CardLifted())

    def _lost(self) -> None:
        self._healthy(well=False)
        self._tell(Presence.ABSENT)
        self.disturbed.wait(GONE_AGAIN)

    def _look_again(self) -> None:
        """Find out, after an errand, whether the card was taken meanwhile."""
        try:
            self._tell(self._reader.presence())
        except ReaderLost:
            self._tell(Presence.ABSENT)

    # ---- what the journey asks for ------------------------------------------------------------------------------

    def probe(self) -> None:
        """Say what lies on the tray, without any password."""
        try:
            line = self._reader.connect()
            try:
                known = _know(line, self._key)
            finally:
                line.close()
        except (CardAbsent, CardRemoved):
            self._tell(Presence.ABSENT)
        except DeviceError as error:
            self._tell_unless_leaving(error)
        else:
            self._post(known)

    def _tell_unless_leaving(self, error: DeviceError) -> None:
        """Tell what went wrong; that a card was just being taken away is no trouble, a reader that goes is another."""
        try:
            gone = self._reader.wait_for(Presence.ABSENT, POLL, Signal())
            if not gone:
                self._reader.presence()  # a card is mute, too, under a service that just ended
        except ReaderLost as lost:
            self._tell_error(lost)
            return
        if gone:
            self._tell(Presence.ABSENT)
        else:
            self._tell_error(error)

    def read_holder(self, command: ReadHolder) -> None:
        """Have the four attributes read."""
        deadline = time.monotonic() + DEVICE_LIMITS[Step.PREFILL_READING] - MARGIN
        try:
            with lent_once(command.secret) as cells:
                holder = self._signer.holder(cells, self._key, deadline)
        except DeviceError as error:
            self._tell_error(error, prefill=True)
        else:
            self._post(HolderRead(holder))
        finally:
            self._look_again()

    def sign(self, command: Sign) -> None:
        """Have the application signed, and give the container to whoever files it."""
        try:
            with lent_once(command.secret) as cells:
                container = self._signed_container(command, cells)
        except (DeviceError, ApplicationError) as error:
            self._tell_error(error)
        else:
            self._post(SignatureMade())
            self._file(command.prepared, container)
        finally:
            self._look_again()

    def _signed_container(self, command: Sign, cells: memoryview) -> bytes:
        deadline = time.monotonic() + DEVICE_LIMITS[Step.SIGNING] - MARGIN
        signing = self._begin(command)
        began = self._clock.ticks()
        signed = self._signer.sign(
            cells, signing.decide, self._progress, deadline, last_try_agreed=command.last_try_agreed
        )
        counts = {"apdus": signed.apdus, "bytes_out": signed.bytes_out, "bytes_in": signed.bytes_in}
        self._journal.note("signed", ms=round((self._clock.ticks() - began) * 1000), **counts)
        return signing.finish(signed.signature)

    def _progress(self, stage: SignerStage) -> None:
        shown = _STAGES.get(stage)
        if shown is not None:
            self._post(SigningAdvanced(shown))

    def _tell_error(self, error: Exception, *, prefill: bool = False) -> None:
        if isinstance(error, SignerTimeout):
            self._restart_service()
        event = event_for(error, prefill=prefill)
        if event is None:
            raise error
        self._journal.warn("card-trouble", type=type(error).__name__)
        self._post(event)


@contextmanager
def lent_once(secret: Secret) -> Iterator[memoryview]:
    """Lend the cells for one errand and wipe them before anybody hears what came of it."""
    try:
        with secret.lend() as cells:
            yield cells
    finally:
        secret.wipe()


def _know(line: CardConnection, key: HolderKey) -> CardKnown:
    """Read what no password protects: kind, certificates, both counters."""
    kind = recognise(line)
    if kind is not CardKind.MY_NUMBER:
        return CardKnown(kind)
    text = SurfaceText(line)
    pin_attempts = text.pin_attempts_left() if key is HolderKey.PIN else text.number_b_attempts_left()
    jpki = JpkiSignature(line)
    try:
        holds = jpki.holds_sign_certificate()
    except FileMissing:
        holds = False
    return CardKnown(kind, holds, jpki.attempts_left() if holds else 0, pin_attempts)
