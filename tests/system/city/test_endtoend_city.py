"""From a card to the city's verdict: the virtual card signs, the kiosk's code packs, the courier delivers."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import subprocess
import uuid
import zipfile
from datetime import UTC, datetime

import pytest
from city_filing import KIOSK, an_application
from city_running import City, KioskLine, StaffDesk, primary_key, run_verb

from city.provision import provision
from drivers.card.jpki import JpkiSignature
from drivers.virtual.authority import make_authority
from drivers.virtual.direct import DirectReader
from drivers.virtual.personas import load_personas
from kiosk.application.container import build_container, entries_of
from kiosk.application.fonts import FontFiles
from kiosk.application.manifest import manifest_xml
from kiosk.application.page import view_pdf
from kiosk.application.receipt import read_receipt
from kiosk.application.signature import cades, digest_to_sign, signed_attributes
from kiosk.clock import SystemClock
from kiosk.courier.client import CityClient
from kiosk.courier.parcel import Due
from kiosk.courier.policy import Accepted, Refused
from kiosk.courier.settings import CourierSettings

GOOD = ("hanako", "oldkanji", "longaddress", "foreign", "unknownbirth", "formerca")
BAD = {
    "revoked": "certificate-revoked",
    "expired": "certificate-expired",
    "notyet": "certificate-expired",
    "stranger": "certificate-untrusted",
    "tampered": "certificate-untrusted",
}
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
SETTINGS = ('trust.anchors=["sign_ca_all.pem"]',)


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    """A city that knows the virtual cards' authority, and a tray with those cards."""
    folder = tmp_path_factory.mktemp("hall")
    provision(folder, KIOSK, "鶴ヶ島市")
    personas = load_personas()
    make_authority(folder, {name: personas[name] for name in (*GOOD, *BAD)}, datetime.now(UTC))
    city = City(folder, SETTINGS).start()
    yield city, DirectReader.over(folder)
    city.kill()


def signed_by_card(reader: DirectReader, persona: str, transaction_id: str) -> bytes:
    """Sign as the kiosk does, but without its own look at the certificate: the city must do its own."""
    application = an_application(transaction_id)
    entries = entries_of(application, view_pdf(application, FontFiles()))
    reader.lay(persona)
    line = reader.connect()
    try:
        applet = JpkiSignature(line)
        applet.unlock(memoryview(bytearray(b"KIOSK2026")))
        certificate = applet.certificate()
        attributes = signed_attributes(manifest_xml(entries), certificate, datetime.now(UTC))
        signature = applet.sign(DIGEST_INFO + digest_to_sign(attributes))
    finally:
        line.close()
        reader.lift()
    return build_container(entries, cades(certificate, attributes, signature))


def delivered(city: City, container: bytes, transaction_id: str):
    settings = CourierSettings(
        **{field.name: None for field in dataclasses.fields(CourierSettings)}
        | {
            "kiosk_id": KIOSK,
            "url": city.kiosk_url,
            "ca": city.folder / "city_ca.pem",
            "client_certificate": city.folder / "kiosk.pem",
            "client_key": city.folder / "kiosk.key",
            "receipt_key": city.folder / "receipt.pub",
            "connect_timeout": 10.0,
            "answer_timeout": 20.0,
        }
    )
    with KioskLine(city) as line:
        sealed, key, receipt_key = line.sealed(container, transaction_id), line.key, line.receipt_key
    label = Due(row=1, transaction_id=transaction_id, holding_number="AAAA-AAAA", key_id=key.key_id, attempts=0)
    with CityClient(settings, receipt_key, SystemClock()) as client:
        return client.deliver(label, sealed), receipt_key


@pytest.mark.parametrize("persona", GOOD)
def test_a_good_card_is_accepted(hall, persona):
    city, reader = hall
    transaction_id = str(uuid.uuid4())
    outcome, receipt_key = delivered(city, signed_by_card(reader, persona, transaction_id), transaction_id)
    assert isinstance(outcome, Accepted), outcome
    receipt = read_receipt(outcome.answer, receipt_key)
    assert (receipt.status.value, receipt.demo, receipt.transaction_id) == ("accepted", True, transaction_id)


@pytest.mark.parametrize("persona", BAD)
def test_a_bad_card_is_refused_with_its_code(hall, persona):
    city, reader = hall
    transaction_id = str(uuid.uuid4())
    outcome, _ = delivered(city, signed_by_card(reader, persona, transaction_id), transaction_id)
    assert outcome == Refused(BAD[persona])


def test_what_the_city_keeps_is_checkable_by_hand(hall, tmp_path):
    city, reader = hall
    transaction_id = str(uuid.uuid4())
    container = signed_by_card(reader, "hanako", transaction_id)
    delivered(city, container, transaction_id)
    out = tmp_path / "out"
    done = run_verb(city.folder, "export", "--transaction", transaction_id, "--out", str(out), settings=SETTINGS)
    assert done.returncode == 0, done.stderr
    assert (out / "application.asice").read_bytes() == container
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        archive.extractall(out)
    command = [
        "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "META-INF/signature001.p7s",
        "-content", "META-INF/ASiCManifest001.xml", "-CAfile", str(city.folder / "sign_ca.pem"), "-purpose", "any",
    ]  # fmt: skip
    checked = subprocess.run(command, cwd=out, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr
    manifest = (out / "META-INF" / "ASiCManifest001.xml").read_text()
    for name in ("application.json", "view.pdf"):
        import base64

        digest = base64.b64encode(hashlib.sha256((out / name).read_bytes()).digest()).decode()
        assert f"<ds:DigestValue>{digest}</ds:DigestValue>" in manifest


def test_staff_see_the_substitute_characters_of_the_certificate(hall):
    city, reader = hall
    run_verb(city.folder, "createstaff", "tanaka", typed="madoguchi-2026\n", settings=SETTINGS)
    transaction_id = str(uuid.uuid4())
    outcome, receipt_key = delivered(city, signed_by_card(reader, "oldkanji", transaction_id), transaction_id)
    number = read_receipt(outcome.answer, receipt_key).number
    with StaffDesk(city, "tanaka") as desk:
        shown = desk.page(f"intake/application/{primary_key(desk, number)}/").text
        page = desk.page(f"intake/application/{primary_key(desk, number)}/view.pdf").content
    assert 'class="substitute"' in shown
    assert page.startswith(b"%PDF-")
