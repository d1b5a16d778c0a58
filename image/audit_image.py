# ruff: noqa: INP001  # a tool, not a package
"""The device's tree as the audit sees it, and the register of statements that are held against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Image:
    """What is looked through."""

    tree: Path
    command_line: str

    def text(self, path: str) -> str:
        """Return a file's text, "" where there is none; links are followed inside the tree."""
        file = self.inside(path)
        return file.read_text("utf-8", "replace") if file.is_file() else ""

    def inside(self, path: str) -> Path:
        """Return where a path of the device is in the tree, following links as the device would."""
        found = self.tree
        for part in Path(path.lstrip("/")).parts:
            found = found / part
            if found.is_symlink():
                target = str(found.readlink())
                found = (
                    self.inside(target)
                    if target.startswith("/")
                    else self.inside(str(found.parent.relative_to(self.tree) / target))
                )
        return found

    def named(self, *patterns: str) -> Iterator[Path]:
        """Yield files that fit, as the device knows them."""
        for pattern in patterns:
            yield from sorted(self.tree.glob(pattern))

    def name(self, path: Path) -> str:
        """Return a path as the device knows it."""
        return f"/{path.relative_to(self.tree)}"


Rule = Callable[[Image], Iterator[str]]
STATEMENTS: dict[str, Rule] = {}


def statement(sentence: str) -> Callable[[Rule], Rule]:
    """Register a rule under the sentence that it holds."""

    def register(rule: Rule) -> Rule:
        STATEMENTS[sentence] = rule
        return rule

    return register


def audit(image: Image) -> dict[str, list[str]]:
    """Return, for each statement, what contradicts it."""
    return {sentence: list(rule(image)) for sentence, rule in STATEMENTS.items()}
