"""What a kiosk can send, and what it gets for it."""

from __future__ import annotations

import contextlib
import hashlib
import socket
import ssl
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import requests
from city_authority import Authority
from city_filing import KIOSK, PAGE, a_container, an_application, cms_over, container_of, document_of
from city_running import SEALED, KioskLine
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from city.provision import Authority as CityAuthority
from city.provision import _write_key
from city.receipts.numbers import is_number
from kiosk.application.container import build_container
from kiosk.application.manifest import Entry
from kiosk.application.receipt import check_receipt, read_receipt


def fresh() -> str:
    return str(uuid.uuid4())


def refused(answer: requests.Response, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == answer.json() | {"type": "about:blank", "status": status, "code": code}


def test_a_good_application_gets_a_receipt_that_the_kiosk_believes(line, citizen):
    txn = fresh()
    container = a_container(citizen, txn)
    sealed = line.sealed(container, txn)
    before = datetime.now(UTC).replace(microsecond=0)
    answer = line.deliver(sealed, txn)
    assert (answer.status_code, answer.headers["Content-Type"]) == (201, "application/json")
    receipt = read_receipt(answer.content, line.receipt_key)
    check_receipt(receipt, KIOSK, txn, sealed)
    assert is_number(receipt.number)
    assert (receipt.city, receipt.status.value, receipt.demo) == ("鶴ヶ島市", "accepted", True)
    assert receipt.container_sha256 == hashlib.sha256(container).hexdigest()
    assert before <= receipt.received <= datetime.now(UTC)


def test_the_same_bytes_again_get_the_same_receipt(line, citizen):
    txn = fresh()
    sealed = line.sealed(a_container(citizen, txn), txn)
    first, second = line.deliver(sealed, txn), line.deliver(sealed, txn)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.content == second.content


def test_many_deliveries_at_once_end_in_one_application(city, citizen):
    txn = fresh()
    with KioskLine(city) as line:
        sealed = line.sealed(a_container(citizen, txn), txn)

    def deliver(_: int) -> tuple[int, bytes]:
        with KioskLine(city) as own:
            answer = own.deliver(sealed, txn)
            return answer.status_code, answer.content

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(deliver, range(16)))
    assert sorted(status for status, _ in answers) == [200] * 15 + [201]
    assert len({content for _, content in answers}) == 1


def test_other_bytes_for_the_same_transaction_are_refused(line, citizen):
    txn = fresh()
    container = a_container(citizen, txn)
    assert line.deliver(line.sealed(container, txn), txn).status_code == 201
    refused(line.deliver(line.sealed(container, txn), txn), 422, "other-bytes")


def test_a_container_under_another_transaction_or_kiosk_is_refused(line, citizen):
    txn, other = fresh(), fresh()
    container = a_container(citizen, txn)
    refused(line.deliver(line.sealed(container, other), other), 422, "transaction-mismatch")
    elsewhere = a_container(citizen, other, kiosk_id="kiosk-2")
    refused(line.deliver(line.sealed(elsewhere, other), other), 422, "transaction-mismatch")


def test_sealed_for_another_transaction_kiosk_or_key_does_not_open(line, citizen):
    txn = fresh()
    container = a_container(citizen, txn)
    refused(line.deliver(line.sealed(container, fresh()), txn), 422, "not-opened")
    refused(line.deliver(line.sealed(container, txn, "kiosk-2"), txn), 422, "not-opened")
    sealed = line.sealed(container, txn)
    refused(line.deliver(sealed, txn, **{"Sealing-Key": "0" * 16}), 422, "not-opened")
    refused(line.deliver(sealed[:-1], txn), 422, "not-opened")


def test_each_fault_of_the_signature_has_its_code(line, authority, citizen):
    refused(line.file(authority.citizen(days=(-400, -1))), 422, "certificate-expired")
    refused(line.file(Authority("stranger").citizen()), 422, "certificate-untrusted")
    txn = fresh()
    refused(line.deliver(line.sealed(b"PK\3\4 nonsense", txn), txn), 422, "container-invalid")
    changed = container_of(document_of(an_application(txn)), citizen).replace("上記".encode(), "下記".encode())
    refused(line.deliver(line.sealed(changed, txn), txn), 422, "container-invalid")


