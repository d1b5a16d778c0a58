"""A new kiosk's certificate: a key made on the kiosk, a code that is good once, TLS pinned to the city's authority."""

from __future__ import annotations

import io
import json
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import requests
import tomli_w
from city_running import ROOT, KioskLine, run_verb
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from city.provision import provision
from kiosk.clock import SystemClock
from kiosk.courier.enrolment import Enroller
from kiosk.courier.settings import EnrolmentSettings
from kiosk.courier.word import ask_anew, last_word
from kiosk.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

NEW = "kiosk-new"


@pytest.fixture
def city(own_city):
    return own_city("enrolment_door.on=true", "enrolment_door.port=0")


def code_for(city, kiosk: str = NEW, *words: str) -> str:
    done = run_verb(city.folder, "enrol", kiosk, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def url(city) -> str:
    return f"https://127.0.0.1:{city.ports['enrolment_port']}"


@pytest.fixture
def settings(city, tmp_path: Path) -> EnrolmentSettings:
    (tmp_path / "kiosk").mkdir()
    return EnrolmentSettings(
        NEW, code_for(city), url(city), city.folder / "city_ca.pem", tmp_path / "kiosk/kiosk.pem",
        tmp_path / "kiosk/spool.sqlite3", 5.0, 5.0, 0.01, 0.02,
    )  # fmt: skip


def enroller(settings: EnrolmentSettings) -> Enroller:
    return Enroller(settings, SystemClock(), Journal("courier", io.StringIO(), SystemClock()), lambda: None)


def request(key, name: str = NEW) -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, SHA256())
    return made.public_bytes(Encoding.PEM).decode()


def asked(city, code: str, kiosk: str = NEW, csr: str | None = None, **changes) -> requests.Response:
    csr = request(ec.generate_private_key(ec.SECP256R1())) if csr is None else csr
    body = {"spec": "madoguchi/enrolment/1", "kiosk": kiosk, "code": code, "request": csr} | changes
    with requests.Session() as session:
        session.trust_env = False
        return session.post(
            f"{url(city)}/v1/enrolments", json=body, verify=str(city.folder / "city_ca.pem"), timeout=20
        )


def test_the_kiosk_makes_its_key_and_the_city_lets_it_in(city, settings) -> None:
    assert enroller(settings).needed()
    assert enroller(settings).once() is None
    assert stat.S_IMODE(settings.identity.stat().st_mode) == 0o600
    assert sorted(path.name for path in settings.identity.parent.iterdir()) == ["kiosk.code", "kiosk.pem", "spool.city"]
    assert not enroller(settings).needed()
    with KioskLine(city) as line:
        line.cert = (str(settings.identity), str(settings.identity))
        assert line.get(f"{city.kiosk_url}/v1/applications/no-such-id", timeout=20).json()["code"] == "not-found"


def test_a_code_is_good_once_and_for_its_kiosk(city, settings) -> None:
    code = settings.code
    assert (
        asked(
            city, code, kiosk="kiosk-other", csr=request(ec.generate_private_key(ec.SECP256R1()), "kiosk-other")
        ).status_code
        == 403
    )
    assert enroller(settings).once() is None
    answer = asked(city, code)
    assert (answer.status_code, answer.json()["code"]) == (403, "enrolment-refused")
    assert asked(city, "2222-2222-2222-2222").status_code == 403


