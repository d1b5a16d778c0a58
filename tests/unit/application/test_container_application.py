"""The container: checkable by hand with unzip and openssl, the same every time, and closed against every change."""

import base64
import hashlib
import json
import re
import subprocess
import zipfile
from dataclasses import replace

import pytest
from application_authority import NOW, Authority, Leaf
from application_samples import a_residence_application
from application_signing import a_container, signed_cms, some_entries

from kiosk.application.container import MIMETYPE, build_container, entries_of, verify_container
from kiosk.application.errors import ContainerFaulty, SignatureMismatch
from kiosk.application.manifest import MANIFEST_NAME, SIGNATURE_NAME, Entry, manifest_xml


@pytest.fixture
def unpacked(tmp_path):
    container = tmp_path / "application.asice"
    container.write_bytes(a_container())
    folder = tmp_path / "unpacked"
    subprocess.run(["unzip", "-q", container, "-d", folder], check=True)
    return folder


def openssl_verify(folder, tmp_path, content):
    authority = tmp_path / "ca.pem"
    authority.write_bytes(Authority().pem())
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-CAfile", authority]
    command += ["-attime", str(int(NOW.timestamp())), "-purpose", "any", "-out", tmp_path / "out"]
    command += ["-in", folder / SIGNATURE_NAME, "-content", content]
    return subprocess.run(command, capture_output=True, check=False)


def test_unzip_and_openssl_and_digests_accept_it(unpacked, tmp_path):
    result = openssl_verify(unpacked, tmp_path, unpacked / MANIFEST_NAME)
    assert result.returncode == 0, result.stderr
    assert b"CAdES Verification successful" in result.stderr
    manifest = (unpacked / MANIFEST_NAME).read_text()
    listed = re.findall(r'DataObjectReference URI="([^"]+)".*?<ds:DigestValue>([^<]+)<', manifest, re.DOTALL)
    assert [name for name, _ in listed] == ["application.json", "view.pdf", "attachments/letter-1.jpg"]
    for name, digest in listed:
        assert base64.b64decode(digest) == hashlib.sha256((unpacked / name).read_bytes()).digest()


def test_openssl_refuses_another_manifest(unpacked, tmp_path):
    changed = tmp_path / "changed.xml"
    changed.write_bytes((unpacked / MANIFEST_NAME).read_bytes() + b"\n")
    assert openssl_verify(unpacked, tmp_path, changed).returncode != 0


def test_it_is_recognised_by_its_first_bytes(tmp_path):
    path = tmp_path / "application.asice"
    path.write_bytes(a_container())
    assert a_container()[30:38] == b"mimetype"
    assert a_container()[38 : 38 + len(MIMETYPE)] == MIMETYPE
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "mimetype"
        assert archive.namelist()[-2:] == [MANIFEST_NAME, SIGNATURE_NAME]


def test_the_same_application_gives_the_same_bytes():
    entries = some_entries()
    assert build_container(entries, signed_cms(entries)) == a_container()


def test_a_verified_container_gives_back_what_was_put_in():
    contents = verify_container(a_container())
    assert contents.entries == some_entries()
    assert contents.certificate_der == Leaf().der()
    assert contents.signing_time == NOW
    assert contents.page == b"%PDF-1.7 a page\n"
    assert json.loads(contents.document)["page"]["sha256"] == hashlib.sha256(contents.page).hexdigest()


def test_a_changed_byte_anywhere_is_refused():
    good = a_container()
    for position in range(len(good)):
        changed = bytearray(good)
        changed[position] ^= 1 << position % 8
        with pytest.raises((ContainerFaulty, SignatureMismatch)):
            verify_container(bytes(changed))


@pytest.mark.parametrize(
    "change", [lambda good: good[:-1], lambda good: good + b"\0", lambda good: b"", lambda _: b"PK"]
)
def test_a_cut_or_lengthened_container_is_refused(change):
    with pytest.raises(ContainerFaulty):
        verify_container(change(a_container()))


def test_every_cut_is_refused():
    good = a_container()
    for length in range(0, len(good), 37):
        with pytest.raises(ContainerFaulty):
            verify_container(good[:length])


def test_an_entry_exchanged_under_the_old_signature_is_refused():
    entries = some_entries()
    cms = signed_cms(entries)
    others = (*entries[:2], replace(entries[2], data=b"another picture"))
    with pytest.raises(ContainerFaulty, match="signed attributes"):
        verify_container(build_container(others, cms))
    with pytest.raises(ContainerFaulty):
        verify_container(build_container(entries[:2], cms))


def test_a_document_that_names_another_page_is_refused():
    document = entries_of(a_residence_application(), b"%PDF one")[0]
    entries = (document, Entry("view.pdf", b"%PDF two"))
    with pytest.raises(ContainerFaulty, match="page digest"):
        verify_container(build_container(entries, signed_cms(entries)))


@pytest.mark.parametrize(
    "name", ["../view.pdf", "attachments/a b.jpg", "attachments/../x.jpg", "attachments/x.exe", "氏名.pdf", "mimetype"]
)
def test_names_are_plain(name):
    with pytest.raises(ContainerFaulty, match="entry name"):
        manifest_xml([Entry(name, b"")])


def test_no_entry_comes_twice():
    with pytest.raises(ContainerFaulty, match="twice"):
        manifest_xml([Entry("view.pdf", b"1"), Entry("view.pdf", b"2")])
