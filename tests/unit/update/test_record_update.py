"""What the updater remembers, and how it compares versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.update.record import KEPT_FAILURES, Record, load, save
from kiosk.update.version import NoVersion, parts, running

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_remembered_comes_back(tmp_path: Path) -> None:
    record = Record(proved="0.1.0").installed("0.2.0", "boot-1")
    save(tmp_path / "record.json", record)
    assert load(tmp_path / "record.json") == record == Record("0.1.0", "0.2.0", "boot-1")
    assert list(tmp_path.iterdir()) == [tmp_path / "record.json"]


@pytest.mark.parametrize("damage", [b"", b"{", b'{"proved": 1}', b'{"other": ""}', b"\xff"])
def test_a_damaged_record_is_an_empty_one(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "record.json").write_bytes(damage)
    assert load(tmp_path / "record.json") == Record()


def test_only_the_last_failures_are_remembered() -> None:
    record = Record()
    for number in range(KEPT_FAILURES + 5):
        record = record.installed(f"0.{number}.0", "boot").returned()
    assert record.failed == tuple(f"0.{number}.0" for number in range(5, KEPT_FAILURES + 5))
    assert record.returned() == record, "nothing was tried"


@pytest.mark.parametrize(
    ("older", "newer"), [("0.9.0", "0.10.0"), ("1.9", "2.0"), ("0.1", "0.1.1"), ("9.9.9", "10.0.0")]
)
def test_versions_are_compared_as_numbers(older: str, newer: str) -> None:
    assert parts(older) < parts(newer)


@pytest.mark.parametrize(
    "words", ["", "1", "1.", "01.2", "1.2a", "1.2\n", "-1.2", "1.2.3.4.5.6.7", "１.２", "1." + "9" * 16]
)
def test_words_that_are_no_version(words: str) -> None:
    with pytest.raises(NoVersion):
        parts(words)


def test_the_running_version_stands_in_os_release(tmp_path: Path) -> None:
    release = tmp_path / "os-release"
    release.write_text('NAME="Madoguchi"\nIMAGE_VERSION="0.10.2"\nVERSION_ID=13\n')
    assert running(release) == "0.10.2"
    release.write_text('NAME="Madoguchi"\n')
    with pytest.raises(NoVersion):
        running(release)
