"""The card worker and the clerk with real parts: card, document, spool; only the reader is the direct one."""

from __future__ import annotations

import gc
import io
import queue
import random
import threading
import time
import weakref
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from drivers.card.pad import DIGIT_PAD, SIGNING_PAD
from drivers.card.recognise import CardKind
from drivers.errors import CardUnreadable, ReaderLost
from drivers.secrets import Secret
from drivers.virtual.direct import DirectReader
from drivers.virtual.faults import Fault, FaultKind, When
from drivers.virtual.tray import Tray
from kiosk.application.document import Application, Origin
from kiosk.application.envelope import CityKey
from kiosk.application.fonts import FontFiles
from kiosk.application.photograph import developed
from kiosk.application.receipt import ReceiptKey
from kiosk.application.signing import Signing
from kiosk.application.trust import TrustStore
from kiosk.clock import SystemClock
from kiosk.config import Hours
from kiosk.courier.spool import Spool
from kiosk.forms.loader import load_forms
from kiosk.journal import Journal
from kiosk.journey import events
from kiosk.journey.commands import Draft, PreparePage, ReadHolder, Sign
from kiosk.journey.troubles import Trouble
from kiosk.signer.direct import DirectSigner
from kiosk.signer.protocol import HolderKey
from kiosk.workers.card import CardWorker
from kiosk.workers.clerk import Clerk
from kiosk.workers.drafting import Desk
from kiosk.workers.health import Health
from kiosk.workers.offer import FolderOffer
from kiosk.workers.timetable import Timetable

NOW = datetime.now(UTC)
ROOT = Path(__file__).parents[3]
POLICY = "1.2.392.200149.8.5.1.0.20"


class Office:
    """Both workers, and the mail they post."""

    def __init__(self, authority: Path, folder: Path, capacity: int = 10) -> None:
        self.mail: queue.SimpleQueue[events.Event] = queue.SimpleQueue()
        self.unforeseen: list[Exception] = []
        self.lines = io.StringIO()
        self.reader = DirectReader(Tray(authority))
        clock = SystemClock()
        journal = Journal("kiosk", self.lines, clock)
        self.health = Health(self.mail.put, journal)
        self.spool = Spool(folder / "spool.sqlite3", capacity)
        store = TrustStore.load([authority / "sign_ca.pem"], allow_demo=True)
        self.clerk = Clerk(
            clock, self.mail.put, journal, self.unforeseen.append,
            desk=Desk("kiosk-01", "鶴ヶ島市", True, "consent/1", "上記の内容に電子署名をします。"),
            fonts=FontFiles(), city_key=CityKey(X25519PrivateKey.generate().public_key()),
            receipt_key=ReceiptKey(Ed25519PrivateKey.generate().public_key()),
            spool=self.spool, patience=0.1, health=self.health,
            offer=FolderOffer(load_forms(ROOT / "config/forms", ("ja", "en"))),
            timetable=Timetable(Hours().opening(), clock, self.health),
            clock_must_be_trusted=False,
        )  # fmt: skip
        self.card = CardWorker(
            self.reader, DirectSigner(self.reader), clock, self.mail.put, journal, self.unforeseen.append,
            holder_key=HolderKey.PIN,
            begin=lambda command: Signing(command.prepared, store, {POLICY}, clock.now(), command.holder),
            file=lambda prepared, container: self.clerk.give(lambda: self.clerk.file(prepared, container)),
            healthy=lambda *, well: self.health.report("reader", well=well),
            restart_service=lambda: None,
        )  # fmt: skip

    def wait(self, kind: type):
        """Return the next event of a kind; others before it are dropped."""
        while True:
            event = self.mail.get(timeout=10)
            if isinstance(event, kind):
                return event
            assert not isinstance(event, events.TroubleMet), event

    def prepare(self, **changes):
        form = load_forms(ROOT / "config/forms", ("ja", "en"))[0]
        answers = {"name": "鶴ヶ島　花子", "copies": 1, "kind": "self", **changes}
        draft = Draft(form, answers, dict.fromkeys(answers, Origin.TYPED), ("card",), "ja")
        self.clerk.give(lambda: self.clerk.prepare(PreparePage(draft)))

    def prepare_paper(self, photographs) -> None:
        """Have the register's form made with photographs of a paper."""
        form = next(form for form in load_forms(ROOT / "config/forms", ("ja", "en")) if form.id == "fuhyo")
        answers = {"relationship": "descendant", "proof": [each.sha256 for each in photographs]}
        origins = {"relationship": Origin.TYPED, "proof": Origin.PHOTOGRAPHED}
        draft = Draft(form, answers, origins, (), "ja", photographs={"proof": tuple(photographs)})
        self.clerk.give(lambda: self.clerk.prepare(PreparePage(draft)))

    def wait_until(self, true) -> None:
        end = time.monotonic() + 10
        while not true():
            assert time.monotonic() < end
            self.clerk.disturbed.wait(0.05)

    def sign(self, prepared) -> None:
        secret = cells("KIOSK2026", SIGNING_PAD)
        self.card.give(lambda: self.card.sign(Sign(prepared, secret, None, last_try_agreed=False)))


