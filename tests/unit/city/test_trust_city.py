"""Demonstration authorities are trusted only where the configuration says so."""

from __future__ import annotations

import pytest
from city_authority import POLICY, Authority

from city.errors import FileUnusable
from city.verification.holder import certified_holder
from city.verification.trust import TrustStore


@pytest.mark.parametrize("organisation", ["JPKI-EMU", "JPKI-TEST"])
def test_a_demonstration_authority_must_be_allowed(tmp_path, organisation):
    path = tmp_path / "sign_ca.pem"
    path.write_bytes(Authority(organisation=organisation).pem)
    with pytest.raises(FileUnusable, match="allow_demo"):
        TrustStore.load([path], [POLICY], allow_demo=False)
    assert len(TrustStore.load([path], [POLICY], allow_demo=True).anchors) == 1


def test_one_demonstration_authority_among_real_ones_is_found(tmp_path):
    path = tmp_path / "sign_ca.pem"
    path.write_bytes(Authority("real", organisation="JPKI").pem + Authority().pem)
    with pytest.raises(FileUnusable):
        TrustStore.load([path], [POLICY], allow_demo=False)


@pytest.mark.parametrize("content", [None, b"", b"nonsense"])
def test_a_file_without_certificates_is_named(tmp_path, content):
    path = tmp_path / "sign_ca.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FileUnusable, match=r"sign_ca\.pem"):
        TrustStore.load([path], [POLICY], allow_demo=True)


def test_the_holder_is_read_with_substitute_characters_marked(citizen):
    holder = certified_holder(citizen.certificate)
    assert holder.name.text == "鶴ヶ島　花子"
    assert [character for character, substitute in holder.name.characters if substitute] == ["ヶ"]
    assert holder.birth == "1954年（昭和29年）4月1日"
    assert (holder.sex, holder.address.text) == ("女", "埼玉県鶴ヶ島市富士見一丁目０番０号")
