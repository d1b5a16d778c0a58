"""Whole programs, real touches: every story comes true."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.demo.launcher import Demonstration
from kiosk.demo.player import Player
from kiosk.demo.screen import Screen
from kiosk.demo.setting import Setting
from kiosk.demo.story import read_story

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WITH_LONG_ANSWERS = 42  # commands of the whole visit, where the certificate comes in one answer
STORIES = sorted(HERE.glob("*.play"))


@pytest.fixture(scope="session")
def trust(tmp_path_factory) -> Path:
    """Keys and cards, made once: each story uses its own copy of nothing that changes."""
    return tmp_path_factory.mktemp("trust", numbered=False) / "t"


@pytest.mark.timeout(180)
@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story_comes_true(path: Path, trust: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("DISPLAY", raising=False)
    story = read_story(path)
    pictures = tmp_path / "screens"
    with Demonstration(Setting(tmp_path, trust), sets=story.sets) as demonstration:
        Player(demonstration, pictures, print).play(story)
        assert demonstration.reader == "pcsc"
        assert demonstration.tray.state()["tripwires"] == 0
        if "reader.long_answers=false" in story.sets:
            demonstration.tray.lay("hanako")
            assert int(str(demonstration.tray.state()["apdus"])) > WITH_LONG_ANSWERS
        figures = Screen(demonstration.setting.remote).figures()
    assert figures["frames"] > 5
    assert len(list(pictures.glob("*.png"))) > 5
    logs = "".join(log.read_text(encoding="utf-8", errors="replace") for log in (tmp_path / "log").glob("*.log"))
    for personal in ("花子", "KIOSK2026", "富士見", "ハナコ", "0490001234", "19540401", "1954-04-01"):
        assert personal not in logs
