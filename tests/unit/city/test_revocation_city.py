"""Four honest answers, from lists that someone keeps fresh."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from city_authority import Authority
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from city.verification.revocation import ListFiles, Moments, RevocationState


def asked(paths, authority, citizen, now=None):
    moment = now or datetime.now(UTC)
    return ListFiles(tuple(paths)).answer(citizen.certificate, authority.certificate, Moments(moment, moment))


def listed(tmp_path, content: bytes, name: str = "crl.pem"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_pem_and_der_are_read(authority, citizen, tmp_path):
    pem = authority.revocation_list([citizen])
    der = x509.load_pem_x509_crl(pem).public_bytes(Encoding.DER)
    for content in (pem, der):
        answer = asked([listed(tmp_path, content)], authority, citizen)
        assert (answer.state, answer.evidence) == (RevocationState.REVOKED, content)


@pytest.mark.parametrize(
    "content", [None, b"", b"nonsense", b"-----BEGIN X509 CRL-----\nAA==\n-----END X509 CRL-----\n"]
)
def test_a_list_that_cannot_be_read_is_unavailable(authority, citizen, tmp_path, content):
    path = tmp_path / "crl.pem"
    if content is not None:
        path.write_bytes(content)
    assert asked([path], authority, citizen).state is RevocationState.UNAVAILABLE


def test_a_list_out_of_date_is_unavailable_but_its_revocations_stand(authority, citizen, tmp_path):
    other = authority.citizen()
    path = listed(tmp_path, authority.revocation_list([other], hours=(-48, -24)))
    answer = asked([path], authority, citizen)
    assert (answer.state, answer.reason) == (RevocationState.UNAVAILABLE, "list out of date")
    assert asked([path], authority, other).state is RevocationState.REVOKED


def test_a_list_of_the_future_is_unavailable(authority, citizen, tmp_path):
    path = listed(tmp_path, authority.revocation_list(hours=(1, 24)))
    assert asked([path], authority, citizen).state is RevocationState.UNAVAILABLE


def test_a_list_of_another_authority_of_the_same_name_says_nothing(authority, citizen, tmp_path):
    stranger = Authority("stranger")
    path = listed(tmp_path, stranger.revocation_list([citizen]))
    answer = asked([path], authority, citizen)
    assert (answer.state, answer.reason) == (RevocationState.UNKNOWN, "no list of this authority")


def test_of_several_lists_the_issuers_own_counts(authority, citizen, tmp_path):
    stranger = Authority("stranger")
    paths = [
        listed(tmp_path, stranger.revocation_list([citizen]), "one.pem"),
        listed(tmp_path, authority.revocation_list(), "two.pem"),
    ]
    assert asked(paths, authority, citizen).state is RevocationState.VALID


def test_one_file_may_hold_the_lists_of_all_generations(authority, citizen, tmp_path):
    former = Authority("former")
    old = former.citizen()
    path = listed(tmp_path, former.revocation_list([old]) + authority.revocation_list())
    assert asked([path], authority, citizen).state is RevocationState.VALID
    assert asked([path], former, old).state is RevocationState.REVOKED
    answer = asked([path], former, former.citizen())
    assert (answer.state, answer.evidence) == (RevocationState.VALID, former.revocation_list([old]))


def distribution(**given):
    facts = {
        "full_name": None, "relative_name": None, "only_contains_user_certs": False, "only_contains_ca_certs": False,
        "only_some_reasons": None, "indirect_crl": False, "only_contains_attribute_certs": False,
    }  # fmt: skip
    return x509.IssuingDistributionPoint(**(facts | given))


@pytest.mark.parametrize(
    ("extension", "state"),
    [
        (distribution(only_contains_user_certs=True), RevocationState.VALID),
        (distribution(only_contains_ca_certs=True), RevocationState.UNKNOWN),
        (distribution(indirect_crl=True), RevocationState.UNKNOWN),
        (distribution(only_some_reasons=frozenset({x509.ReasonFlags.key_compromise})), RevocationState.UNKNOWN),
        (distribution(full_name=[x509.UniformResourceIdentifier("http://elsewhere/crl")]), RevocationState.UNKNOWN),
        (x509.DeltaCRLIndicator(1), RevocationState.UNKNOWN),
    ],
)
def test_a_list_for_others_is_not_taken_as_an_all_clear(authority, citizen, tmp_path, extension, state):
    path = listed(tmp_path, authority.revocation_list(extension=extension))
    assert asked([path], authority, citizen).state is state


def test_a_new_list_is_read_without_a_restart(authority, citizen, tmp_path):
    path = listed(tmp_path, authority.revocation_list())
    source = ListFiles((path,))
    now = datetime.now(UTC)
    moments = Moments(now, now)
    assert source.answer(citizen.certificate, authority.certificate, moments).state is RevocationState.VALID
    path.write_bytes(authority.revocation_list([citizen]))
    os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns + 1))
    assert source.answer(citizen.certificate, authority.certificate, moments).state is RevocationState.REVOKED
    path.unlink()
    assert source.answer(citizen.certificate, authority.certificate, moments).state is RevocationState.UNAVAILABLE


def test_a_long_list_is_looked_up_quickly(authority, citizen, tmp_path):
    """A real list has 100 000 entries; a fifth of that must not be walked for every application."""
    now = datetime.now(UTC).replace(microsecond=0)
    builder = x509.CertificateRevocationListBuilder().issuer_name(authority.name)
    builder = builder.last_update(now - timedelta(hours=1)).next_update(now + timedelta(hours=1))
    entry = x509.RevokedCertificateBuilder().revocation_date(now)
    builder._revoked_certificates = [entry.serial_number(number + 1).build() for number in range(20_000)]
    path = listed(tmp_path, builder.sign(authority.key, SHA256()).public_bytes(Encoding.DER))
    source = ListFiles((path,))
    moments = Moments(now, now)
    assert source.answer(citizen.certificate, authority.certificate, moments).state is RevocationState.VALID
    begun = time.perf_counter()
    for _ in range(20):
        source.answer(citizen.certificate, authority.certificate, moments)
    assert time.perf_counter() - begun < 5  # walking would take a minute