def test_a_signature_of_another_manifest_is_refused(line, citizen):
    txn = fresh()
    entries = (Entry("application.json", document_of(an_application(txn))), Entry("view.pdf", PAGE))
    container = build_container(entries, cms_over(b"<other/>", citizen))
    refused(line.deliver(line.sealed(container, txn), txn), 422, "signature-invalid")


def test_a_refusal_is_final_for_its_bytes_and_not_stored(line, authority):
    txn = fresh()
    sealed = line.sealed(a_container(authority.citizen(days=(-400, -1)), txn), txn)
    for _ in range(2):
        refused(line.deliver(sealed, txn), 422, "certificate-expired")
    refused(line.get(f"{line.address}/{txn}", timeout=20), 404, "not-found")


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Content-Type": "application/octet-stream"}, 415, "media-type"),
        ({"Content-Type": None}, 415, "media-type"),
        ({"Idempotency-Key": "short"}, 400, "malformed"),
        ({"Idempotency-Key": "a b c d e f g h"}, 400, "malformed"),
        ({"Idempotency-Key": "x" * 65}, 400, "malformed"),
        ({"Idempotency-Key": None}, 400, "malformed"),
        ({"Sealing-Key": "XYZ"}, 400, "malformed"),
        ({"Sealing-Key": None}, 400, "malformed"),
    ],
)
def test_a_request_that_is_not_the_protocols_is_refused(line, headers, status, code):
    refused(line.deliver(b"sealed", fresh(), **headers), status, code)


def test_an_empty_body_and_one_without_length_are_malformed(line):
    refused(line.deliver(b"", fresh()), 400, "malformed")
    refused(line.deliver(iter([b"sealed"]), fresh()), 400, "malformed")


def test_too_large_is_refused(line):
    refused(line.deliver(b"\0" * (8 * 1024 * 1024 + 1), fresh()), 413, "too-large")


def test_too_large_is_refused_before_it_is_read(city):
    """A peer that announces 100 GB gets its answer after the headers."""
    context = ssl.create_default_context(cafile=str(city.folder / "city_ca.pem"))
    context.load_cert_chain(city.folder / "kiosk.pem", city.folder / "kiosk.key")
    with (
        socket.create_connection(("127.0.0.1", city.ports["kiosk_port"]), 20) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as secure,
    ):
        head = [
            "POST /v1/applications HTTP/1.1",
            "Host: localhost",
            f"Content-Type: {SEALED}",
            "Content-Length: 10000000000",
        ]
        secure.sendall("\r\n".join([*head, "", ""]).encode())
        assert secure.recv(4096).startswith(b"HTTP/1.1 413 ")


def test_an_upload_that_breaks_off_is_not_judged(city, line, citizen):
    txn = fresh()
    sealed = line.sealed(a_container(citizen, txn), txn)
    context = ssl.create_default_context(cafile=str(city.folder / "city_ca.pem"))
    context.load_cert_chain(city.folder / "kiosk.pem", city.folder / "kiosk.key")
    head = ["POST /v1/applications HTTP/1.1", "Host: localhost", f"Content-Type: {SEALED}"]
    head += [f"Content-Length: {len(sealed)}", f"Idempotency-Key: {txn}", f"Sealing-Key: {line.key.key_id}", "", ""]
    with (
        socket.create_connection(("127.0.0.1", city.ports["kiosk_port"]), 20) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as secure,
    ):
        secure.sendall("\r\n".join(head).encode() + sealed[:-1])
    until = time.monotonic() + 20
    while "upload.cut" not in city.log:
        assert time.monotonic() < until
        time.sleep(0.02)
    assert '"event": "application.refused"' not in city.log.partition("upload.cut")[2]
    assert line.deliver(sealed, txn).status_code == 201


