"""Was the certificate revoked? Four honest answers, from a source that the configuration names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from cryptography import x509

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

_PEM = re.compile(rb"-----BEGIN X509 CRL-----.+?-----END X509 CRL-----\r?\n?", re.DOTALL)


class RevocationState(StrEnum):
    """What is known: it stands, it was revoked, nobody knows this authority's, or it could not be asked."""

    VALID = "valid"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class RevocationAnswer:
    """The state, why when it is neither valid nor revoked, and the bytes that prove it."""

    state: RevocationState
    reason: str = ""
    evidence: bytes = b""


@dataclass(frozen=True, slots=True)
class Moments:
    """When the signature is proven to have existed, and when the question is asked; the same at first reception."""

    proven: datetime
    now: datetime


class RevocationSource(Protocol):
    """Anything that can be asked."""

    def answer(self, certificate: x509.Certificate, issuer: x509.Certificate, when: Moments) -> RevocationAnswer:
        """Answer for one certificate of one issuer; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Silent:
    """No source, or one that is known to be down: every application waits (受付保留)."""

    state: RevocationState
    reason: str

    def answer(self, certificate: x509.Certificate, issuer: x509.Certificate, when: Moments) -> RevocationAnswer:
        """Give the same answer to everyone."""
        del certificate, issuer, when
        return RevocationAnswer(self.state, self.reason)


@dataclass(frozen=True, slots=True)
class _List:
    """One list, parsed; `revoked` makes the lookup independent of its length (a real one has 100 000 entries)."""

    parsed: x509.CertificateRevocationList
    raw: bytes
    revoked: Mapping[int, datetime]


def _parse(raw: bytes) -> tuple[_List, ...]:
    """Read one list in DER or any number in PEM; raises ValueError."""
    if not raw.startswith(b"-----"):
        return (_listed(x509.load_der_x509_crl(raw), raw),)
    found = tuple(_listed(x509.load_pem_x509_crl(each), each) for each in _PEM.findall(raw))
    if not found:
        raise ValueError("no list")
    return found


def _listed(parsed: x509.CertificateRevocationList, raw: bytes) -> _List:
    return _List(parsed, raw, {entry.serial_number: entry.revocation_date_utc for entry in parsed})


def _names(certificate: x509.Certificate) -> list[x509.GeneralName]:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return []
    return [name for point in points for name in point.full_name or ()]


def _covers(listed: _List, certificate: x509.Certificate) -> bool:
    """Tell whether the list speaks about all reasons of this kind of certificate (RFC 5280 §5.2)."""
    for extension in listed.parsed.extensions:
        value = extension.value
        if isinstance(value, x509.IssuingDistributionPoint):
            partial = value.only_contains_ca_certs or value.only_contains_attribute_certs or value.indirect_crl
            if partial or value.only_some_reasons:
                return False
            if value.full_name and not set(value.full_name) & set(_names(certificate)):
                return False
        elif extension.critical:
            return False  # a delta list, or something invented since
    return True


def _is_current(listed: _List, at: datetime) -> bool:
    until = listed.parsed.next_update_utc
    return until is not None and listed.parsed.last_update_utc <= at < until


class ListFiles:
    """Revocation lists lying in files that someone keeps fresh; read again when a file changes."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._paths = paths
        self._lock = Lock()
        self._known: dict[Path, tuple[tuple[int, int], tuple[_List, ...]]] = {}

    def _lists(self, path: Path) -> tuple[_List, ...]:
        """Return the file's lists; raises OSError or ValueError."""
        stat = path.stat()
        mark = (stat.st_mtime_ns, stat.st_size)
        with self._lock:
            known = self._known.get(path)
            if known is None or known[0] != mark:
                known = self._known[path] = (mark, _parse(path.read_bytes()))
        return known[1]

    def _readable(self) -> tuple[list[_List], bool]:
        """Return all lists that can be read, and whether that was every file."""
        lists: list[_List] = []
        every = True
        for path in self._paths:
            try:
                lists += self._lists(path)
            except (OSError, ValueError):
                every = False
        return lists, every

    def answer(self, certificate: x509.Certificate, issuer: x509.Certificate, when: Moments) -> RevocationAnswer:
        """Answer from the lists that the issuer signed and that are in force now."""
        lists, every = self._readable()
        public = issuer.public_key()
        ours = [
            listed
            for listed in lists
            if listed.parsed.issuer == issuer.subject
            and listed.parsed.is_signature_valid(public)  # type: ignore[arg-type]  # any key kind may sign a list
            and _covers(listed, certificate)
        ]
        for listed in ours:
            # A revocation stays true when its list has run out; one after the reception does not reach back.
            since = listed.revoked.get(certificate.serial_number)
            if since is not None and since <= when.proven:
                return RevocationAnswer(RevocationState.REVOKED, evidence=listed.raw)
        current = [listed for listed in ours if _is_current(listed, when.now)]
        if current:
            return RevocationAnswer(RevocationState.VALID, evidence=current[0].raw)
        if ours:
            return RevocationAnswer(RevocationState.UNAVAILABLE, "list out of date", ours[0].raw)
        if not every:
            return RevocationAnswer(RevocationState.UNAVAILABLE, "list not readable")
        return RevocationAnswer(RevocationState.UNKNOWN, "no list of this authority")


def source_of(kind: str, paths: tuple[Path, ...]) -> RevocationSource:
    """Return the source that the configuration names: `file`, `none` or `unavailable`."""
    if kind == "file":
        return ListFiles(paths)
    if kind == "none":
        return Silent(RevocationState.UNKNOWN, "no source configured")
    return Silent(RevocationState.UNAVAILABLE, "source out of service")
