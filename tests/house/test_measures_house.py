"""Small rooms: lengths of files and functions, broad excepts, leftovers, the words that must not be there."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path
    for package in ("kiosk", "drivers", "city")
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
LEFTOVER = re.compile(
    r"\b(TODO|FIXME|XXX|HACK|raise NotImplementedError|not implemented|placeholder|stub)\b", re.IGNORECASE
)
# The boundaries of threads, where everything unforeseen ends as an incident code.
BROAD = {"kiosk/workers/tasks.py", "kiosk/app.py", "kiosk/first_day/devices.py"}


def _functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def _length(function: ast.FunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_a_small_room(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(ast.parse(text)), "one sentence says what is inside"
    assert not LEFTOVER.search(text)
    for function in _functions(path):
        assert _length(function) <= 40, f"{function.name} has {_length(function)} lines"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_exceptions_are_caught_by_name(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            if caught in {"Exception", "BaseException", "everything"}:
                assert str(path.relative_to(ROOT)) in BROAD, f"line {node.lineno}"
        assert not isinstance(node, ast.Assert), f"line {node.lineno}: assert is for tests"


def test_most_files_and_functions_are_short() -> None:
    assert median(len(path.read_text(encoding="utf-8").splitlines()) for path in FILES) <= 130
    assert median(_length(function) for path in FILES for function in _functions(path)) <= 10
