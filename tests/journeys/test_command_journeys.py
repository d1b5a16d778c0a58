"""`make demo` as a newcomer runs it, with its folder told as the command tells it: relative."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEFT = ("application.asice", "sign_ca.pem", "receipt.json", "report.txt")


@pytest.mark.timeout(180)
def test_the_demonstration_plays_with_a_card_service_and_leaves_what_it_promises(tmp_path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "PCSCLITE_CSOCK_NAME"}}
    folder = Path(os.path.relpath(tmp_path, ROOT)) / "demo"
    played = subprocess.run(
        [sys.executable, "-m", "kiosk.demo", "--out", folder],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=170,
    )  # fmt: skip
    assert played.returncode == 0, played.stdout + played.stderr
    report = (tmp_path / "demo" / "report.txt").read_text(encoding="utf-8").splitlines()
    assert "reader   pcsc" in report
    assert "story    came true" in report
    assert all((tmp_path / "demo" / name).stat().st_size for name in LEFT)
    assert len(list((tmp_path / "demo" / "screens").glob("*.png"))) > 20
