"""The import directions of the house, read from the syntax trees: also inside functions."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("kiosk", "drivers", "city")
COMPOSERS = {"kiosk.build", "kiosk.build_wizard", "kiosk.__main__", "kiosk.demo"}

# who: what it may import of the house (prefixes); itself is always allowed
ALLOWED = {
    "kiosk.journey": ("kiosk.forms", "kiosk.application", "kiosk.text_input", "drivers.secrets", "drivers.card"),
    "kiosk.screens": (
        "kiosk.journey", "kiosk.hours", "kiosk.forms", "kiosk.text_input", "kiosk.application", "drivers.card",
    ),
    "kiosk.application": ("kiosk.forms",),
    "kiosk.catalogue": ("kiosk.application", "kiosk.durable", "kiosk.stated"),
    "kiosk.forms": ("kiosk.text_input", "drivers.card.holder"),
    "kiosk.text_input": (),
    "kiosk.signer": ("drivers.card", "drivers.readers", "drivers.secrets", "drivers.errors"),
    "kiosk.courier": (
        "kiosk.config", "kiosk.clock", "kiosk.durable", "kiosk.journal", "kiosk.notify", "kiosk.pinned",
        "kiosk.application", "kiosk.catalogue",
    ),
    "kiosk.workers": (
        "kiosk.journey", "kiosk.application", "kiosk.forms", "kiosk.signer", "kiosk.courier", "kiosk.clock",
        "kiosk.catalogue", "kiosk.door", "kiosk.journal", "kiosk.hours", "kiosk.text_input", "drivers.card",
        "drivers.readers", "drivers.errors", "drivers.secrets", "drivers.camera",
    ),
    "kiosk.update": (
        "kiosk.config", "kiosk.clock", "kiosk.door", "kiosk.durable", "kiosk.hours", "kiosk.journal", "kiosk.notify",
        "kiosk.pinned",
    ),
    "kiosk.voice": ("kiosk.screens", "kiosk.journey", "kiosk.forms", "kiosk.config"),
    "kiosk.first_day": (
        "kiosk.screens", "kiosk.journey.events", "kiosk.config", "kiosk.clock", "kiosk.durable", "kiosk.hours",
        "kiosk.journal", "kiosk.notify", "kiosk.keys", "kiosk.frames", "kiosk.remote", "kiosk.application",
        "kiosk.catalogue", "kiosk.courier.word",
        "kiosk.provision.outcome", "drivers",
    ),
    "kiosk.provision": (
        "kiosk.config", "kiosk.clock", "kiosk.durable", "kiosk.hours", "kiosk.journal", "kiosk.application",
        "kiosk.catalogue", "kiosk.stated",
    ),
    "kiosk.app": (
        "kiosk.screens", "kiosk.journey", "kiosk.workers", "kiosk.clock", "kiosk.journal", "kiosk.notify",
        "kiosk.frames", "kiosk.glass", "kiosk.parts", "kiosk.remote", "kiosk.remote_orders", "kiosk.keys",
        "kiosk.voice", "kiosk.lifeline",
    ),
    "kiosk.panel": ("drivers.errors", "drivers.panel", "kiosk.journal", "kiosk.voice.tone"),
    "kiosk.parts": (
        "kiosk.screens", "kiosk.journey", "kiosk.workers", "kiosk.clock", "kiosk.journal", "kiosk.notify",
        "kiosk.remote", "kiosk.keys", "kiosk.voice",
    ),
    "kiosk.remote_orders": ("kiosk.frames", "kiosk.parts", "kiosk.remote", "kiosk.journey", "kiosk.screens"),
    "kiosk.durable": (),
    "kiosk.pinned": (),
    "kiosk.stated": (),
    "kiosk.lifeline": ("kiosk.clock", "kiosk.journal", "kiosk.notify"),
    "drivers.card": ("drivers.errors", "drivers.secrets"),
    "drivers.readers": ("drivers.card", "drivers.errors"),
    "drivers.virtual": ("drivers.card", "drivers.readers", "drivers.errors"),
    "drivers": (),
    "city": (),
}  # fmt: skip

FORBIDDEN_LIBRARIES = {
    "kiosk.journey": ("pygame", "requests", "smartcard", "socket", "sqlite3", "threading", "time", "subprocess"),
    "kiosk.application": ("pygame", "requests", "smartcard"),
    "kiosk.catalogue": ("pygame", "requests", "smartcard"),
    "kiosk.forms": ("pygame", "requests", "smartcard"),
    "kiosk.signer": ("pygame", "requests", "socket", "smartcard"),
    "kiosk.courier": ("pygame", "smartcard", "gpiozero"),
    "kiosk.update": ("pygame", "smartcard", "gpiozero", "sqlite3"),
    "kiosk.workers": ("pygame", "requests", "smartcard"),
    "drivers": ("pygame", "requests"),
    "city": ("pygame", "smartcard", "requests"),
}

ONE_IMPORTER = {
    "smartcard": {"drivers.readers.pcsc"},
    "nfc": {"drivers.readers.nfc"},
    "gpiozero": {"drivers.panel", "drivers.pins"},
    "gpiod": {"drivers.lines"},
    "picamera2": {"drivers.camera"},
    "PIL": {"drivers.camera", "kiosk.application.photograph", "kiosk.demo.paper", "city.verification.photographs"},
    "requests": {"kiosk.pinned"},
}


def _module(path: Path) -> str:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _files() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def _imports(path: Path) -> set[str]:
    """Every module that the file names in an import statement, with `from a import b` as a.b as well."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _within(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


