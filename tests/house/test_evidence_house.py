"""What the documents call evidence is there: every test, file and heading that they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "docs/security.md", ROOT / "docs/conformity.md"]
NAMED = re.compile(r"`((?:tests|kiosk|drivers|city|systemd|image|config|docs)/[\w./@-]*?)(?:::(\w+))?`")
LINKED = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


def named() -> list[tuple[Path, str, str]]:
    return [
        (document, found[1], found[2] or "")
        for document in DOCUMENTS
        for found in NAMED.finditer(document.read_text("utf-8"))
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_test_and_file_that_is_named_is_there(document: Path) -> None:
    lacking = []
    for _, path, test in (row for row in named() if row[0] == document):
        place = ROOT / path
        if not place.exists():
            lacking.append(path)
        elif test and not re.search(rf"^\s*def {test}\(", place.read_text("utf-8"), re.MULTILINE):
            lacking.append(f"{path}::{test}")
    assert lacking == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = LINKED.findall(document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


# What can go wrong at a kiosk: card, reader, program, power and storage, time, network, input, citizens, people.
FAULTS = {"C": 7, "R": 2, "U": 5, "P": 6, "T": 1, "N": 6, "B": 1, "Q": 1, "D": 1, "H": 4, "S": 7}


def test_no_fault_is_forgotten() -> None:
    rows = re.findall(r"(?m)^\| ((?:[A-Z]\d(?:, )?)+) ", DOCUMENTS[0].read_text("utf-8"))
    told = {fault for row in rows for fault in row.split(", ")}
    known = {f"{letter}{number}" for letter, most in FAULTS.items() for number in range(1, most + 1)}
    assert sorted(known - told) == []


def test_every_row_names_its_evidence_or_says_that_there_is_none() -> None:
    rows = [line for line in DOCUMENTS[0].read_text("utf-8").splitlines() if re.match(r"\| [A-Z]\d", line)]
    assert len(rows) > 40
    for row in rows:
        assert "`tests/" in row or "**not held" in row, row
