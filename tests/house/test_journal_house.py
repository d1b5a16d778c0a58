"""What stands in the code for the journal: it raises on a word that is no fact, and that would end a program."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kiosk.journal import EVENT, SIMPLE

ROOT = Path(__file__).parents[2]
FILES = [path for path in sorted((ROOT / "kiosk").rglob("*.py")) if "journal." in path.read_text("utf-8")]


def told(path: Path) -> list[tuple[int, ast.Call]]:
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return [
        (call.lineno, call)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"note", "warn", "error"}
        and "journal" in ast.unparse(call.func.value)
    ]


def words_of(value: ast.AST) -> list[str]:
    """The words that stand there themselves; what a call makes of others is its own affair."""
    if isinstance(value, ast.Call):
        return []
    if isinstance(value, ast.Constant):
        return [value.value] if isinstance(value.value, str) else []
    return [word for inner in ast.iter_child_nodes(value) for word in words_of(inner)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_written_down_is_what_the_journal_takes(path: Path) -> None:
    for line, call in told(path):
        for event in call.args[:1]:
            words = [event] if isinstance(event, ast.Constant) else []
            assert all(EVENT.fullmatch(word.value) for word in words), f"{path}:{line}"
        for fact in call.keywords:
            for word in words_of(fact.value):
                assert SIMPLE.fullmatch(word), f"{path}:{line}: {fact.arg}"
