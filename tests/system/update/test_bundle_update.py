"""Which bundles are taken: real ones, made and signed by `make bundle`, judged by the real RAUC and veritysetup."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import bundles
import pytest

from kiosk.update.bundle import BundleRefused, Judge, Refusal, refusal_of

if TYPE_CHECKING:
    from collections.abc import Callable

NOBODY = 65534


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("works")


@pytest.fixture(scope="module")
def bundle(works: Path) -> Path:
    return bundles.make(works)


@pytest.fixture
def judge(works: Path, bundle: Path, tmp_path: Path) -> Judge:
    authority = bundle.parent / "update-demo/ca.pem"
    return Judge(bundles.rauc_config(tmp_path, authority), authority, bundles.COMPATIBLE, bundles.RUNS, demo=True)


def refusal(judge: Judge, bundle: Path, failed: tuple[str, ...] = ()) -> Refusal:
    with pytest.raises(BundleRefused) as refused:
        judge.examine(bundle, failed)
    return refused.value.refusal


def test_a_newer_bundle_is_taken(judge: Judge, bundle: Path) -> None:
    assert judge.examine(bundle) == bundles.NEWER


def test_the_version_that_runs_is_no_news(judge: Judge, works: Path) -> None:
    assert judge.examine(bundles.make(works, bundles.RUNS)) is None


def test_an_older_one_is_refused(judge: Judge, works: Path) -> None:
    assert refusal(judge, bundles.make(works, bundles.OLDER)) is Refusal.OLDER


@pytest.mark.parametrize("version", ["", "1", "1.2-3", "v1.2", "1.02", "1.2.3.4.5.6.7"])
def test_one_whose_version_cannot_be_compared_is_refused(judge: Judge, works: Path, version: str) -> None:
    assert refusal(judge, bundles.make(works, version or " ")) is Refusal.NO_VERSION


def test_one_that_failed_before_is_refused(judge: Judge, bundle: Path) -> None:
    assert refusal(judge, bundle, (bundles.NEWER,)) is Refusal.FAILED_BEFORE


def test_one_for_another_machine_is_refused(judge: Judge, works: Path) -> None:
    assert refusal(judge, bundles.make(works, compatible="coffee-machine")) is Refusal.FOREIGN_DEVICE


def test_one_of_another_authority_is_refused(judge: Judge, tmp_path: Path) -> None:
    assert refusal(judge, bundles.make(tmp_path / "other")) is Refusal.FOREIGN_AUTHORITY


# RAUC 1.13 as the updater's user, once something was installed: the status file beside the bundle is root's alone.
STATUS = "rauc-Message: 20:01:08.573: Failed to load system status: Permission denied\n"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("signature verification failed: Verify error: unable to get local issuer", Refusal.FOREIGN_AUTHORITY),
        ("Invalid bundle format: Signature size is 0", Refusal.UNSIGNED),
        ("Invalid bundle format: Signature size (14494435958831174137) exceeds bundle size", Refusal.DAMAGED),
    ],
)
def test_what_else_rauc_may_not_read_does_not_hide_what_is_wrong(bundle: Path, said: str, expected: Refusal) -> None:
    assert refusal_of(STATUS + said, bundle) is expected


def test_one_without_a_signature_is_refused(judge: Judge, bundle: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.raucb"
    bare.write_bytes(bundle.read_bytes()[: -8 - bundles.signature_length(bundle)] + bytes(8))
    assert refusal(judge, bare) is Refusal.UNSIGNED


@pytest.mark.parametrize("keep", [0, 5, 4096, 100_000, -4096, -8, -1])
def test_one_that_is_cut_off_is_refused(judge: Judge, bundle: Path, tmp_path: Path, keep: int) -> None:
    short = tmp_path / "short.raucb"
    short.write_bytes(bundle.read_bytes()[:keep])
    assert refusal(judge, short) in {Refusal.DAMAGED, Refusal.UNSIGNED}


def test_one_that_begins_too_late_is_refused(judge: Judge, bundle: Path, tmp_path: Path) -> None:
    late = tmp_path / "late.raucb"
    late.write_bytes(bundle.read_bytes()[4096:])
    assert refusal(judge, late) is Refusal.DAMAGED


@pytest.mark.parametrize(
    "place",
    [
        lambda size, signature: 0,  # the file system's first byte
        lambda size, signature: 4095,
        lambda size, signature: (size - signature) // 2,  # the slot itself
        lambda size, signature: size - signature - 8 - 4096,  # the hashes
        lambda size, signature: size - signature - 8 + 100,  # the manifest, which is inside the signature
        lambda size, signature: size - 200,
        lambda size, signature: size - 9,  # the signature's last byte
    ],
)
def test_one_with_a_changed_bit_is_refused(
    judge: Judge, bundle: Path, tmp_path: Path, place: Callable[[int, int], int]
) -> None:
    at = place(bundle.stat().st_size, bundles.signature_length(bundle))
    assert refusal(judge, bundles.flipped(bundle, tmp_path / "flipped.raucb", at)) in {
        Refusal.DAMAGED,
        Refusal.FOREIGN_AUTHORITY,  # the bit was in the signer's certificate
    }


def test_something_else_altogether_is_refused(judge: Judge, tmp_path: Path) -> None:
    other = tmp_path / "other.raucb"
    other.write_bytes(b"holiday pictures" * 4096)
    assert refusal(judge, other) is Refusal.DAMAGED
    assert refusal(judge, tmp_path / "absent.raucb") is Refusal.UNREADABLE


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not read")
def test_one_that_may_not_be_read_is_said_to_be_unreadable(bundle: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.raucb"
    kept.write_bytes(bundle.read_bytes())
    kept.chmod(0o600)
    tmp_path.chmod(0o755)
    child = os.fork()
    if child == 0:
        said = None
        try:
            os.chdir(tmp_path)  # the folders above are root's alone
            os.setresuid(NOBODY, NOBODY, NOBODY)
            said = refusal_of("", Path(kept.name))
        finally:
            os._exit(0 if said is Refusal.UNREADABLE else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_machine_without_an_authority_takes_nothing(bundle: Path, tmp_path: Path) -> None:
    authority = tmp_path / "update_ca.pem"
    judge = Judge(bundles.rauc_config(tmp_path, authority), authority, bundles.COMPATIBLE, bundles.RUNS, demo=True)
    assert refusal(judge, bundle) is Refusal.NO_AUTHORITY
    authority.write_text("no certificate", encoding="ascii")
    assert refusal(judge, bundle) is Refusal.NO_AUTHORITY


def test_a_kiosk_in_service_does_not_take_the_demonstrations(judge: Judge, bundle: Path) -> None:
    in_service = Judge(judge.rauc_config, judge.authority, judge.compatible, judge.version, demo=False)
    assert refusal(in_service, bundle) is Refusal.DEMO_AUTHORITY
