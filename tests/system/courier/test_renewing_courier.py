"""A kiosk's certificate is renewed in the last third of its time, and no answer makes the kiosk lose the one it has."""

import datetime as dt
import io
import json
import stat
from contextlib import contextmanager

import pytest
from courier_city import LittleCity, busy, forbidden, http, problem
from courier_trust import KIOSK
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from kiosk.application.receipt import ReceiptKey
from kiosk.clock import SystemClock
from kiosk.courier.client import CityClient
from kiosk.courier.policy import Later, Reason
from kiosk.courier.renewal import Renewal
from kiosk.courier.settings import CourierSettings
from kiosk.journal import Journal
from tests.tls_authority import Authority

LATE = (-300, 65)  # days: the last third of a year
OVER = (-366, -1)


class Kiosk:
    """A courier's folder with one file for certificate and key, and what it would write to the journal."""

    def __init__(self, trust, folder, days=LATE):
        self.trust, self.folder = trust, folder
        self.identity = folder / "kiosk.pem"
        self.issue(days)
        self.log = io.StringIO()

    def issue(self, days):
        key = ec.generate_private_key(ec.SECP256R1())
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self.identity.write_bytes(self.trust.authority.certify(KIOSK, key.public_key(), days=days) + secret)

    def settings(self, url, key=None, authority=None):
        return CourierSettings(
            KIOSK, url, authority or self.trust.authority.path, self.identity, key or self.identity,
            self.trust.receipt_pem, self.folder / "spool.sqlite3", 1, None, 5, 5, 0.01, 0.02,
        )  # fmt: skip

    def renewal(self, city, key=None, go_on=lambda: True, authority=None):
        settings = self.settings(city.url, key, authority)
        clock = SystemClock()
        return Renewal(
            settings, ReceiptKey.load(settings.receipt_key), clock, Journal("courier", self.log, clock), go_on
        )

    def events(self):
        return [
            {name: entry[name] for name in entry.keys() & {"event", "reason", "days"}}
            for entry in map(json.loads, self.log.getvalue().splitlines())
        ]

    def certificate(self):
        return x509.load_pem_x509_certificate(self.identity.read_bytes())


@pytest.fixture
def kiosk(trust, tmp_path):
    return Kiosk(trust, tmp_path)


def certifying(answer):
    def mood(_city, _transaction, body):
        asked = x509.load_pem_x509_csr(json.loads(body)["request"].encode())
        return http(201, json.dumps(answer(asked.public_key())).encode())

    return mood


def renewed(trust, **facts):
    return certifying(lambda key: {"certificate": trust.authority.certify(KIOSK, key, **facts).decode()})


@contextmanager
def asked_once(kiosk, *moods):
    """A city, asked once by a fresh renewal; gives both."""
    with LittleCity(kiosk.trust, moods=moods) as city:
        renewal = kiosk.renewal(city)
        renewal.turn()
        yield city, renewal


def test_the_next_certificate_takes_the_place_of_the_present_one_with_a_new_key(trust, kiosk):
    before = kiosk.identity.read_bytes()
    with asked_once(kiosk, renewed(trust)) as (city, renewal):
        assert city.clients == {KIOSK}, "it shows the certificate that it has"
        assert renewal.wait() > 600
    kept = kiosk.identity.read_bytes()
    assert load_pem_private_key(kept, None).public_key() == kiosk.certificate().public_key()
    assert kept != before
    assert stat.S_IMODE(kiosk.identity.stat().st_mode) == 0o600
    assert [path.name for path in kiosk.folder.iterdir() if path.stem == "kiosk"] == ["kiosk.pem"]
    assert kiosk.events() == [{"event": "renewal.done"}]
    with LittleCity(trust, moods=[busy]) as city, CityClient(kiosk.settings(city.url), None, SystemClock()) as client:
        assert client.renew(b"{}").status == 503, "the new pair is let in"


@pytest.mark.parametrize("days", [(-1, 30), (-200, 165), (-240, 125)])
def test_earlier_nothing_is_asked(trust, tmp_path, days):
    with asked_once(Kiosk(trust, tmp_path, days)) as (city, renewal):
        assert renewal.wait() > 600
        assert city.requests == []


@pytest.mark.parametrize("days", [(-244, 121), (-364, 1), (-2, 0.5)])
def test_in_the_last_third_it_is(trust, tmp_path, days):
    with asked_once(Kiosk(trust, tmp_path, days), renewed(trust)) as (city, _):
        assert len(city.requests) == 1


FOREIGN = ec.generate_private_key(ec.SECP256R1()).public_key()
TROUBLES = {  # the answer, the reason and whether it is asked again within two hours
    "no answer": (lambda *_: (None,), "unreachable", True),
    "busy": (busy, "busy", True),
    "no longer known": (forbidden, "forbidden", False),
    "not offered": (lambda *_: problem(404, "not-found"), "not-offered", False),
    "too early for the city": (lambda *_: problem(409, "renewal-early"), "in-progress", False),
    "not understood": (lambda *_: problem(400, "malformed"), "malformed", False),
    "a page": (lambda *_: http(200, b"<html>", "text/html"), "not-the-city", True),
    "no certificate": (lambda *_: http(201, b"{}"), "certificate-faulty", False),
}  # fmt: skip