def _still_known(transaction: str) -> list[object]:
    """Return what is still in memory of an application."""
    gc.collect()
    applications = (each for each in gc.get_objects() if type(each) is Application)  # asks no lazy object what it is
    return [each for each in applications if each.transaction_id == transaction]


def _photographs():
    frames = (random.Random(seed).randbytes(64 * 48 * 3) for seed in (1, 2))
    return [developed(rgb, (64, 48), turned=0, pixels=12_000_000) for rgb in frames]


def _text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
    finally:
        document.close()
    return "".join("".join(pages).split())


def cells(text: str, pad: str) -> Secret:
    secret = Secret()
    for character in text:
        secret.append(pad.index(character))
    return secret


@pytest.fixture
def office(authority_folder: Path, tmp_path: Path):
    made = Office(authority_folder, tmp_path)
    made.clerk.start()
    made.card.start()
    yield made
    assert made.card.stop(5)
    assert made.clerk.stop(5)
    made.spool.close()
    assert made.unforeseen == []


def test_the_tray_is_watched(office: Office) -> None:
    office.reader.lay("hanako")
    office.wait(events.CardLaid)
    office.reader.lift()
    office.wait(events.CardLifted)
    assert office.mail.empty(), "each is told once"


@pytest.mark.parametrize(
    ("persona", "known"),
    [
        ("hanako", events.CardKnown(CardKind.MY_NUMBER, holds_certificate=True, attempts_left=5, pin_attempts_left=3)),
        ("child", events.CardKnown(CardKind.MY_NUMBER, holds_certificate=False, pin_attempts_left=3)),
        ("locked", events.CardKnown(CardKind.MY_NUMBER, holds_certificate=True, attempts_left=0, pin_attempts_left=3)),
        ("licence", events.CardKnown(CardKind.LICENCE)),
    ],
)
def test_a_card_is_known_before_any_password(office: Office, persona: str, known: events.CardKnown) -> None:
    office.reader.lay(persona)
    office.wait(events.CardLaid)
    office.card.give(office.card.probe)
    assert office.wait(events.CardKnown) == known


def test_a_signed_application_lies_in_the_spool_before_anything_is_told(office: Office) -> None:
    office.reader.lay("hanako")
    office.prepare()
    prepared = office.wait(events.PageReady).prepared
    secret = cells("KIOSK2026", SIGNING_PAD)
    office.card.give(lambda: office.card.sign(Sign(prepared, secret, None, last_try_agreed=False)))
    office.wait(events.SignatureMade)
    number = office.wait(events.HandedOver).holding_number
    assert office.spool.waiting() == 1
    assert len(number) == 9
    office.wait(events.CitySilent)
    assert len(secret) == 0


def test_a_photographed_paper_is_signed_with_the_page_that_names_it(office: Office) -> None:
    photographs = _photographs()
    office.reader.lay("hanako")
    office.prepare_paper(photographs)
    prepared = office.wait(events.PageReady).prepared
    office.sign(prepared)
    names = ["application.json", "view.pdf", "attachments/proof-1.jpg", "attachments/proof-2.jpg"]
    assert [entry.name for entry in prepared.entries] == names
    assert [entry.data for entry in prepared.entries[2:]] == [each.jpeg for each in photographs]
    page, answer = _text_of(prepared.entries[1].data), prepared.application.answers[-1]
    assert (answer.field, answer.origin) == ("proof", Origin.PHOTOGRAPHED)
    for number, each in enumerate(photographs, 1):
        assert f"proof-{number}.jpg" in page
        assert each.sha256 in page
    assert "写真2枚" in page
    office.wait(events.HandedOver)


def test_nothing_of_an_application_stays_with_the_workers(office: Office) -> None:
    """Also without another citizen after this one: a worker that rests holds nothing of what it did last."""
    photographs = _photographs()
    office.reader.lay("hanako")
    office.prepare_paper(photographs)
    prepared = office.wait(events.PageReady).prepared
    office.sign(prepared)
    office.wait(events.CitySilent)
    transaction = prepared.application.transaction_id
    held = [weakref.ref(each) for each in photographs]
    del photographs, prepared
    office.wait_until(lambda: [each() for each in held] == [None, None] and not _still_known(transaction))


