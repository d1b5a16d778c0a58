"""The signer runs without site packages: the card's room must need none, and can name no forbidden file."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
ROOM = ROOT / "drivers" / "card"


def test_imports_without_site_packages() -> None:
    modules = [f"drivers.card.{path.stem}" for path in ROOM.glob("*.py") if path.stem != "__init__"]
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n" + "\n".join(f"import {each}" for each in modules)
    subprocess.run([sys.executable, "-I", "-S", "-c", script], check=True, timeout=30)


def test_no_line_names_the_individual_number_s_files() -> None:
    """In the surface applet 0001, 0003 and 0014; the JPKI applet's own 0001 is another file."""
    tree = ast.parse((ROOM / "aids.py").read_text(encoding="utf-8"))
    surface = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "SurfaceFile")
    values = {
        node.value for node in ast.walk(surface) if isinstance(node, ast.Constant) and isinstance(node.value, int)
    }
    assert values == {0x0002, 0x0011, 0x0015}
    text = (ROOM / "surface.py").read_text(encoding="utf-8")
    assert "0x0001" not in text
    assert "0x0003" not in text
    assert "0x0014" not in text
