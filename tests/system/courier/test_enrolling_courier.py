"""What a new kiosk takes for its certificate: its own city's, for its own key and name, and nothing else."""

import io
import json
import stat
from threading import Event, Thread

import pytest
from courier_city import LittleCity, http, problem
from courier_trust import KIOSK
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from kiosk.clock import SystemClock
from kiosk.courier.enrolment import Enroller
from kiosk.courier.identity import FAULTY
from kiosk.courier.settings import EnrolmentSettings
from kiosk.courier.word import ask_anew, last_word
from kiosk.journal import Journal
from tests.tls_authority import Authority


def enroller(trust, city, folder, longest_wait=0.02, alive=lambda: None):
    identity, spool = folder / "kiosk.pem", folder / "spool.sqlite3"
    settings = EnrolmentSettings(
        KIOSK, "code", city.url, trust.authority.path, identity, spool, 5, 5, 0.01, longest_wait
    )
    return Enroller(settings, SystemClock(), Journal("courier", io.StringIO(), SystemClock()), alive)


def certifying(answer):
    """Return a city's mood: the answer that `answer` makes of the key in the request."""

    def mood(_city, _transaction, body):
        asked = x509.load_pem_x509_csr(json.loads(body)["request"].encode())
        return http(201, json.dumps(answer(asked.public_key())).encode())

    return mood


def certificate(authority, name=KIOSK, key=None, **facts):
    return lambda asked: {"certificate": authority.certify(name, key or asked, **facts).decode()}


def test_the_citys_certificate_for_this_key_is_kept_with_it(trust, tmp_path):
    with LittleCity(trust, moods=[certifying(certificate(trust.authority))], client_authority=False) as city:
        assert enroller(trust, city, tmp_path).once() is None
    kept = (tmp_path / "kiosk.pem").read_bytes()
    key = load_pem_private_key(kept, None)
    assert x509.load_pem_x509_certificate(kept).public_key() == key.public_key()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir() if path.stem == "kiosk"}
    assert modes == {"kiosk.pem": 0o600, "kiosk.code": 0o600}


FOREIGN = ec.generate_private_key(ec.SECP256R1()).public_key()
FAULTY_ANSWERS = {
    "of another authority with the same name": lambda right, other: certificate(other),
    "for another key": lambda right, other: certificate(right, key=FOREIGN),
    "for another kiosk": lambda right, other: certificate(right, "kiosk-other"),
    "over": lambda right, other: certificate(right, days=(-9, -2)),
    "none": lambda right, other: lambda asked: {},
    "a number": lambda right, other: lambda asked: {"certificate": 5},
    "no certificate": lambda right, other: lambda asked: {"certificate": "certificate"},
    "a list": lambda right, other: lambda asked: [],
}


@pytest.mark.parametrize("kind", FAULTY_ANSWERS)
def test_any_other_answer_is_refused_and_its_key_goes_on_waiting(trust, tmp_path, kind):
    other = Authority(tmp_path / "other", trust.authority.name)
    answer = FAULTY_ANSWERS[kind](trust.authority, other)
    with LittleCity(trust, moods=[certifying(answer)] * 2, client_authority=False) as city:
        asking = enroller(trust, city, tmp_path)
        assert asking.once() == FAULTY
        key = (tmp_path / "kiosk.waiting").read_bytes()
        assert stat.S_IMODE((tmp_path / "kiosk.waiting").stat().st_mode) == 0o600
        assert asking.once() == FAULTY
    assert (tmp_path / "kiosk.waiting").read_bytes() == key
    assert not (tmp_path / "kiosk.pem").exists()
    assert asking.needed()
    assert last_word(tmp_path / "spool.sqlite3").answer == FAULTY


def test_where_people_have_to_act_the_city_is_not_pressed(trust, tmp_path):
    """A refused code stays refused: the next question has time, unless somebody at the machine asks for it."""
    beats, waited = [], Event()

    def alive():
        beats.append(len(city.requests))
        if len(beats) > 2:
            waited.set()

    with LittleCity(trust, choose=lambda: refusing, client_authority=False) as city:
        asking = enroller(trust, city, tmp_path, longest_wait=600.0, alive=alive)
        thread = Thread(target=asking.run)
        thread.start()
        try:
            assert waited.wait(20)
            assert set(beats) == {1}
            ask_anew(tmp_path / "spool.sqlite3")
            assert city.wait_until(lambda city: len(city.requests) == 2)
        finally:
            asking.stopped.set()
            thread.join(20)
    assert not thread.is_alive()


def refusing(_city, _transaction, _body):
    return problem(403, "enrolment-refused")