def test_an_answer_that_got_lost_is_given_again_for_the_same_key(city, settings) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    first, again = (asked(city, settings.code, csr=request(key)) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()


def test_a_kiosk_that_lost_its_answer_asks_with_the_key_that_waits(city, settings) -> None:
    first = enroller(replace(settings, url="https://127.0.0.1:1"))
    assert first.once() == "unreachable"
    waiting = settings.identity.with_suffix(".waiting").read_bytes()
    assert enroller(settings).once() is None
    assert waiting in settings.identity.read_bytes()


def test_a_power_cut_before_the_code_is_noted_costs_nothing(city, settings) -> None:
    """The certificate is there, but not yet the note that the code was used: the same key asks again."""
    assert enroller(settings).once() is None
    kept = settings.identity.read_bytes()
    settings.identity.with_suffix(".code").unlink()
    settings.identity.with_suffix(".waiting").write_bytes(kept[kept.index(b"-----BEGIN PRIVATE KEY-----") :])
    assert enroller(settings).needed()
    assert enroller(settings).once() is None
    assert settings.identity.read_bytes() == kept
    assert not settings.identity.with_suffix(".waiting").exists()


def test_a_newer_code_takes_the_place_of_the_one_before(city, settings) -> None:
    newer = code_for(city)
    assert asked(city, settings.code).status_code == 403
    assert enroller(replace(settings, code=newer)).once() is None
    again = replace(settings, code=code_for(city))
    assert enroller(again).needed()
    before = settings.identity.read_bytes()
    assert enroller(again).once() is None
    assert settings.identity.read_bytes() != before


def test_a_code_ends_and_a_locked_kiosk_gets_none(own_city, city, settings) -> None:
    with closing(sqlite3.connect(city.folder / "city.sqlite3")) as database, database:
        database.execute("UPDATE intake_enrolment SET expires = '2020-01-01 00:00:00'")
    assert asked(city, settings.code).status_code == 403
    locked = code_for(city)
    with closing(sqlite3.connect(city.folder / "city.sqlite3")) as database, database:
        database.execute("UPDATE intake_kiosk SET enabled = 0 WHERE kiosk_id = ?", (NEW,))
    assert asked(city, locked).status_code == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"request": "nothing"},
        {"request": request(ec.generate_private_key(ec.SECP256R1()), "kiosk-other")},
        {"request": request(rsa.generate_private_key(65537, 2048))},
        {"request": request(ec.generate_private_key(ec.SECP384R1()))},
        {"spec": "madoguchi/enrolment/2"},
        {"surplus": 1},
        {"kiosk": "Kiosk New"},
        {"surplus": "x" * 9000},
    ],
    ids=["no-csr", "other-name", "rsa", "other-curve", "spec", "surplus", "name", "large"],
)
def test_what_is_not_as_the_protocol_says(city, settings, changes) -> None:
    answer = asked(city, settings.code, **changes)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert enroller(settings).once() is None, "the code is still good"


def test_a_request_whose_signature_is_not_by_its_key(city, settings) -> None:
    der = bytearray(
        x509.load_pem_x509_csr(request(ec.generate_private_key(ec.SECP256R1())).encode()).public_bytes(Encoding.DER)
    )
    der[-1] ^= 1
    pem = x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM).decode()
    assert asked(city, settings.code, csr=pem).status_code == 400


def test_a_city_that_is_not_the_pinned_one_gets_no_code(city, settings, tmp_path: Path) -> None:
    provision(tmp_path / "other", "kiosk-01", "坂戸市")
    assert enroller(replace(settings, ca=tmp_path / "other/city_ca.pem")).once() == "untrusted"
    assert last_word(settings.spool).answer == "untrusted"
    assert enroller(settings).once() is None, "the code was not spent"


def test_the_enrolment_door_knows_nothing_else(city) -> None:
    verify = str(city.folder / "city_ca.pem")
    for path in ("/health", "/v1/catalogue", "/v1/applications", "/staff/"):
        assert requests.get(url(city) + path, verify=verify, timeout=20).status_code == 404


def test_the_door_is_shut_unless_it_is_asked_for(own_city) -> None:
    assert "enrolment_port" not in own_city().ports


def test_the_authority_must_be_there(own_city, tmp_path: Path) -> None:
    (tmp_path / "city_ca.key").unlink()
    with pytest.raises(RuntimeError, match=r"city_ca\.key"):
        own_city("enrolment_door.on=true", "enrolment_door.port=0")


