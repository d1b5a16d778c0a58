"""Each rule about the citizen's certificate, with a certificate made to break that rule and no other."""

from datetime import timedelta

import pytest
from application_authority import LOGIN_USAGE, NOW, TEST_POLICY, Authority, Leaf
from cryptography.hazmat.primitives.hashes import SHA384

from kiosk.application.certificate import SIGNING_POLICY, check_certificate
from kiosk.application.errors import (
    CertificateExpired,
    CertificateNotYetValid,
    CertificateUnsuitable,
    CertificateUntrusted,
)
from kiosk.application.trust import TrustStore

FIRST = Authority()
SECOND = Authority("second")


def check(leaf, *authorities, at=NOW, policies=frozenset({TEST_POLICY})):
    store = TrustStore(tuple(authority.certificate() for authority in authorities or (FIRST,)))
    return check_certificate(leaf.der(), store, at, policies)


def test_a_good_certificate_gives_its_facts():
    facts = check(Leaf())
    assert facts.serial == 0x123456
    assert facts.not_after == Leaf().ends
    assert facts.attributes.name == "鶴ヶ島　花子"
    assert facts.attributes.birth == "19540401"
    assert facts.attributes.sex == "2"
    assert facts.attributes.address == "埼玉県鶴ヶ島市富士見一丁目０番０号"
    assert "花子" not in repr(facts)
    assert "花子" not in repr(facts.attributes)


@pytest.mark.parametrize("critical", [True, False])
def test_the_policies_extension_may_be_critical_or_not(critical):
    assert check(Leaf(policy_critical=critical)).serial


def test_the_issuer_is_found_by_signature_among_authorities_of_one_name():
    assert check(Leaf(authority=SECOND), FIRST, SECOND).serial
    assert check(Leaf(authority=FIRST), SECOND, FIRST).serial


@pytest.mark.parametrize(
    "store",
    [(SECOND,), (Authority(organisation="JPKI"),)],
    ids=["other key, same name", "same key, other name"],
)
def test_an_authority_that_is_not_in_the_store_is_not_believed(store):
    with pytest.raises(CertificateUntrusted):
        check(Leaf(), *store)


def test_an_empty_store_believes_nobody():
    with pytest.raises(CertificateUntrusted):
        check_certificate(Leaf().der(), TrustStore(()), NOW, {TEST_POLICY})


@pytest.mark.parametrize(
    "authority",
    [Authority(ends=NOW - timedelta(seconds=1)), Authority(starts=NOW + timedelta(seconds=1))],
    ids=["ended", "not begun"],
)
def test_an_authority_out_of_its_time_is_not_believed(authority):
    with pytest.raises(CertificateUntrusted):
        check(Leaf(), authority)


def test_a_certificate_counts_to_its_last_second():
    leaf = Leaf()
    assert check(leaf, at=leaf.ends).serial
    with pytest.raises(CertificateExpired):
        check(leaf, at=leaf.ends + timedelta(seconds=1))


def test_a_certificate_counts_from_its_first_second():
    leaf = Leaf()
    assert check(leaf, at=leaf.starts).serial
    with pytest.raises(CertificateNotYetValid):
        check(leaf, at=leaf.starts - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("leaf", "rule"),
    [
        (Leaf(usage=None), "key usage"),
        (Leaf(usage=LOGIN_USAGE), "key usage"),
        (Leaf(ca=True), "authority"),
        (Leaf(policy=None), "policy"),
        (Leaf(policy="1.2.392.200149.8.5.1.3.30"), "policy"),
        (Leaf(bits=3072), "key"),
        (Leaf(digest=SHA384()), "algorithm"),
        (Leaf(extra=(("1.2.3.4", True),)), "critical extension"),
        (Leaf(names=()), "holder"),
        (Leaf().named(n1=None), "holder"),
        (Leaf().named(n3=None), "holder"),
        (Leaf().named(n4=None), "holder"),
        (Leaf().named(n5=None), "holder"),
        (Leaf().named(n4="19540401"), "holder"),
        (Leaf().named(n4="31954040１"), "holder"),
    ],
)
def test_a_certificate_that_is_not_for_signatures_is_unsuitable(leaf, rule):
    with pytest.raises(CertificateUnsuitable) as caught:
        check(leaf)
    assert caught.value.rule == rule


def test_an_unknown_extension_that_is_not_critical_is_no_matter():
    assert check(Leaf(extra=(("1.2.3.4", False),))).serial


def test_unknown_other_names_and_missing_flags_are_no_matter():
    assert check(Leaf().named(n9="ツルガシマ　ハナコ", n2=None, n6=None)).attributes.name_flags == ""


def test_the_policy_of_citizens_cards_does_not_take_test_cards():
    with pytest.raises(CertificateUnsuitable):
        check(Leaf(), policies={SIGNING_POLICY})


@pytest.mark.filterwarnings("ignore:Parsed a serial number")  # one of the changes makes it negative
def test_a_certificate_with_a_changed_byte_is_refused_wherever_it_is():
    der = Leaf().der()
    store = TrustStore((FIRST.certificate(),))
    unused_bits = len(der) - 257  # a count before the signature that nothing covers
    for position in set(range(len(der))) - {unused_bits}:
        changed = bytearray(der)
        changed[position] ^= 1 << position % 8
        with pytest.raises((CertificateUnsuitable, CertificateUntrusted)):
            check_certificate(bytes(changed), store, NOW, {TEST_POLICY})


def test_broken_bytes_are_unsuitable_and_changed_ones_untrusted():
    der = Leaf().der()
    store = TrustStore((FIRST.certificate(),))
    with pytest.raises(CertificateUnsuitable):
        check_certificate(der[:-1], store, NOW, {TEST_POLICY})
    at = der.index("花子".encode())
    with pytest.raises(CertificateUntrusted):
        check_certificate(der[:at] + "花見".encode() + der[at + 6 :], store, NOW, {TEST_POLICY})