def test_a_receipt_that_cannot_be_checked_is_not_shown(office: Office) -> None:
    office.reader.lay("hanako")
    office.prepare()
    prepared = office.wait(events.PageReady).prepared
    office.clerk._patience = 5.0
    secret = cells("KIOSK2026", SIGNING_PAD)
    office.card.give(lambda: office.card.sign(Sign(prepared, secret, None, last_try_agreed=False)))
    office.wait(events.HandedOver)
    office.spool.answered(prepared.application.transaction_id, b'{"receipt": {}, "key": "x", "signature": ""}', NOW)
    office.wait(events.CitySilent)
    assert '"event": "receipt-faulty"' in office.lines.getvalue()


def test_a_wrong_password_is_told_with_the_tries_left_and_wiped(office: Office) -> None:
    office.reader.lay("hanako")
    office.prepare()
    prepared = office.wait(events.PageReady).prepared
    secret = cells("KIOSK2027", SIGNING_PAD)
    office.card.give(lambda: office.card.sign(Sign(prepared, secret, None, last_try_agreed=False)))
    assert office.wait(events.PasswordRefused).attempts_left == 4
    assert len(secret) == 0
    assert office.spool.waiting() == 0


@pytest.mark.parametrize(
    ("persona", "trouble"),
    [
        ("expired", Trouble.CERTIFICATE_EXPIRED),
        ("notyet", Trouble.CERTIFICATE_NOT_YET_VALID),
        ("stranger", Trouble.CERTIFICATE_UNSUITABLE),
        ("lasttry", Trouble.OTHER_CARD),
    ],
)
def test_a_certificate_that_may_not_sign_signs_nothing(office: Office, persona: str, trouble: Trouble) -> None:
    office.reader.lay(persona)
    office.prepare()
    prepared = office.wait(events.PageReady).prepared
    secret = cells("KIOSK2026", SIGNING_PAD)
    office.card.give(lambda: office.card.sign(Sign(prepared, secret, None, last_try_agreed=False)))
    while not isinstance(event := office.mail.get(timeout=10), events.TroubleMet):
        pass
    assert event.trouble is trouble
    assert office.spool.waiting() == 0


def test_the_person_who_prefilled_must_be_the_one_who_signs(office: Office) -> None:
    office.reader.lay("hanako")
    office.card.give(lambda: office.card.read_holder(ReadHolder(cells("1234", DIGIT_PAD))))
    holder = office.wait(events.HolderRead).holder
    assert holder.name == "鶴ヶ島　花子"
    office.prepare()
    prepared = office.wait(events.PageReady).prepared
    office.reader.lift()
    office.reader.lay("unknownbirth")
    secret = cells("KIOSK2026", SIGNING_PAD)
    office.card.give(lambda: office.card.sign(Sign(prepared, secret, holder, last_try_agreed=False)))
    while not isinstance(event := office.mail.get(timeout=10), events.TroubleMet):
        pass
    assert event.trouble is Trouble.OTHER_CARD


def test_a_certificate_from_before_a_move_is_told_apart_from_another_person(office: Office) -> None:
    office.reader.lay("moved")
    office.card.give(lambda: office.card.read_holder(ReadHolder(cells("1234", DIGIT_PAD))))
    holder = office.wait(events.HolderRead).holder
    office.prepare()
    prepared = office.wait(events.PageReady).prepared
    secret = cells("KIOSK2026", SIGNING_PAD)
    office.card.give(lambda: office.card.sign(Sign(prepared, secret, holder, last_try_agreed=False)))
    while not isinstance(event := office.mail.get(timeout=10), events.TroubleMet):
        pass
    assert event.trouble is Trouble.CERTIFICATE_OUTDATED


def test_a_substitute_character_in_the_certificate_is_no_other_person(office: Office) -> None:
    office.reader.lay("oldkanji")
    office.card.give(lambda: office.card.read_holder(ReadHolder(cells("1234", DIGIT_PAD))))
    holder = office.wait(events.HolderRead).holder
    office.prepare(name=holder.name, address=holder.address)
    prepared = office.wait(events.PageReady).prepared
    secret = cells("KIOSK2026", SIGNING_PAD)
    office.card.give(lambda: office.card.sign(Sign(prepared, secret, holder, last_try_agreed=False)))
    assert office.wait(events.HandedOver).holding_number
    assert office.spool.waiting() == 1


def test_a_wrong_pin_costs_one_try(office: Office) -> None:
    office.reader.lay("hanako")
    office.card.give(lambda: office.card.read_holder(ReadHolder(cells("9999", DIGIT_PAD))))
    assert office.wait(events.PasswordRefused).attempts_left == 2


