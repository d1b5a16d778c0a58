"""The next certificate of a kiosk that the city knows: only late enough, only for itself, and told to the staff."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from city_filing import KIOSK
from city_running import PASSWORD, ROOT, KioskLine, StaffDesk, run_verb
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from city.provision import Authority

if TYPE_CHECKING:
    from pathlib import Path

    import requests


@pytest.fixture
def city(own_city):
    return own_city("kiosk_door.renews=true")


def identity(city, folder: Path, days: int) -> Path:
    """Write a kiosk's certificate, issued so many days ago for one year, with its key into one file."""
    issued = datetime.now(UTC) - timedelta(days=days)
    certificate, key = Authority.load(city.folder).issue(KIOSK, ExtendedKeyUsageOID.CLIENT_AUTH, [], issued)
    path = folder / "identity.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(certificate.public_bytes(Encoding.PEM) + secret)
    return path


def request(key=None, name: str = KIOSK) -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return made.sign(key or ec.generate_private_key(ec.SECP256R1()), SHA256()).public_bytes(Encoding.PEM).decode()


def asked(city, shown: Path, csr: str | None = None, **changes) -> requests.Response:
    body = {"spec": "madoguchi/renewal/1", "request": csr or request()} | changes
    with KioskLine(city) as line:
        line.cert = (str(shown), str(shown))
        return line.post(f"{city.kiosk_url}/v1/renewals", json=body, timeout=20)


def until(city) -> str | None:
    with closing(sqlite3.connect(city.folder / "city.sqlite3")) as database:
        return database.execute("SELECT certificate_until FROM intake_kiosk").fetchone()[0]


def test_in_the_second_half_of_its_time_there_is_the_next_one(city, tmp_path: Path) -> None:
    shown = identity(city, tmp_path, 200)
    key = ec.generate_private_key(ec.SECP256R1())
    answer = asked(city, shown, request(key))
    assert answer.status_code == 201, answer.text
    made = x509.load_pem_x509_certificate(answer.json()["certificate"].encode())
    made.verify_directly_issued_by(Authority.load(city.folder).certificate)
    assert made.public_key() == key.public_key()
    assert made.not_valid_after_utc > datetime.now(UTC) + timedelta(days=360)
    assert until(city).startswith(f"{made.not_valid_after_utc:%Y-%m-%d %H:%M}")
    assert "renewal.done" in city.log


def test_a_lost_answer_is_given_again_and_another_key_gets_another(city, tmp_path: Path) -> None:
    shown = identity(city, tmp_path, 200)
    key = ec.generate_private_key(ec.SECP256R1())
    first, again, other = (asked(city, shown, csr) for csr in (request(key), request(key), request()))
    assert first.json() == again.json() != other.json()
    assert other.status_code == 201


@pytest.mark.parametrize(("days", "status"), [(0, 409), (181, 409), (183, 201)])
def test_the_first_half_is_too_early(city, tmp_path: Path, days: int, status: int) -> None:
    answer = asked(city, identity(city, tmp_path, days))
    assert answer.status_code == status
    if status == 409:
        assert answer.json()["code"] == "renewal-early"
        assert until(city) is None


def test_a_locked_kiosk_gets_none(city, tmp_path: Path) -> None:
    shown = identity(city, tmp_path, 200)
    with closing(sqlite3.connect(city.folder / "city.sqlite3")) as database, database:
        database.execute("UPDATE intake_kiosk SET enabled = 0")
    answer = asked(city, shown)
    assert (answer.status_code, answer.json()["code"]) == (403, "kiosk-unknown")


@pytest.mark.parametrize(
    "changes",
    [
        {"request": "nothing"},
        {"request": request(name="kiosk-other")},
        {"request": request(rsa.generate_private_key(65537, 2048))},
        {"spec": "madoguchi/enrolment/1"},
        {"kiosk": KIOSK},
        {"request": "x" * 9000},
    ],
    ids=["no-csr", "other-name", "rsa", "spec", "surplus", "large"],
)
def test_what_is_not_as_the_protocol_says(city, tmp_path: Path, changes: dict[str, str]) -> None:
    answer = asked(city, identity(city, tmp_path, 200), **changes)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_a_city_that_keeps_its_authority_elsewhere_says_so(own_city, tmp_path: Path) -> None:
    city = own_city()
    answer = asked(city, identity(city, tmp_path, 200))
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_the_authority_must_be_there(own_city, tmp_path: Path) -> None:
    (tmp_path / "city_ca.key").unlink()
    with pytest.raises(RuntimeError, match=r"city_ca\.key"):
        own_city("kiosk_door.renews=true")


def test_the_staff_see_until_when_it_is_good(city, tmp_path: Path) -> None:
    assert asked(city, identity(city, tmp_path, 200)).status_code == 201
    made = run_verb(city.folder, "createstaff", "kacho", "--chief", typed=f"{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    with StaffDesk(city, "kacho") as desk:
        listed = desk.page("intake/kiosk/").text
    assert "端末の一覧" in listed
    assert "端末証明書の期限" in listed
    year = (datetime.now(UTC) + timedelta(days=365)).year
    assert re.search(rf"field-certificate_until[^<]*>{year}年", listed), listed


def test_the_courier_has_it_renewed_by_itself_and_is_let_in_with_it(city, tmp_path: Path) -> None:
    shown = identity(city, tmp_path, 300)
    before = x509.load_pem_x509_certificate(shown.read_bytes())
    values = {
        "kiosk.id": KIOSK, "kiosk.demo": "true", "city.url": city.kiosk_url, "city.ca": city.folder / "city_ca.pem",
        "city.client_certificate": shown, "city.client_key": shown, "city.receipt_key": city.folder / "receipt.pub",
        "spool.path": tmp_path / "spool.sqlite3", "forms.catalogue": "", "courier.control": "",
    }  # fmt: skip
    command = [sys.executable, "-m", "kiosk.courier", "--config", "config/kiosk.toml"]
    command += [word for name, value in values.items() for word in ("--set", f"{name}={value}")]
    with (tmp_path / "log").open("w") as log, subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log) as courier:
        try:
            end = time.monotonic() + 40
            while "renewal.done" not in (tmp_path / "log").read_text():
                assert time.monotonic() < end, (tmp_path / "log").read_text()
                time.sleep(0.05)
        finally:
            courier.send_signal(signal.SIGTERM)
    assert courier.returncode == 0
    after = x509.load_pem_x509_certificate(shown.read_bytes())
    assert after.not_valid_after_utc > before.not_valid_after_utc + timedelta(days=290)
    assert load_pem_private_key(shown.read_bytes(), None).public_key() == after.public_key()
    with KioskLine(city) as line:
        line.cert = (str(shown), str(shown))
        assert line.get(f"{city.kiosk_url}/v1/applications/no-such-id", timeout=20).json()["code"] == "not-found"
    assert json.loads((tmp_path / "log").read_text().splitlines()[-1])["event"] == "courier.stopped"
