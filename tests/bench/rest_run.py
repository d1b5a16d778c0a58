"""What the kiosk costs while nobody touches it: something moving, nothing moving; and its memory in every language."""

from __future__ import annotations

from pathlib import Path

from kiosk.demo.launcher import Demonstration
from kiosk.demo.player import Player
from kiosk.demo.screen import Screen
from kiosk.demo.setting import Setting
from kiosk.demo.story import read_story
from tests.bench.kiosk_run import idle_cpu
from tests.bench.process_table import resident_mib

Rows = dict[str, tuple[float, str]]
TO_THE_MOVING_ARROW = """# Until the arrow at the tray moves
include to-offer.part
touch カードから読み取る
wait prefill-card
"""
LANGUAGES = ("やさしい日本語", "English", "简体中文", "한국어", "Tiếng Việt", "Português", "日本語")


def measure_rest(folder: Path) -> Rows:
    story = _written(folder, "rest.play", TO_THE_MOVING_ARROW)
    with Demonstration(Setting(folder / "rest", folder / "trust")) as demonstration:
        pid, screen = demonstration.kiosk.pid, Screen(demonstration.setting.remote)
        japanese = resident_mib(pid)
        for name in LANGUAGES:
            screen.touch(name)
        all_languages = resident_mib(pid)
        Player(demonstration, folder / "screens-rest", lambda _line: None).play(read_story(story))
        moving = idle_cpu(pid)
        for name in ("文字・言語", "画面の動きを止める", "この表示で続ける"):
            screen.touch(name)
        calm = idle_cpu(pid)
    return {
        "kiosk, resident memory at the first scene": (japanese, "MiB"),
        "kiosk, resident memory, the first scene seen in seven languages": (all_languages, "MiB"),
        "kiosk, CPU while the arrow moves": (moving, "%"),
        "kiosk, CPU in the same scene, calm": (calm, "%"),
    }


def _written(folder: Path, name: str, text: str) -> Path:
    """Lay a story beside the part that it begins with."""
    folder.mkdir(parents=True, exist_ok=True)
    opening = Path("tests/journeys/to-offer.part")
    (folder / opening.name).write_text(opening.read_text(encoding="utf-8"), encoding="utf-8")
    story = folder / name
    story.write_text(text, encoding="utf-8")
    return story