def _rule_of(module: str, rules: dict) -> str | None:
    fitting = [prefix for prefix in rules if _within(module, prefix)]
    return max(fitting, key=len) if fitting else None


@pytest.mark.parametrize("path", _files(), ids=_module)
def test_imports_only_what_its_room_may(path: Path) -> None:
    module = _module(path)
    if any(_within(module, composer) for composer in COMPOSERS):
        assert not any(_within(name, "city") for name in _imports(path))
        return
    room = _rule_of(module, ALLOWED)
    if room is None:
        return
    for name in _imports(path):
        if not any(_within(name, package) for package in PACKAGES):
            continue
        assert _within(name, room) or any(_within(name, prefix) for prefix in ALLOWED[room]), f"{module} imports {name}"


@pytest.mark.parametrize("path", _files(), ids=_module)
def test_imports_no_library_of_another_room(path: Path) -> None:
    module, names = _module(path), _imports(path)
    for library, importers in ONE_IMPORTER.items():
        if any(_within(name, library) for name in names):
            assert module in importers, f"{module} imports {library}"
    room = _rule_of(module, FORBIDDEN_LIBRARIES)
    for library in FORBIDDEN_LIBRARIES.get(room or "", ()):
        assert not any(_within(name, library) for name in names), f"{module} imports {library}"


def test_nothing_that_reads_codes_is_brought_along() -> None:
    """A code that somebody holds before the camera reaches no parser: there is none, among all that is installed."""
    readers = {
        "zxing-cpp",
        "pyzbar",
        "pyzbar-x",
        "opencv-python",
        "opencv-python-headless",
        "qreader",
        "qrdet",
        "quirc",
    }
    pinned = re.findall(r"(?m)^([A-Za-z0-9._-]+)==", (ROOT / "requirements.lock").read_text("utf-8"))
    assert len(pinned) > 30
    assert readers.isdisjoint(name.lower().replace("_", "-") for name in pinned)
    packages = (ROOT / "image/packages.txt").read_text("utf-8")
    assert re.search(r"zbar|zxing|quirc|opencv", packages) is None


def test_only_the_main_program_imports_the_composition_root() -> None:
    importers = {_module(path) for path in _files() if any(_within(n, "kiosk.build") for n in _imports(path))}
    assert importers <= {"kiosk.__main__", "kiosk.build"}


def test_there_are_no_import_cycles() -> None:
    """Not even for types: two rooms that need each other's types are one, or have not found what they share."""
    modules = {_module(path): path for path in _files()}
    graph: dict[str, set[str]] = defaultdict(set)
    for module, path in modules.items():
        for name in _imports(path):
            target = name if name in modules else name.rpartition(".")[0]
            if target in modules and target != module:
                graph[module].add(target)
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " → ".join((*trail, module))
        if module in done:
            return
        for target in sorted(graph[module]):
            visit(target, (*trail, module))
        done.add(module)

    for module in modules:
        visit(module, ())
