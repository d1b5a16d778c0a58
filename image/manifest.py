# ruff: noqa: INP001, T201  # a tool, not a package
"""Sign what a build left, and check it before it is written to a card.

    python image/manifest.py sign FOLDER VERSION COMMIT [--key PRIVATE.pem]
    python image/manifest.py verify FOLDER --key PUBLIC.pem | --demo

manifest.json names every file of the folder that is given away with its size and SHA-256, the root's hash, version and
commit; manifest.sig is an Ed25519 signature of its bytes. Without a key a throw-away one is made, its public half is
left as manifest.demo.pub, and the manifest says that it is a demonstration, which `verify` takes only when asked to.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = 1
GIVEN_AWAY = (
    "madoguchi.img", "madoguchi.img.zst", "system.erofs", "slot.img", "initrd", "root.hash", "sbom.cdx.json",
    "files.txt", "kiosk.toml",
)  # fmt: skip


class ManifestRefused(Exception):
    """A key, manifest, signature or file that is not what it should be; the message says which."""


def digest(path: Path) -> str:
    """Return a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def described(folder: Path) -> dict[str, dict[str, Any]]:
    """Return size and digest of each file that is given away and there."""
    there = [name for name in GIVEN_AWAY if (folder / name).is_file()]
    return {name: {"size": (folder / name).stat().st_size, "sha256": digest(folder / name)} for name in there}


def private_key(path: Path | None) -> Ed25519PrivateKey:
    """Read the builder's key, or make one for this build only; raises ManifestRefused."""
    if path is None:
        return Ed25519PrivateKey.generate()
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise ManifestRefused(f"{path}: expected an Ed25519 private key, PEM, without a password") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ManifestRefused(f"{path}: expected an Ed25519 key: openssl genpkey -algorithm ed25519 -out {path}")
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """Read the key that a manifest must be signed with; raises ManifestRefused."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ManifestRefused(f"{path}: expected an Ed25519 public key, PEM") from error
    if not isinstance(key, Ed25519PublicKey):
        raise ManifestRefused(f"{path}: expected an Ed25519 public key")
    return key


def sign(folder: Path, version: str, commit: str, key_file: Path | None = None) -> dict[str, Any]:
    """Write manifest.json and manifest.sig; returns what the manifest says."""
    key = private_key(key_file)
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "name": "madoguchi",
        "version": version,
        "commit": commit,
        "demonstration": key_file is None,
        "root_hash": (folder / "root.hash").read_text("ascii").strip(),
        "files": described(folder),
    }
    data = rfc8785.dumps(manifest)
    (folder / "manifest.json").write_bytes(data)
    (folder / "manifest.sig").write_bytes(base64.b64encode(key.sign(data)) + b"\n")
    demo = folder / "manifest.demo.pub"
    demo.unlink(missing_ok=True)
    if key_file is None:
        demo.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return manifest


def verify(folder: Path, key_file: Path | None = None, *, demo: bool = False) -> dict[str, Any]:
    """Check the signature, then every file; returns what the manifest says, raises ManifestRefused."""
    if key_file is None and not demo:
        raise ManifestRefused("a public key is needed: --key PUBLIC.pem; --demo for a build that nobody signed")
    key = public_key(key_file or folder / "manifest.demo.pub")
    try:
        data, signature = (folder / "manifest.json").read_bytes(), (folder / "manifest.sig").read_bytes()
        key.verify(base64.b64decode(signature, validate=False), data)
    except OSError as error:
        raise ManifestRefused(f"{error.filename}: missing") from error
    except (InvalidSignature, ValueError) as error:
        raise ManifestRefused(
            f"{folder / 'manifest.json'}: not signed with {key_file or 'the key beside it'}"
        ) from error
    manifest: dict[str, Any] = json.loads(data)
    if manifest["format"] != FORMAT:
        raise ManifestRefused(f"{folder / 'manifest.json'}: format {manifest['format']}, this program knows {FORMAT}")
    if manifest["demonstration"] and not demo:
        raise ManifestRefused(f"{folder / 'manifest.json'}: a demonstration, not to be used for citizens (--demo)")
    if wrong := list(_wrong(folder, manifest)):
        raise ManifestRefused("\n".join(wrong))
    return manifest


def _wrong(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    for name, said in manifest["files"].items():
        path = folder / name
        if Path(name).name != name:
            yield f"{name}: not a file of this folder"
        elif not path.is_file():
            yield f"{path}: missing"
        elif path.stat().st_size != said["size"]:
            yield f"{path}: has {path.stat().st_size} bytes, the manifest says {said['size']}"
        elif digest(path) != said["sha256"]:
            yield f"{path}: is not the file that was signed"
    for name in GIVEN_AWAY:
        if (folder / name).is_file() and name not in manifest["files"]:
            yield f"{folder / name}: the manifest does not know it"
    root = folder / "root.hash"
    if root.is_file() and root.read_text("ascii").strip() != manifest["root_hash"]:
        yield f"{root}: not the root that was signed"


def main(arguments: list[str] | None = None) -> int:
    """Do what the module's first lines say; 1 when something was refused."""
    parser = argparse.ArgumentParser(prog="manifest.py")
    verbs = parser.add_subparsers(dest="verb", required=True)
    signing, verifying = verbs.add_parser("sign"), verbs.add_parser("verify")
    for verb in (signing, verifying):
        verb.add_argument("folder", type=Path)
        verb.add_argument("--key", type=Path)
    signing.add_argument("version")
    signing.add_argument("commit")
    verifying.add_argument("--demo", action="store_true")
    options = parser.parse_args(arguments)
    try:
        if options.verb == "sign":
            manifest = sign(options.folder, options.version, options.commit, options.key)
        else:
            manifest = verify(options.folder, options.key, demo=options.demo)
    except ManifestRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    kind = "DEMONSTRATION, signed with a throw-away key" if manifest["demonstration"] else "signed"
    print(f"manifest: {len(manifest['files'])} files, version {manifest['version']}, {kind}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
