"""The throw-away authority: two generations under one name, every persona's card, the list of the revoked.

Its keys are never written: once the folder is made, nobody can issue another certificate under it.
"""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from drivers.virtual import certificates
from drivers.virtual.certificates import AUTHENTICATION_UNIT, SIGNING_UNIT, Authority
from drivers.virtual.image import save_image
from drivers.virtual.manufacture import Issued, make_jpki_card, make_other_card

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cryptography import x509

    from drivers.virtual.personas import Certificate, Persona

_JAPAN: Final = timezone(timedelta(hours=9))
_YEAR: Final = 365
_GENERATIONS: Final = {  # days before and after the making
    "former": (-7 * _YEAR, 3 * _YEAR),
    "current": (-6 * _YEAR, 4 * _YEAR),
    "stranger": (-6 * _YEAR, 4 * _YEAR),  # the same name again, and in no trust store
}
_NEXT_UPDATE_DAYS: Final = 30
_KEY_BITS: Final = 2048


@dataclass(frozen=True, slots=True, repr=False)
class _Root:
    """All that the authority needs while it makes one folder."""

    signing: Mapping[str, Authority]
    authentication: Authority
    auth_key: rsa.RSAPrivateKey
    auth_certificate: x509.Certificate


def make_authority(directory: Path, personas: Mapping[str, Persona], now: datetime) -> None:
    """Write `sign_ca.pem`, `sign_ca_all.pem`, `crl.pem` (current generation first) and `cards/<persona>.json`.

    `now` is aware; the personas' days count from it. An older folder's files of these names are replaced.
    """
    cards = directory / "cards"
    cards.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ThreadPoolExecutor() as pool:  # making an RSA key releases the interpreter
        keys = [pool.submit(_new_key) for _ in range(len(_GENERATIONS) + 2 + len(personas))]
    ready = [each.result() for each in keys]
    root = _make_root(ready, now)
    revoked: dict[str, list[int]] = {generation: [] for generation in _GENERATIONS}
    for (name, persona), key in zip(personas.items(), ready[len(_GENERATIONS) + 2 :], strict=True):
        serial = _make_card(root, cards / f"{name}.json", persona, key, now)
        if persona.certificate.revoked:
            revoked[persona.certificate.authority].append(serial)
    _write_trust(directory, root, revoked, now)


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)


def _make_root(keys: list[rsa.RSAPrivateKey], now: datetime) -> _Root:
    signing = {
        name: certificates.issue_authority(key, SIGNING_UNIT, _serial(), *_span(now, *days))
        for key, (name, days) in zip(keys, _GENERATIONS.items(), strict=False)
    }
    auth_ca_key, auth_key = keys[len(_GENERATIONS) : len(_GENERATIONS) + 2]
    authentication = certificates.issue_authority(
        auth_ca_key, AUTHENTICATION_UNIT, _serial(), *_span(now, *_GENERATIONS["current"])
    )
    anonymous = certificates.issue_authentication(
        authentication, auth_key.public_key(), _serial(), _span(now, -_YEAR, 3 * _YEAR)
    )
    return _Root(signing, authentication, auth_key, anonymous)


def _serial() -> int:
    return secrets.randbelow(0x7FFFFFFF) + 1


def _span(now: datetime, first_day: int, last_day: int) -> tuple[datetime, datetime]:
    """Return the first moment of one day and the last second of another, counted in Japan."""
    today = now.astimezone(_JAPAN).date()
    begins = datetime.combine(today + timedelta(days=first_day), time.min, _JAPAN)
    ends = datetime.combine(today + timedelta(days=last_day), time(23, 59, 59), _JAPAN)
    return begins, ends


def _make_card(root: _Root, path: Path, persona: Persona, key: rsa.RSAPrivateKey, now: datetime) -> int:
    """Write one card image; return the serial of its signing certificate (issued or not)."""
    serial = _serial()
    if persona.person is None:
        save_image(make_other_card(path.stem, persona), path)
        return serial
    wishes, issuer = persona.certificate, root.signing[persona.certificate.authority]
    certificate = None
    if persona.sign_certificate:
        span = _span(now, wishes.from_days, wishes.until_days)
        issued = certificates.issue_signing(issuer, key.public_key(), persona.person, wishes, serial, span)
        certificate = _spoilt(issued.public_bytes(Encoding.DER), wishes)
    image = make_jpki_card(
        path.stem,
        persona,
        persona.person,
        Issued(
            certificate,
            _pkcs8(key),
            issuer.certificate.public_bytes(Encoding.DER),
            root.auth_certificate.public_bytes(Encoding.DER),
            _pkcs8(root.auth_key),
            root.authentication.certificate.public_bytes(Encoding.DER),
        ),
    )
    save_image(image, path)
    return serial


def _spoilt(der: bytes, wishes: Certificate) -> bytes:
    """Change one bit of the authority's signature where the persona asks for it."""
    return der[:-1] + bytes((der[-1] ^ 1,)) if wishes.tampered else der


def _pkcs8(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _write_trust(directory: Path, root: _Root, revoked: Mapping[str, list[int]], now: datetime) -> None:
    trusted = ("current", "former")
    pems = [root.signing[name].certificate.public_bytes(Encoding.PEM) for name in trusted]
    (directory / "sign_ca.pem").write_bytes(pems[0])
    (directory / "sign_ca_all.pem").write_bytes(b"".join(pems))
    moment = now.replace(microsecond=0)
    span = (moment - timedelta(hours=1), moment + timedelta(days=_NEXT_UPDATE_DAYS))
    lists = [certificates.revocation_list(root.signing[name], revoked[name], 1, span) for name in trusted]
    (directory / "crl.pem").write_bytes(b"".join(each.public_bytes(Encoding.PEM) for each in lists))
