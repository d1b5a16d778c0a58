"""Trust files: what gets in, and that demonstration authorities stay out of a kiosk in the field."""

import pytest
from application_authority import LOGIN_USAGE, Authority, Leaf
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.application.errors import TrustFileUnusable
from kiosk.application.trust import TrustStore


def written(tmp_path, data):
    path = tmp_path / "authorities"
    path.write_bytes(data)
    return [path]


def test_one_file_may_hold_several_generations(tmp_path):
    both = Authority().pem() + Authority("second").pem()
    assert len(TrustStore.load(written(tmp_path, both), allow_demo=True).authorities) == 2


def test_der_is_read_too(tmp_path):
    der = Authority(organisation="JPKI").certificate().public_bytes(Encoding.DER)
    assert len(TrustStore.load(written(tmp_path, der)).authorities) == 1


@pytest.mark.parametrize("organisation", ["JPKI-EMU", "JPKI-TEST"])
def test_demonstration_and_test_authorities_need_to_be_allowed(tmp_path, organisation):
    paths = written(tmp_path, Authority(organisation=organisation).pem())
    with pytest.raises(TrustFileUnusable) as caught:
        TrustStore.load(paths)
    assert caught.value.path == str(paths[0])
    assert TrustStore.load(paths, allow_demo=True).authorities


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nothing",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        Leaf().der(),
        Authority().certificate(ca=False).public_bytes(Encoding.PEM),
        Authority().certificate(usage=LOGIN_USAGE).public_bytes(Encoding.PEM),
    ],
    ids=["empty", "text", "broken", "a citizen's", "no CA flag", "may not issue"],
)
def test_anything_but_a_self_signed_authority_is_refused(tmp_path, data):
    with pytest.raises(TrustFileUnusable):
        TrustStore.load(written(tmp_path, data), allow_demo=True)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(TrustFileUnusable, match="nowhere"):
        TrustStore.load([tmp_path / "nowhere.pem"])
