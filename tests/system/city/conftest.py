"""A running city for these tests: a real gunicorn process, real mutual TLS on loopback."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "city"))