def test_a_card_torn_while_it_signs_leaves_nothing_behind(office: Office) -> None:
    office.reader.lay("hanako")
    office.prepare()
    prepared = office.wait(events.PageReady).prepared
    office.reader.tray.arm(Fault(FaultKind.REMOVE, "sign", When.MID))
    secret = cells("KIOSK2026", SIGNING_PAD)
    office.card.give(lambda: office.card.sign(Sign(prepared, secret, None, last_try_agreed=False)))
    while not isinstance(event := office.mail.get(timeout=10), events.TroubleMet):
        pass
    assert event.trouble is Trouble.CARD_REMOVED
    assert (len(secret), office.spool.waiting()) == (0, 0)


def test_a_character_that_no_font_has_is_told_and_not_dropped(office: Office) -> None:
    office.prepare(name="\U000e0200太郎")
    event = office.mail.get(timeout=10)
    assert event == events.TroubleMet(Trouble.CHARACTER_UNKNOWN)


def test_a_full_spool_closes_the_kiosk_before_anybody_begins(authority_folder: Path, tmp_path: Path) -> None:
    office = Office(authority_folder, tmp_path, capacity=0)
    office.clerk.start()
    assert office.wait(events.ServiceChanged) == events.ServiceChanged(open=False, reason="spool")
    assert office.clerk.stop(5)
    office.spool.close()


def test_nothing_of_a_citizen_stands_in_the_journal(office: Office) -> None:
    test_a_signed_application_lies_in_the_spool_before_anything_is_told(office)
    written = office.lines.getvalue()
    assert '"event": "signed"' in written
    for personal in ("花子", "KIOSK2026", "juminhyo"):
        assert personal not in written


class _LostReader:
    """A reader that is never there."""

    name = "lost"

    def __init__(self) -> None:
        self.asked = threading.Event()

    def presence(self):
        raise ReaderLost

    def wait_for(self, presence, timeout, stop):
        self.asked.set()
        raise ReaderLost

    def connect(self):
        raise ReaderLost


def test_a_reader_that_is_lost_closes_the_kiosk(authority_folder: Path, tmp_path: Path) -> None:
    office = Office(authority_folder, tmp_path)
    office.card._reader = _LostReader()
    office.card.start()
    assert office.wait(events.ServiceChanged) == events.ServiceChanged(open=False, reason="reader")
    office.card.give(office.card.probe)
    while not isinstance(event := office.mail.get(timeout=10), events.TroubleMet):
        pass
    assert event.trouble is Trouble.READER_LOST
    assert office.card.stop(5)
    office.spool.close()


class _ReaderThatComesBack(DirectReader):
    """A reader that is unplugged until the test plugs it in."""

    plugged = False

    def presence(self):
        if not self.plugged:
            raise ReaderLost
        return super().presence()

    def wait_for(self, *wanted):
        if not self.plugged:
            raise ReaderLost
        return super().wait_for(*wanted)


def test_a_reader_that_is_plugged_in_again_opens_the_kiosk_by_itself(authority_folder: Path, tmp_path: Path) -> None:
    office = Office(authority_folder, tmp_path)
    office.card._reader = reader = _ReaderThatComesBack(Tray(authority_folder))
    office.card.start()
    assert office.wait(events.ServiceChanged) == events.ServiceChanged(open=False, reason="reader")
    reader.plugged = True
    assert office.wait(events.ServiceChanged) == events.ServiceChanged(open=True)
    reader.lay("hanako")
    assert office.wait(events.CardLaid)
    assert office.card.stop(5)
    office.spool.close()


def test_an_error_that_nobody_foresaw_is_told_and_the_worker_goes_on(office: Office) -> None:
    def broken() -> None:
        raise KeyError("花子")

    office.card.give(broken)
    office.reader.lay("hanako")
    assert office.wait(events.CardLaid)
    assert [type(error) for error in office.unforeseen] == [KeyError]
    office.unforeseen.clear()


class _ServiceEndsUnderACard(_LostReader):
    """A card that stopped answering because the card service was just ending; waiting forgives an outage."""

    def wait_for(self, presence, timeout, stop):
        return False

    def connect(self):
        raise CardUnreadable


def test_a_card_that_is_mute_because_its_service_ended_is_not_blamed(authority_folder: Path, tmp_path: Path) -> None:
    office = Office(authority_folder, tmp_path)
    office.card._reader = _ServiceEndsUnderACard()
    office.card.probe()
    while not isinstance(event := office.mail.get(timeout=10), events.TroubleMet):
        pass
    assert event.trouble is Trouble.READER_LOST
    office.spool.close()