@pytest.mark.parametrize("kind", TROUBLES)
def test_whatever_else_comes_the_present_one_stays(kiosk, kind):
    answer, reason, soon = TROUBLES[kind]
    before = kiosk.identity.read_bytes()
    with asked_once(kiosk, answer) as (city, renewal):
        assert len(city.requests) == 1
        assert (600 < renewal.wait() < 7200) is soon
        assert renewal.wait() > 600
    assert kiosk.identity.read_bytes() == before
    assert kiosk.events() == [{"event": "renewal.later", "reason": reason, "days": 64}]


@pytest.mark.parametrize("kind", ["another authority", "another key", "another kiosk"])
def test_a_certificate_that_is_not_the_kiosks_is_not_taken(trust, kiosk, tmp_path, kind):
    other = Authority(tmp_path / "other", trust.authority.name)
    made = {
        "another authority": lambda key: other.certify(KIOSK, key),
        "another key": lambda _: trust.authority.certify(KIOSK, FOREIGN),
        "another kiosk": lambda key: trust.authority.certify("kiosk-other", key),
    }[kind]
    before = kiosk.identity.read_bytes()
    with asked_once(kiosk, certifying(lambda key: {"certificate": made(key).decode()})):
        pass
    assert kiosk.identity.read_bytes() == before
    assert kiosk.events()[0]["reason"] == "certificate-faulty"


def test_while_the_city_changes_its_authority_the_new_one_may_issue_it(trust, kiosk, tmp_path):
    newer = Authority(tmp_path / "newer", "City of tests, the second")
    both = tmp_path / "both.pem"
    both.write_bytes(trust.authority.path.read_bytes() + newer.path.read_bytes())
    with LittleCity(trust, moods=[certifying(lambda key: {"certificate": newer.certify(KIOSK, key).decode()})]) as city:
        kiosk.renewal(city, authority=both).turn()
    assert kiosk.certificate().issuer == newer.certificate.subject


def test_a_lost_answer_is_asked_for_with_the_same_key(kiosk):
    keys = []

    def lost(_city, _transaction, body):
        keys.append(json.loads(body)["request"])
        return (None,)

    with LittleCity(kiosk.trust, moods=[lost, lost]) as city:
        for _ in range(2):
            kiosk.renewal(city).turn()
    first, second = (x509.load_pem_x509_csr(text.encode()).public_key() for text in keys)
    assert first == second != kiosk.certificate().public_key()


def test_a_key_that_has_its_certificate_already_is_not_certified_again(trust, kiosk):
    """As a power cut leaves it between the change of the certificate and the removal of the key that waited."""
    present = load_pem_private_key(kiosk.identity.read_bytes(), None)
    kiosk.identity.with_suffix(".waiting").write_bytes(
        present.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    with asked_once(kiosk, renewed(trust)):
        pass
    assert kiosk.certificate().public_key() != present.public_key()


def test_a_certificate_brought_by_hand_is_left_and_its_end_is_told(trust, tmp_path):
    kiosk = Kiosk(trust, tmp_path, (-340, 25))
    with LittleCity(trust) as city:
        kiosk.renewal(city, key=trust.kiosk[1]).turn()
        assert city.requests == []
    assert kiosk.events() == [{"event": "certificate.ends", "days": 24}]


def test_it_gives_way_to_an_application_and_comes_back(kiosk):
    hang = lambda *_: ((lambda closing: closing.wait(20)), None)  # noqa: E731
    with LittleCity(kiosk.trust, moods=[hang]) as city:
        renewal = kiosk.renewal(city, go_on=lambda: False)
        renewal.turn()
        assert renewal.wait() == 0
    assert kiosk.events() == []


def test_where_it_is_over_the_reason_says_so(trust, tmp_path):
    """The city breaks off the handshake or the line; without its name nobody would look at the kiosk's certificate."""
    kiosk = Kiosk(trust, tmp_path, OVER)
    with LittleCity(trust) as city:
        renewal = kiosk.renewal(city)
        renewal.turn()
        with CityClient(kiosk.settings(city.url), None, SystemClock()) as client:
            assert client.catalogue("", 100) == Later(Reason.CERTIFICATE_OVER)
        assert city.requests == []
    assert kiosk.events() == [{"event": "certificate.ends", "days": -2}]


def test_a_city_that_cannot_be_reached_is_called_so_while_the_certificate_is_good(kiosk):
    with CityClient(kiosk.settings("https://127.0.0.1:1"), None, SystemClock()) as client:
        assert client.catalogue("", 100) == Later(Reason.UNREACHABLE)


@pytest.mark.parametrize("content", [b"", b"nothing", b"-----BEGIN CERTIFICATE-----\n"])
def test_a_file_that_is_no_certificate_stops_nothing(kiosk, content):
    kiosk.identity.write_bytes(content)
    with asked_once(kiosk) as (city, _):
        assert city.requests == []


def test_a_clock_that_cannot_be_right_decides_nothing(kiosk):
    with LittleCity(kiosk.trust) as city:
        settings = kiosk.settings(city.url)
        clock = SystemClock(built=dt.datetime(2999, 1, 1, tzinfo=dt.UTC))
        renewal = Renewal(
            settings, ReceiptKey.load(settings.receipt_key), clock, Journal("courier", kiosk.log, clock), lambda: True
        )
        renewal.turn()
        assert city.requests == []
    assert kiosk.events() == []
