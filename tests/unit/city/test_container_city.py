"""The container's shape: exactly the entries of the protocol, each bound to the others."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from city_authority import POLICY
from city_filing import PAGE, a_container, an_application, cms_over, container_of, document_of

from city.config import Limits
from city.verification.container import read_container
from city.verification.refusal import Code, Refused
from city.verification.revocation import ListFiles, Moments
from city.verification.trust import TrustStore
from city.verification.verdict import Outcome
from city.verification.verifier import Verifier
from kiosk.application.manifest import Entry, manifest_xml

TYPE = b"application/vnd.etsi.asic-e+zip"


def entries_of(raw: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return [(fact.filename, archive.read(fact)) for fact in archive.infolist()]


def zipped(entries) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, data in entries:
            fact = zipfile.ZipInfo(name)
            fact.create_system = 3
            fact.external_attr = 0o100644 << 16
            archive.writestr(fact, data)
    return raw.getvalue()


def refusal(raw: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as refused:
        read_container(raw, limits or Limits())
    assert refused.value.code is Code.CONTAINER_INVALID
    return refused.value.rule


@pytest.fixture(scope="module")
def raw(citizen) -> bytes:
    return a_container(citizen)


def test_the_kiosks_container_is_read(raw):
    container = read_container(raw, Limits())
    assert container.document.transaction_id == "txn-00000001"
    assert container.document.answers[0].shown == "鶴ヶ島　花子"
    assert container.page == PAGE
    assert container.attachments == ()


def test_attachments_come_out_by_name(citizen):
    pictures = (Entry("attachments/id-1.png", b"one"), Entry("attachments/id_2.jpg", b"two"))
    raw = container_of(document_of(an_application("txn-00000002")), citizen, attachments=pictures)
    assert read_container(raw, Limits()).attachments == (
        ("attachments/id-1.png", b"one"),
        ("attachments/id_2.jpg", b"two"),
    )


def test_order_missing_and_foreign_entries_are_refused(raw):
    entries = entries_of(raw)
    assert refusal(zipped([*entries[1:], entries[0]])) == "entries"
    assert refusal(zipped([entries[0], entries[2], entries[1], *entries[3:]])) == "entries"
    for missing in range(5):
        assert refusal(zipped(entries[:missing] + entries[missing + 1 :])) == "entries"
    for name in ("attachments/../x.png", "attachments/x.svg", "x.png", "attachments/a/b.png", "/attachments/x.png"):
        assert refusal(zipped([*entries[:3], (name, b"x"), *entries[3:]])) == "attachment name"


def test_an_attachment_the_manifest_does_not_name_is_refused(raw):
    entries = entries_of(raw)
    assert refusal(zipped([*entries[:3], ("attachments/x.png", b"x"), *entries[3:]])) == "manifest digests"


def test_every_entry_is_bound_by_the_manifest(raw):
    for place, expected in ((0, "mimetype"), (1, "manifest digests"), (2, "manifest digests")):
        entries = entries_of(raw)
        name, data = entries[place]
        entries[place] = (name, bytes([data[0] ^ 1]) + data[1:])
        assert refusal(zipped(entries)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b"<?xml", b"<!DOCTYPE x []><?xml", "manifest declarations"),
        (b"</asic:ASiCManifest>", b"", "manifest syntax"),
        (b"ASiCManifest", b"ASiCManifesto", "manifest root"),
        (b"xmlenc#sha256", b"xmlenc#sha512", "manifest digest method"),
        (b"signature001.p7s", b"signature002.p7s", "manifest signature"),
        (b"</asic:ASiCManifest>", b"<asic:x/></asic:ASiCManifest>", "manifest content"),
        (b"<ds:DigestValue>", b"<ds:DigestValue>*", "manifest digest"),
    ],
)
def test_a_strange_manifest_is_refused(raw, old, new, expected):
    entries = [(name, data.replace(old, new) if name.endswith(".xml") else data) for name, data in entries_of(raw)]
    assert refusal(zipped(entries)) == expected


def test_a_page_that_is_no_pdf_or_not_the_documents_is_refused(citizen):
    application = an_application("txn-00000003")
    other = b"%PDF-1.7\n% another page\n"
    assert refusal(container_of(document_of(application), citizen, page=other)) == "page"
    html = b"<html>"
    assert refusal(container_of(document_of(application, html), citizen, page=html)) == "page"


def test_the_limits_of_the_configuration_hold(citizen):
    big = an_application("txn-00000005", checklist=("申請する本人です",) * 20_000)
    document = document_of(an_application("txn-00000005", consent_text="同意します。" * 200))
    raw = container_of(document, citizen)
    assert refusal(raw, Limits(document=1024)) == "entry too large"
    assert refusal(container_of(document_of(big), citizen)) == "entry too large"


def test_no_changed_byte_of_the_container_goes_unnoticed(raw, authority, tmp_path):
    """Whatever is changed, either the shape is refused or the signature is."""
    crl = tmp_path / "crl.pem"
    crl.write_bytes(authority.revocation_list())
    verifier = Verifier(TrustStore((authority.certificate,), frozenset({POLICY})), ListFiles((crl,)))
    now = datetime.now(UTC)
    for place in range(0, len(raw), 5):
        changed = raw[:place] + bytes([raw[place] ^ 0x21]) + raw[place + 1 :]
        try:
            container = read_container(changed, Limits())
        except Refused:
            continue
        assert verifier.examine(container, Moments(now, now)).outcome is Outcome.REFUSED, place


def test_a_huge_signature_entry_is_refused(citizen):
    document = document_of(an_application("txn-00000004"))
    entries = (Entry("application.json", document), Entry("view.pdf", PAGE))
    names = [("mimetype", TYPE), *((entry.name, entry.data) for entry in entries)]
    names += [("META-INF/ASiCManifest001.xml", manifest_xml(entries)), ("META-INF/signature001.p7s", b"\0" * 70000)]
    assert refusal(zipped(names)) == "entry too large"
    names[-1] = (names[-1][0], cms_over(manifest_xml(entries), citizen))
    assert read_container(zipped(names), Limits()).signature == names[-1][1]
