"""A courier's and a city's throw-away keys and certificates."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.tls_authority import Authority

KIOSK = "kiosk-test"


class Trust:
    """Everything both sides need: the city's authority, both certificates, the receipt key."""

    def __init__(self, folder):
        self.authority = Authority(folder / "city", "City of tests")
        self.city = self.authority.issue("city")
        self.kiosk = self.authority.issue(KIOSK)
        self.receipt_key = Ed25519PrivateKey.generate()
        self.receipt_pem = folder / "receipt.pub"
        public = self.receipt_key.public_key()
        self.receipt_pem.write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