def test_silent_peers_keep_nobody_waiting(city, line, citizen):
    with contextlib.ExitStack() as silent:
        for _ in range(24):
            for door in ("kiosk_port", "staff_port"):
                silent.enter_context(socket.create_connection(("127.0.0.1", city.ports[door]), 20))
        begun = time.monotonic()
        assert line.file(citizen).status_code == 201
        assert time.monotonic() - begun < 4  # a thread for each silent peer would make it wait a minute


def test_other_methods_are_not_allowed(line):
    assert line.get(line.address, timeout=20).status_code == 405
    assert line.delete(f"{line.address}/{fresh()}", timeout=20).status_code == 405


def test_the_state_can_be_asked_later(line, citizen):
    answer = line.file(citizen)
    txn = answer.json()["receipt"]["transaction_id"]
    later = line.get(f"{line.address}/{txn}", timeout=20)
    assert later.status_code == 200
    assert later.json() == answer.json() | {"state": "accepted"}
    assert read_receipt(later.content, line.receipt_key).transaction_id == txn


def test_without_a_client_certificate_nothing_is_answered(city):
    with requests.Session() as anyone:
        anyone.trust_env = False
        anyone.verify = str(city.folder / "city_ca.pem")
        with pytest.raises((requests.exceptions.SSLError, requests.exceptions.ConnectionError)):
            anyone.get(f"{city.kiosk_url}/health", timeout=20)


def issue(city, name: str, authority: CityAuthority, common_name: str, purpose) -> None:
    certificate, key = authority.issue(common_name, purpose, [], datetime.now(UTC))
    _write_key(city.folder / f"{name}.key", key)
    (city.folder / f"{name}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))


def test_a_certificate_of_another_authority_or_purpose_is_not_let_in(city):
    issue(city, "forged", CityAuthority.make("鶴ヶ島市", datetime.now(UTC)), KIOSK, ExtendedKeyUsageOID.CLIENT_AUTH)
    issue(city, "server", CityAuthority.load(city.folder), KIOSK, ExtendedKeyUsageOID.SERVER_AUTH)
    for name in ("forged", "server"):
        with (
            KioskLine(city, name) as line,
            pytest.raises((requests.exceptions.SSLError, requests.exceptions.ConnectionError)),
        ):
            line.get(f"{city.kiosk_url}/health", timeout=20)


def test_a_kiosk_that_is_not_registered_is_refused(city, citizen):
    issue(city, "stranger", CityAuthority.load(city.folder), "kiosk-unknown", ExtendedKeyUsageOID.CLIENT_AUTH)
    with KioskLine(city, "stranger") as line:
        refused(line.file(citizen), 403, "kiosk-unknown")


def test_plain_http_at_the_kiosks_door_gets_nothing(city):
    with socket.create_connection(("127.0.0.1", city.ports["kiosk_port"]), 20) as plain:
        plain.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        try:
            answer = plain.recv(4096)
        except ConnectionResetError:
            answer = b""
    assert b"HTTP/1.1" not in answer


def test_each_door_has_its_own_addresses(city, line):
    assert line.get(f"{city.kiosk_url}/staff/", timeout=20).status_code == 404
    assert line.get(f"{city.kiosk_url}/static/city/staff.css", timeout=20).status_code == 404
    for address in ("v1/applications", "v1/applications/x"):
        assert requests.get(f"{city.staff_url}/{address}", timeout=20).status_code == 404
    assert requests.post(f"{city.staff_url}/v1/applications", data=b"x", timeout=20).status_code in {403, 404}


def test_both_doors_tell_their_health(city, line):
    assert line.get(f"{city.kiosk_url}/health", timeout=20).json() == {"status": "ok"}
    assert requests.get(f"{city.staff_url}/health", timeout=20).json() == {"status": "ok"}


def test_nothing_personal_is_in_the_log(city, line, citizen, authority):
    line.file(citizen)
    line.file(authority.citizen(days=(-400, -1)))
    log = city.log
    assert '"event": "application.taken"' in log
    assert '"event": "application.refused"' in log
    for word in ("花子", "鶴ヶ島　", "富士見", "20261124103000123", "Traceback", "1954"):
        assert word not in log
