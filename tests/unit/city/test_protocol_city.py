"""The contract's vectors and descriptions hold for both sides, each with its own code."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from jsonschema import Draft202012Validator

from city.config import Limits
from city.intake.forms import form_digest
from city.intake.problem import _TITLES
from city.receipts.numbers import is_number
from city.receipts.receipt import ReceiptKey
from city.verification.container import read_container
from city.verification.document import read_document
from city.verification.refusal import Code
from city.verification.revocation import ListFiles, Moments
from city.verification.seal import Opener
from city.verification.trust import TrustStore
from city.verification.verifier import Verifier
from kiosk.application.container import verify_container
from kiosk.application.envelope import CityKey, sealing_context
from kiosk.application.receipt import ReceiptKey as KioskReceiptKey
from kiosk.application.receipt import check_receipt, read_receipt
from kiosk.catalogue.bundle import read_bundle
from kiosk.catalogue.keys import CatalogueKeys

DOCS = Path(__file__).parents[3] / "docs"
VECTORS = json.loads((DOCS / "protocol-vectors.json").read_text())
OPENAPI = json.loads((DOCS / "openapi.json").read_text())
PROTOCOL = (DOCS / "protocol.md").read_text()
CONTAINER = base64.b64decode(VECTORS["container"]["base64"])
SEALED = base64.b64decode(VECTORS["seal"]["sealed_base64"])


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": OPENAPI["components"]})


def test_the_seal_opens():
    vector = VECTORS["seal"]
    key = X25519PrivateKey.from_private_bytes(bytes.fromhex(vector["private_key_hex"]))
    assert key.public_key().public_bytes_raw().hex() == vector["public_key_hex"]
    assert CityKey(key.public_key()).key_id == vector["key_id"]
    assert sealing_context(vector["kiosk"], vector["transaction_id"]) == vector["info"].encode()
    opener = Opener({vector["key_id"]: key})
    assert opener.open(SEALED, vector["key_id"], vector["kiosk"], vector["transaction_id"]) == CONTAINER
    assert (sha256(SEALED), len(SEALED)) == (vector["sealed_sha256"], len(CONTAINER) + 48)


def test_the_container_is_accepted_by_both_sides(tmp_path):
    vector = VECTORS["container"]
    assert sha256(CONTAINER) == vector["sha256"]
    assert verify_container(CONTAINER).document.decode() == VECTORS["document"]["application.json"]
    container = read_container(CONTAINER, Limits())
    assert container.manifest.decode() == VECTORS["manifest"]["META-INF/ASiCManifest001.xml"]
    crl = tmp_path / "crl.pem"
    crl.write_text(vector["revocation_list_pem"])
    anchors = tuple(x509.load_pem_x509_certificates(vector["authority_pem"].encode()))
    verifier = Verifier(TrustStore(anchors, frozenset({vector["policy"]})), ListFiles((crl,)))
    moment = datetime.fromisoformat(vector["valid_at"])
    verdict = verifier.examine(container, Moments(moment, moment))
    assert (verdict.outcome.value, verdict.time.value) == (vector["outcome"], "good")


def test_the_document_is_read():
    vector = VECTORS["document"]
    raw = vector["application.json"].encode()
    assert sha256(raw) == vector["sha256"]
    document = read_document(raw)
    assert document.transaction_id == VECTORS["seal"]["transaction_id"]
    assert document.catalogue.serial == json.loads(VECTORS["catalogue"]["catalogue.json"])["serial"]


def test_the_catalogue_is_made_and_believed():
    vector = VECTORS["catalogue"]
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vector["private_key_hex"]))
    assert private.public_key().public_bytes_raw().hex() == vector["public_key_hex"]
    statement = vector["catalogue.json"].encode()
    assert base64.b64encode(private.sign(statement)).decode() == vector["catalogue.sig_base64"]
    packed = base64.b64decode(vector["bundle_base64"])
    assert sha256(packed) == vector["bundle_sha256"]
    bundle = read_bundle(packed, CatalogueKeys((private.public_key(),)), "鶴ヶ島市")
    assert bundle.entries["catalogue.json"] == statement
    assert [form.sha256 for form in bundle.catalogue.forms] == [VECTORS["form"]["sha256"]]


def test_the_receipt_is_made_and_believed():
    vector = VECTORS["receipt"]
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vector["private_key_hex"]))
    assert ReceiptKey(private).key_id == vector["key_id"]
    signature = base64.b64encode(private.sign(vector["signed_bytes"].encode())).decode()
    assert json.loads(vector["answer"])["signature"] == signature
    receipt = read_receipt(vector["answer"].encode(), KioskReceiptKey(private.public_key()))
    check_receipt(receipt, "kiosk-demo", VECTORS["seal"]["transaction_id"], SEALED)
    assert receipt.container_sha256 == VECTORS["container"]["sha256"]
    schema("Answer").validate(json.loads(vector["answer"]))


def test_the_numbers_are_told_apart():
    assert all(is_number(number) for number in VECTORS["numbers"]["right"])
    assert not any(is_number(number) for number in VECTORS["numbers"]["wrong"])


def test_the_forms_digest_is_the_citys(tmp_path):
    vector = VECTORS["form"]
    for name, content in vector["files"].items():
        text = json.dumps(content, indent=3) if name.endswith(".json") else f'title = "{content["title"]}"\n'
        (tmp_path / name).write_text(text)
    assert form_digest(tmp_path) == vector["sha256"]


def test_every_code_is_described_everywhere():
    codes = set(OPENAPI["components"]["schemas"]["Problem"]["properties"]["code"]["enum"])
    assert codes == set(_TITLES)
    assert {code.value for code in Code} <= codes
    assert all(f"`{code}`" in PROTOCOL for code in codes)


@pytest.mark.parametrize("path", ["/v1/applications", "/v1/applications/{transaction_id}", "/v1/catalogue", "/health"])
def test_every_address_is_described_everywhere(path):
    assert path in OPENAPI["paths"]
    assert path.partition("{")[0] in PROTOCOL


def test_the_description_refers_to_what_it_has():
    text = json.dumps(OPENAPI)
    for kind, name in re.findall(r"#/components/(\w+)/(\w+)", text):
        assert name in OPENAPI["components"][kind]
    for name in OPENAPI["components"]["schemas"]:
        Draft202012Validator.check_schema(schema(name).schema)


def test_the_sizes_in_the_text_are_the_defaults():
    limits = Limits()
    for name, size in (("document", "256 KiB"), ("page", "4 MiB"), ("attachment", "6 MiB"), ("sealed", "8 MiB")):
        number, unit = size.split()
        assert getattr(limits, name) == int(number) << {"KiB": 10, "MiB": 20}[unit]
        assert size in PROTOCOL
