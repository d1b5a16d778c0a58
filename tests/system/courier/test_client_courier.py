"""The city client against a real TLS server that behaves well, badly, or is someone else."""

import hashlib
import os
import socket

import courier_city as moods
import pytest
from courier_city import LittleCity, http
from courier_trust import KIOSK

from kiosk.application.receipt import ReceiptKey
from kiosk.clock import SystemClock
from kiosk.courier.client import CityClient, ask_for_certificate
from kiosk.courier.parcel import Due
from kiosk.courier.policy import Accepted, Later, Reason, Refused
from kiosk.courier.settings import CourierSettings, EnrolmentSettings
from tests.tls_authority import IMPOSTORS, Authority, impostor

LABEL = Due(1, "11111111-2222-4333-8444-555555555555", "K7P4-29XD", "0123456789abcdef", 0)
SEALED = hashlib.shake_256(b"sealed").digest(40_000)


def client(trust, url, **changes):
    settings = {
        "kiosk_id": KIOSK,
        "url": url,
        "ca": trust.authority.path,
        "client_certificate": trust.kiosk[0],
        "client_key": trust.kiosk[1],
        "receipt_key": trust.receipt_pem,
        "spool": trust.receipt_pem,
        "capacity": 1,
        "control": None,
        "connect_timeout": 1.0,
        "answer_timeout": 1.0,
        "first_wait": 1.0,
        "longest_wait": 1.0,
    }
    return CityClient(CourierSettings(**settings | changes), ReceiptKey.load(trust.receipt_pem), SystemClock())


def deliver(trust, city, **changes):
    with client(trust, city.url, **changes) as line:
        return line.deliver(LABEL, SEALED)


def test_the_stored_bytes_arrive_as_they_are_and_the_receipt_comes_back(trust):
    with LittleCity(trust) as city:
        outcome = deliver(trust, city)
        assert outcome == Accepted(city.stored[LABEL.transaction_id][1])
    assert city.requests == [(LABEL.transaction_id, hashlib.sha256(SEALED).hexdigest())]
    assert city.clients == {KIOSK}
    assert city.headers["content-type"] == "application/vnd.madoguchi.sealed"
    assert city.headers["sealing-key"] == LABEL.key_id


def test_sending_again_brings_the_first_receipt(trust):
    with LittleCity(trust) as city, client(trust, city.url) as line:
        first = line.deliver(LABEL, SEALED)
        assert line.deliver(LABEL, SEALED) == first
    assert city.connections == 1
    assert len(city.stored) == 1


def test_stored_but_not_yet_checked_is_accepted_too(trust):
    def on_hold(city, transaction, body):
        return http(201, city.receipt(transaction, body, status="on_hold"))

    with LittleCity(trust, moods=[on_hold]) as city:
        assert isinstance(deliver(trust, city), Accepted)


@pytest.mark.parametrize(
    ("mood", "outcome"),
    [
        (moods.busy, Later(Reason.BUSY)),
        (moods.broken, Later(Reason.SERVER_ERROR)),
        (moods.cut_before, Later(Reason.UNREACHABLE)),
        (moods.answer_lost, Later(Reason.UNREACHABLE)),
        (moods.half_answer, Later(Reason.UNREACHABLE)),
        (moods.late, Later(Reason.TOO_SLOW)),
        (moods.revoked, Refused("certificate-revoked")),
        (moods.forbidden, Later(Reason.FORBIDDEN)),
        (moods.portal, Later(Reason.NOT_THE_CITY)),
        (moods.page_for_json, Later(Reason.RECEIPT_FAULTY)),
        (moods.other_signature, Later(Reason.RECEIPT_FAULTY)),
        (moods.changed_receipt, Later(Reason.RECEIPT_FAULTY)),
        (moods.someone_elses, Later(Reason.RECEIPT_FAULTY)),
        (moods.other_content, Later(Reason.RECEIPT_FAULTY)),
        (moods.other_kiosk, Later(Reason.RECEIPT_FAULTY)),
        (moods.endless, Later(Reason.RECEIPT_FAULTY)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_whatever_the_city_does_has_a_name(trust, mood, outcome):
    with LittleCity(trust, moods=[mood]) as city:
        assert deliver(trust, city) == outcome


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_never_followed(trust, status):
    with LittleCity(trust) as elsewhere:

        def redirect(*_):
            return http(status, Location=elsewhere.url + "/v1/applications")

        with LittleCity(trust, moods=[redirect]) as city:
            assert deliver(trust, city) == Later(Reason.NOT_THE_CITY)
        assert elsewhere.connections == 0


def test_a_proxy_in_the_environment_is_not_asked(trust, monkeypatch):
    with LittleCity(trust) as city, socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.settimeout(0)
        for name in ("https_proxy", "HTTPS_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", os.devnull)
        assert isinstance(deliver(trust, city), Accepted)
        with pytest.raises(BlockingIOError):
            proxy.accept()


@pytest.mark.parametrize("kind", IMPOSTORS)
def test_an_impostor_gets_not_one_byte(trust, tmp_path, kind):
    with LittleCity(trust, certificate=impostor(trust.authority, kind, tmp_path), client_authority=False) as city:
        assert deliver(trust, city) == Later(Reason.UNTRUSTED)
    assert city.connections == 1
    assert city.application_bytes == 0


@pytest.mark.parametrize("kind", IMPOSTORS)
def test_an_impostor_is_not_told_the_code(trust, tmp_path, kind):
    with LittleCity(trust, impostor(trust.authority, kind, tmp_path), client_authority=False) as city:
        settings = EnrolmentSettings(
            KIOSK, "code", city.url, trust.authority.path, tmp_path / "id", tmp_path / "spool", 1.0, 1.0, 1.0, 1.0
        )
        assert ask_for_certificate(settings, b"{}") == Later(Reason.UNTRUSTED)
    assert city.connections == 1
    assert city.application_bytes == 0


def test_a_city_that_does_not_know_our_certificate_is_a_reason_to_wait(trust, tmp_path):
    stranger = Authority(tmp_path, "strangers").issue(KIOSK)
    with LittleCity(trust) as city:
        outcome = deliver(trust, city, client_certificate=stranger[0], client_key=stranger[1])
    assert isinstance(outcome, Later)
    assert outcome.city_wide
    assert city.application_bytes == 0


def test_nobody_there(trust):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with client(trust, f"https://127.0.0.1:{port}") as line:
        assert line.deliver(LABEL, SEALED) == Later(Reason.UNREACHABLE)


def test_a_name_that_does_not_exist(trust):
    with client(trust, "https://city.invalid:8443") as line:
        assert isinstance(line.deliver(LABEL, SEALED), Later)


def test_someone_who_never_says_anything(trust):
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        client(trust, f"https://127.0.0.1:{server.getsockname()[1]}") as line,
    ):
        assert line.deliver(LABEL, SEALED) == Later(Reason.TOO_SLOW)


def test_plain_text_where_tls_was_expected(trust):
    import threading

    def talk():
        connection, _ = server.accept()
        with connection:
            connection.recv(100)
            connection.sendall(http(200, b"{}"))

    with socket.create_server(("127.0.0.1", 0)) as server:
        talker = threading.Thread(target=talk)
        talker.start()
        with client(trust, f"https://127.0.0.1:{server.getsockname()[1]}") as line:
            assert line.deliver(LABEL, SEALED) == Later(Reason.UNTRUSTED)
        talker.join()


def test_a_file_that_is_missing_is_told_before_anything_starts(trust, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"absent\.pem"):
        client(trust, "https://127.0.0.1:1", ca=tmp_path / "absent.pem")