def test_a_name_that_no_kiosk_can_have(city) -> None:
    done = run_verb(city.folder, "enrol", "Kiosk 01")
    assert (done.returncode, "small letters" in done.stderr) == (2, True)


def test_no_secret_stands_in_a_log(city, settings) -> None:
    assert enroller(settings).once() is None
    assert settings.code not in city.log
    assert settings.code not in repr(settings)


# ---- from the stick to the first answer ---------------------------------------------------------------------------


def made_stick(city, folder: Path, code: str) -> None:
    """Make a stick at the desk and apply it, by the programs themselves."""
    described = {
        "city": "鶴ヶ島市",
        "kiosk": NEW,
        "profile": "demo",
        "files": {
            "city_ca": "city_ca.pem", "sealing": "sealing.pub", "receipt": "receipt.pub",
            "catalogue": "catalogue.pub", "sign_ca": "sign_ca.pem",
        },
        "enrolment": {"url": url(city), "code": code},
        "settings": {
            "city": {"url": city.kiosk_url},
            "spool": {"path": str(folder / "spool.sqlite3")},
            "forms": {"catalogue": str(folder / "catalogue")},
            "courier": {"first_wait": 0.2, "longest_wait": 0.5},
        },
    }  # fmt: skip
    (city.folder / "kiosk.toml").write_text(tomli_w.dumps(described), encoding="utf-8")
    (folder / "etc").mkdir()
    for words in (
        ("make", city.folder / "kiosk.toml", "--key", city.folder / "provision.key", "--out", folder / "stick"),
        ("apply", "--from", folder / "stick", "--root", folder / "etc", "--base", "config", "--key",
         city.folder / "provision.pub", "--identity", folder, "--report", folder / "stick.json"),
    ):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "kiosk.provision", *map(str, words)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def answered(folder: Path, wanted: str) -> None:
    end = time.monotonic() + 40
    while (word := last_word(folder / "spool.sqlite3")) is None or word.answer != wanted:
        assert time.monotonic() < end, word
        time.sleep(0.05)


def test_from_the_stick_to_the_catalogue_on_the_shelf(city, tmp_path: Path) -> None:
    folder = tmp_path / "device"
    folder.mkdir()
    published = run_verb(city.folder, "catalogue", "publish", settings=["forms.directory=config/forms"])
    assert published.returncode == 0, published.stderr
    made_stick(city, folder, code_for(city))
    command = [sys.executable, "-m", "kiosk.courier", "--config", str(folder / "etc/kiosk.toml")]
    with (folder / "log").open("w") as log, subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log) as courier:
        try:
            answered(folder, "ok")
            assert (folder / "kiosk.pem").exists()
            before = last_word(folder / "spool.sqlite3").moment
            ask_anew(folder / "spool.sqlite3")
            end = time.monotonic() + 30
            while last_word(folder / "spool.sqlite3").moment == before:
                assert time.monotonic() < end
                time.sleep(0.05)
        finally:
            courier.terminate()
    assert courier.returncode == 0, (folder / "log").read_text()
    events = [json.loads(line)["event"] for line in (folder / "log").read_text().splitlines()]
    assert events.index("enrolment.done") < events.index("catalogue.stored")


def test_a_courier_that_gets_no_certificate_says_why_and_ends_when_told(city, tmp_path: Path) -> None:
    folder = tmp_path / "device"
    folder.mkdir()
    made_stick(city, folder, "2222-2222-2222-2222")
    command = [sys.executable, "-m", "kiosk.courier", "--config", str(folder / "etc/kiosk.toml")]
    with (folder / "log").open("w") as log, subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log) as courier:
        try:
            answered(folder, "enrolment-refused")
        finally:
            courier.terminate()
    assert courier.returncode == 0, (folder / "log").read_text()
    assert not (folder / "kiosk.pem").exists()
