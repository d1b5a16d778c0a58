"""Is this an update that this machine may take? Judged whole, before anything is written to a slot.

RAUC checks the signature against the authority; dm-verity's tree in the bundle then proves every block of it, so a bit
that changed anywhere is found here and not in the middle of the installation.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec
from asn1crypto import cms
from cryptography import x509

from kiosk.update.version import NoVersion, parts

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

LENGTH: Final = 8  # bytes at the end: how long the signature before them is
BLOCK: Final = 4096
WITHIN: Final = 900.0  # seconds, for a slow card
_HEX: Final = frozenset("0123456789abcdef")
LANGUAGE: Final = {"LC_ALL": "C"}  # in which the programs that are asked answer


class Refusal(StrEnum):
    """Why a bundle is not taken; docs/runbook.md says what to do about each."""

    NO_AUTHORITY = "no-authority"  # this machine has no trust/update_ca.pem, or not a good one
    DEMO_AUTHORITY = "demo-authority"  # the authority is the demonstration's, the kiosk is not
    DAMAGED = "damaged"  # cut off, or a bit of it changed
    UNSIGNED = "unsigned"
    FOREIGN_AUTHORITY = "foreign-authority"  # signed, but not by whom this machine trusts
    FOREIGN_DEVICE = "foreign-device"  # for another kind of machine
    NO_VERSION = "no-version"
    OLDER = "older"  # than what runs here
    FAILED_BEFORE = "failed-before"  # was installed once and did not prove itself
    UNREADABLE = "unreadable"  # the medium does not give it, or it does not fit


class BundleRefused(Exception):
    """A bundle that is not taken."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


class _Info(msgspec.Struct):
    """What `rauc info` says; the rest of it is not asked."""

    compatible: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """What this machine is: RAUC's own configuration names authority and kind; `demo` lets demonstration ones pass."""

    rauc_config: Path
    authority: Path
    compatible: str
    version: str
    demo: bool

    def examine(self, bundle: Path, failed: Container[str] = ()) -> str | None:
        """Return the bundle's version, None when it is the one that runs; raises BundleRefused.

        `failed` are versions that were installed once and did not prove themselves.
        """
        self._check_authority()
        info = self._signed(bundle)
        if info.compatible != self.compatible:
            raise BundleRefused(Refusal.FOREIGN_DEVICE)
        try:
            version = info.version or ""
            offered, runs = parts(version), parts(self.version)
        except NoVersion:
            raise BundleRefused(Refusal.NO_VERSION) from None
        if offered < runs:
            raise BundleRefused(Refusal.OLDER)
        if version in failed:
            raise BundleRefused(Refusal.FAILED_BEFORE)
        check_blocks(bundle)
        return version if offered > runs else None

    def _check_authority(self) -> None:
        try:
            found = x509.load_pem_x509_certificates(self.authority.read_bytes())
        except (OSError, ValueError):
            raise BundleRefused(Refusal.NO_AUTHORITY) from None
        if not self.demo and any("DEMO" in each.subject.rfc4514_string() for each in found):
            raise BundleRefused(Refusal.DEMO_AUTHORITY)

    def _signed(self, bundle: Path) -> _Info:
        order = ["rauc", f"--conf={self.rauc_config}", "info", "--output-format=json", str(bundle)]
        done = subprocess.run(order, capture_output=True, check=False, timeout=WITHIN, env={**os.environ, **LANGUAGE})
        if done.returncode != 0:
            raise BundleRefused(refusal_of(done.stderr.decode("utf-8", "replace"), bundle))
        try:
            return msgspec.json.decode(done.stdout, type=_Info)
        except msgspec.DecodeError:
            raise BundleRefused(Refusal.DAMAGED) from None


def refusal_of(said: str, bundle: Path) -> Refusal:
    """Return what RAUC's words mean; whatever is not known is damage."""
    if not (bundle.is_file() and os.access(bundle, os.R_OK)):
        return Refusal.UNREADABLE
    if "Signature size is 0" in said or "no signature" in said.lower():
        return Refusal.UNSIGNED
    if "signature verification failed: Verify error" in said:
        return Refusal.FOREIGN_AUTHORITY
    return Refusal.DAMAGED


def check_blocks(bundle: Path) -> None:
    """Prove every block by the tree whose root stands in the signed manifest; raises BundleRefused."""
    size = bundle.stat().st_size
    with bundle.open("rb") as file:
        file.seek(-LENGTH, 2)
        signature = int.from_bytes(file.read(LENGTH), "big")
        if not 0 < signature < size:
            raise BundleRefused(Refusal.DAMAGED)
        file.seek(-LENGTH - signature, 2)
        manifest = _manifest(file.read(signature))
    tree = manifest.get("verity-size", "")
    root, salt = manifest.get("verity-hash", ""), manifest.get("verity-salt", "")
    content = size - LENGTH - signature - int(tree or "0")
    if not root or set(root + salt) - _HEX or content <= 0 or content % BLOCK:
        raise BundleRefused(Refusal.DAMAGED)
    order = ["veritysetup", "verify", str(bundle), str(bundle), root, f"--hash-offset={content}", "--no-superblock"]
    order += [f"--data-blocks={content // BLOCK}", "--hash=sha256", "--format=1", f"--salt={salt}"]
    order += [f"--data-block-size={BLOCK}", f"--hash-block-size={BLOCK}"]
    done = subprocess.run(order, capture_output=True, check=False, timeout=WITHIN, env={**os.environ, **LANGUAGE})
    if done.returncode != 0:
        raise BundleRefused(Refusal.DAMAGED)


def _manifest(signature: bytes) -> dict[str, str]:
    """Return the lines of the manifest that lies inside the signature (CMS, RFC 5652); raises BundleRefused."""
    try:
        text = cms.ContentInfo.load(signature)["content"]["encap_content_info"]["content"].native.decode()  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BundleRefused(Refusal.DAMAGED) from None
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
