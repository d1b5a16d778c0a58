"""Typing by hand with the real converter: from the touch of a key to its candidates on the screen."""

from __future__ import annotations

from pathlib import Path

from kiosk.demo.launcher import Demonstration
from kiosk.demo.player import Player
from kiosk.demo.screen import Screen
from kiosk.demo.setting import Setting
from kiosk.demo.story import read_story

Rows = dict[str, tuple[float, str]]
STORY = """
touch 氏名:
wait entry
type わたなべ
touch 渡邉
touch 空白
type たろう
touch 太郎
touch 決定
wait form-page
touch 氏名:
wait entry
type さいたまけんつるがしましふじみ
touch 決定
wait form-page
"""


def measure_typing(folder: Path) -> Rows:
    story = folder / "typing.play"
    folder.mkdir(parents=True, exist_ok=True)
    opening = Path("tests/journeys/to-offer.part")
    (folder / opening.name).write_text(opening.read_text(encoding="utf-8"), encoding="utf-8")
    begin = "# Typing\ninclude to-offer.part\ntouch 自分で入力する\nwait form-page"
    story.write_text(begin + STORY * 2, encoding="utf-8")
    with Demonstration(Setting(folder / "typing", folder / "trust")) as demonstration:
        Player(demonstration, folder / "screens-typing", lambda _line: None).play(read_story(story))
        times = Screen(demonstration.setting.remote).figures()["steps"]["candidates"]
    return {
        f"key → candidates on the screen, median of {times['n']}": (times["median"], "ms"),
        "key → candidates on the screen, p95": (times["p95"], "ms"),
        "key → candidates on the screen, worst (50 asked)": (times["worst"], "ms"),
    }
