"""The signed manifest: a build that was changed, cut short or signed by another is refused."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

if TYPE_CHECKING:
    from collections.abc import Callable

IMAGE = Path(__file__).parents[3] / "image"
sys.path.insert(0, str(IMAGE))  # its files are no package: the build starts them one by one
manifest = importlib.import_module("manifest")
sys.path.remove(str(IMAGE))
Refused = manifest.ManifestRefused


@pytest.fixture
def build(tmp_path: Path) -> Path:
    folder = tmp_path / "image"
    folder.mkdir()
    for name, content in {
        "madoguchi.img": b"disk" * 1000,
        "initrd": b"initrd",
        "root.hash": b"0a" * 32 + b"\n",
    }.items():
        (folder / name).write_bytes(content)
    return folder


def keys(folder: Path, name: str) -> tuple[Path, Path]:
    key = Ed25519PrivateKey.generate()
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return private, public


@pytest.fixture
def signed(build: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A build that a builder signed, and the builder's public key."""
    private, public = keys(tmp_path, "builder")
    manifest.sign(build, "0.1.0.202611250000", "0" * 40, private)
    return build, public


def test_a_signed_build_is_taken(signed: tuple[Path, Path]) -> None:
    said = manifest.verify(*signed)
    assert said["version"] == "0.1.0.202611250000"
    assert said["root_hash"] == "0a" * 32
    assert not said["demonstration"]
    assert set(said["files"]) == {"madoguchi.img", "initrd", "root.hash"}
    assert said["files"]["initrd"]["size"] == 6


def flip(name: str) -> Callable[[Path], None]:
    def flipped(folder: Path) -> None:
        data = bytearray((folder / name).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / name).write_bytes(data)

    return flipped


CHANGES: dict[str, Callable[[Path], object]] = {
    "one bit of the disk": flip("madoguchi.img"),
    "the disk cut short": lambda folder: (folder / "madoguchi.img").write_bytes(b"disk"),
    "a file that is missing": lambda folder: (folder / "initrd").unlink(),
    "a file more": lambda folder: (folder / "slot.img").write_bytes(b"slot"),
    "another root": lambda folder: (folder / "root.hash").write_text("0b" * 32),
    "one bit of the manifest": flip("manifest.json"),
    "one bit of the signature": flip("manifest.sig"),
    "no signature": lambda folder: (folder / "manifest.sig").unlink(),
    "an empty signature": lambda folder: (folder / "manifest.sig").write_bytes(b""),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_changed_is_refused(signed: tuple[Path, Path], what: str) -> None:
    CHANGES[what](signed[0])
    with pytest.raises(Refused):
        manifest.verify(*signed)


def test_the_program_names_the_file_that_was_changed(
    signed: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, public = signed
    assert manifest.main(["verify", str(folder), "--key", str(public)]) == 0
    flip("initrd")(folder)
    assert manifest.main(["verify", str(folder), "--key", str(public)]) == 1
    assert "initrd: is not the file that was signed" in capsys.readouterr().err


def test_another_builders_signature_is_refused(signed: tuple[Path, Path], tmp_path: Path) -> None:
    _, stranger = keys(tmp_path, "stranger")
    with pytest.raises(Refused, match="not signed with"):
        manifest.verify(signed[0], stranger)


def test_a_manifest_with_other_numbers_needs_another_signature(signed: tuple[Path, Path]) -> None:
    folder, public = signed
    said = json.loads((folder / "manifest.json").read_bytes())
    said["files"].pop("initrd")
    (folder / "manifest.json").write_text(json.dumps(said))
    with pytest.raises(Refused, match="not signed"):
        manifest.verify(folder, public)


def test_a_build_that_nobody_signed_is_taken_only_as_a_demonstration(build: Path) -> None:
    assert manifest.sign(build, "0.1.0.1", "0" * 40)["demonstration"]
    assert manifest.verify(build, demo=True)["demonstration"]
    with pytest.raises(Refused, match="public key is needed"):
        manifest.verify(build)
    with pytest.raises(Refused, match="demonstration"):
        manifest.verify(build, build / "manifest.demo.pub")
    flip("initrd")(build)
    with pytest.raises(Refused, match="initrd"):
        manifest.verify(build, demo=True)


def test_signing_with_a_key_leaves_no_demonstration_key_behind(build: Path, tmp_path: Path) -> None:
    manifest.sign(build, "0.1.0.1", "0" * 40)
    manifest.sign(build, "0.1.0.1", "0" * 40, keys(tmp_path, "builder")[0])
    assert not (build / "manifest.demo.pub").exists()


@pytest.mark.parametrize("content", [b"", b"-----BEGIN NOTHING-----", None])
def test_a_key_that_is_none_is_named(build: Path, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "key.pem"
    if content is None:  # a key, but of another kind
        other = generate_private_key(SECP256R1())
        content = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(content)
    with pytest.raises(Refused, match=r"key\.pem: expected an Ed25519"):
        manifest.sign(build, "0.1.0.1", "0" * 40, file)
    assert not (build / "manifest.json").exists()
