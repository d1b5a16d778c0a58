"""The ladder from signature to verdict: each rung refuses what is its own, only the last accepts."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from city_authority import LOGIN, LOGIN_POLICY, POLICY, Authority
from city_filing import a_container, an_application, cms_over, container_of, document_of

from city.config import Limits
from city.verification.container import read_container
from city.verification.refusal import Code
from city.verification.revocation import ListFiles, Moments, RevocationState, source_of
from city.verification.trust import TrustStore
from city.verification.verdict import CertificateFinding, Outcome, SignatureFinding, TimeFinding
from city.verification.verifier import Verifier


@pytest.fixture(scope="module")
def crl(authority, tmp_path_factory):
    path = tmp_path_factory.mktemp("crl") / "crl.pem"
    path.write_bytes(authority.revocation_list([authority.citizen()]))
    return path


@pytest.fixture
def verifier(authority, crl):
    former = Authority("former")
    store = TrustStore((former.certificate, authority.certificate), frozenset({POLICY}))
    return Verifier(store, ListFiles((crl,)))


def examined(verifier, citizen, *, at=None, now=None, **changes):
    container = read_container(a_container(citizen, **changes), Limits())
    proven = at or datetime.now(UTC)
    return verifier.examine(container, Moments(proven=proven, now=now or proven))


def test_a_good_application_is_accepted(verifier, citizen):
    verdict = examined(verifier, citizen)
    assert verdict.outcome is Outcome.ACCEPTED
    assert verdict.refusal is None
    assert (verdict.signature, verdict.certificate) == (SignatureFinding.GOOD, CertificateFinding.GOOD)
    assert (verdict.revocation, verdict.time) == (RevocationState.VALID, TimeFinding.GOOD)
    assert verdict.sub_indication == ""
    assert verdict.evidence.startswith(b"-----BEGIN X509 CRL")


def test_both_generations_of_the_same_name_are_recognised_by_signature(authority, tmp_path, verifier):
    former = Authority("former")
    path = tmp_path / "former.pem"
    path.write_bytes(former.revocation_list())
    both = replace(verifier, revocation=ListFiles((path,)))
    assert examined(both, former.citizen()).outcome is Outcome.ACCEPTED
    # The former generation's list says nothing about the present one's certificates.
    assert examined(both, authority.citizen()).revocation is RevocationState.UNKNOWN


def test_a_revoked_certificate_is_refused(authority, verifier, tmp_path):
    revoked = authority.citizen()
    path = tmp_path / "crl.pem"
    path.write_bytes(authority.revocation_list([revoked]))
    verdict = examined(replace(verifier, revocation=ListFiles((path,))), revoked)
    assert (verdict.outcome, verdict.refusal) == (Outcome.REFUSED, Code.CERTIFICATE_REVOKED)
    assert verdict.sub_indication == "REVOKED_NO_POE"


@pytest.mark.parametrize(
    ("kind", "state"), [("none", RevocationState.UNKNOWN), ("unavailable", RevocationState.UNAVAILABLE)]
)
def test_what_could_not_be_asked_waits_and_is_never_accepted(verifier, citizen, kind, state):
    verdict = examined(replace(verifier, revocation=source_of(kind, ())), citizen)
    assert (verdict.outcome, verdict.refusal, verdict.revocation) == (Outcome.ON_HOLD, None, state)
    assert verdict.sub_indication == "TRY_LATER"


@pytest.mark.parametrize("kind", ["none", "unavailable"])
def test_waiting_for_revocation_excuses_nothing_else(authority, verifier, kind):
    waiting = replace(verifier, revocation=source_of(kind, ()))
    assert examined(waiting, authority.citizen(days=(-400, -1))).refusal is Code.CERTIFICATE_EXPIRED
    assert examined(waiting, Authority("stranger").citizen()).refusal is Code.CERTIFICATE_UNTRUSTED


@pytest.mark.parametrize(
    ("changes", "code", "finding", "rule"),
    [
        ({"days": (-400, -1)}, Code.CERTIFICATE_EXPIRED, CertificateFinding.EXPIRED, "dates"),
        ({"days": (1, 400)}, Code.CERTIFICATE_EXPIRED, CertificateFinding.NOT_YET_VALID, "dates"),
        ({"key_usage": LOGIN}, Code.CERTIFICATE_UNTRUSTED, CertificateFinding.UNSUITABLE, "key usage"),
        ({"key_usage": None}, Code.CERTIFICATE_UNTRUSTED, CertificateFinding.UNSUITABLE, "key usage"),
        ({"policy": LOGIN_POLICY}, Code.CERTIFICATE_UNTRUSTED, CertificateFinding.UNSUITABLE, "policy"),
        ({"policy": None}, Code.CERTIFICATE_UNTRUSTED, CertificateFinding.UNSUITABLE, "policy"),
        ({"ca": True}, Code.CERTIFICATE_UNTRUSTED, CertificateFinding.UNSUITABLE, "authority"),
        ({"extra": (("1.2.3.4", True),)}, Code.CERTIFICATE_UNTRUSTED, CertificateFinding.UNSUITABLE, "path"),
    ],
)
def test_each_rule_of_the_certificate_refuses(authority, verifier, changes, code, finding, rule):
    verdict = examined(verifier, authority.citizen(**changes))
    assert (verdict.outcome, verdict.refusal, verdict.certificate) == (Outcome.REFUSED, code, finding)
    assert verdict.rule == rule
    assert verdict.revocation is None
    assert verdict.sub_indication


@pytest.mark.parametrize("changes", [{"policy_critical": False}, {"extra": (("1.2.3.4", False),)}, {"ca": False}])
def test_what_the_profile_leaves_open_is_accepted(authority, verifier, changes):
    assert examined(verifier, authority.citizen(**changes)).outcome is Outcome.ACCEPTED


def test_an_authority_of_the_same_name_with_another_key_is_refused(verifier):
    verdict = examined(verifier, Authority("stranger").citizen())
    assert (verdict.refusal, verdict.certificate) == (Code.CERTIFICATE_UNTRUSTED, CertificateFinding.UNTRUSTED)
    assert verdict.sub_indication == "NO_CERTIFICATE_CHAIN_FOUND"


def test_an_anchor_that_has_run_out_vouches_for_nobody(tmp_path):
    old = Authority("old", days=(-3000, -1))
    path = tmp_path / "crl.pem"
    path.write_bytes(old.revocation_list())
    verifier = Verifier(TrustStore((old.certificate,), frozenset({POLICY})), ListFiles((path,)))
    assert examined(verifier, old.citizen()).refusal is Code.CERTIFICATE_UNTRUSTED


def test_a_signature_over_other_content_is_refused(verifier, citizen):
    container = read_container(a_container(citizen), Limits())
    now = datetime.now(UTC)
    other_end = container.signature[:-1] + bytes((container.signature[-1] ^ 1,))
    for changed, finding, sub in (
        (replace(container, manifest=container.manifest + b" "), SignatureFinding.CONTENT_CHANGED, "HASH_FAILURE"),
        (replace(container, signature=other_end), SignatureFinding.FALSE, "SIG_CRYPTO_FAILURE"),
        (replace(container, signature=b"0"), SignatureFinding.MALFORMED, "FORMAT_FAILURE"),
        (replace(container, signature=b""), SignatureFinding.MALFORMED, "FORMAT_FAILURE"),
        (replace(container, signature=container.signature + b"\0"), SignatureFinding.MALFORMED, "FORMAT_FAILURE"),
    ):
        verdict = verifier.examine(changed, Moments(now, now))
        assert (verdict.refusal, verdict.signature) == (Code.SIGNATURE_INVALID, finding)
        assert verdict.sub_indication == sub
        assert verdict.certificate is CertificateFinding.NOT_CHECKED


def test_no_changed_byte_of_the_signature_is_accepted(verifier, citizen):
    container = read_container(a_container(citizen), Limits())
    now = datetime.now(UTC)
    der = container.signature
    for place in range(0, len(der), 7):
        broken = der[:place] + bytes([der[place] ^ 0x15]) + der[place + 1 :]
        verdict = verifier.examine(replace(container, signature=broken), Moments(now, now))
        assert verdict.outcome is Outcome.REFUSED, place


def test_a_signature_of_another_certificate_of_the_same_key_is_refused(authority, verifier, citizen):
    """The signing-certificate attribute binds the signature to one certificate."""
    other = authority.citizen(days=(-50, 700))
    container = read_container(a_container(citizen), Limits())
    swapped = container.signature.replace(citizen.der, other.der)
    assert swapped != container.signature
    now = datetime.now(UTC)
    verdict = verifier.examine(replace(container, signature=swapped), Moments(now, now))
    assert verdict.outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("changes", "minutes", "finding"),
    [
        ({"clock_trusted": False}, 0, TimeFinding.CLOCK_UNTRUSTED),
        ({}, 10, TimeFinding.AHEAD),
        ({}, -60, TimeFinding.DISAGREES),
        ({}, 4, TimeFinding.GOOD),
    ],
)
def test_a_strange_time_is_shown_and_refuses_nothing(verifier, citizen, changes, minutes, finding):
    now = datetime.now(UTC)
    document = document_of(an_application("txn-00000009", **changes))
    raw = container_of(document, citizen, at=now + timedelta(minutes=minutes))
    verdict = verifier.examine(read_container(raw, Limits()), Moments(now, now))
    assert (verdict.outcome, verdict.time) == (Outcome.ACCEPTED, finding)


def test_a_later_examination_counts_the_dates_at_the_reception(authority, verifier, tmp_path):
    short = authority.citizen(days=(-400, 1))
    received = datetime.now(UTC)
    later = received + timedelta(days=30)
    path = tmp_path / "crl.pem"
    fresh = ListFiles((path,))
    path.write_bytes(authority.revocation_list(hours=(-1, 24 * 60)))
    assert examined(replace(verifier, revocation=fresh), short, at=received, now=later).outcome is Outcome.ACCEPTED
    assert examined(replace(verifier, revocation=fresh), short, at=later).refusal is Code.CERTIFICATE_EXPIRED


def test_a_revocation_after_the_reception_does_not_reach_back(authority, verifier, tmp_path):
    citizen = authority.citizen()
    received = datetime.now(UTC) - timedelta(days=20)
    path = tmp_path / "crl.pem"
    path.write_bytes(authority.revocation_list([citizen], since_days=-10))
    source = ListFiles((path,))
    now = datetime.now(UTC)
    assert examined(replace(verifier, revocation=source), citizen, at=received, now=now).outcome is Outcome.ACCEPTED
    assert examined(replace(verifier, revocation=source), citizen).refusal is Code.CERTIFICATE_REVOKED


def test_a_demonstration_authority_marks_what_it_signed(verifier, citizen, tmp_path):
    assert examined(verifier, citizen, demo=False).demo
    real = Authority("real", organisation="JPKI")
    path = tmp_path / "crl.pem"
    path.write_bytes(real.revocation_list())
    real_verifier = Verifier(TrustStore((real.certificate,), frozenset({POLICY})), ListFiles((path,)))
    assert not examined(real_verifier, real.citizen(), demo=False).demo
    assert examined(real_verifier, real.citizen(), demo=True).demo


def test_nothing_of_the_certificate_reaches_a_log(authority, verifier, caplog):
    caplog.set_level(logging.DEBUG)
    for citizen in (authority.citizen(days=(-400, -1)), Authority("stranger").citizen()):
        examined(verifier, citizen)
    names = {record.name.partition(".")[0] for record in caplog.records}
    assert not names & {"pyhanko", "pyhanko_certvalidator"}


@pytest.mark.parametrize("attribute", ["signing_time", "signing_certificate_v2"])
def test_a_signature_without_a_needed_attribute_is_refused(verifier, citizen, attribute):
    from asn1crypto import cms
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256

    container = read_container(a_container(citizen), Limits())
    info = cms.ContentInfo.load(cms_over(container.manifest, citizen))
    signer = info["content"]["signer_infos"][0]
    kept = [each for each in signer["signed_attrs"] if each["type"].native != attribute]
    signer["signed_attrs"] = cms.CMSAttributes(kept)
    signed = cms.CMSAttributes(kept).dump()
    signer["signature"] = citizen.key.sign(signed, PKCS1v15(), SHA256())
    now = datetime.now(UTC)
    verdict = verifier.examine(replace(container, signature=info.dump(force=True)), Moments(now, now))
    assert (verdict.refusal, verdict.rule) == (Code.SIGNATURE_INVALID, "attributes")
