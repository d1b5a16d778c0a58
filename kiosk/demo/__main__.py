"""`python -m kiosk.demo`: with a display the kiosk in a window, without one a story that plays itself."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

from kiosk.demo.launcher import Demonstration, has_display
from kiosk.demo.line import NoAnswer
from kiosk.demo.player import Player, StoryBroken
from kiosk.demo.process import ProgramFailed
from kiosk.demo.report import Report
from kiosk.demo.screen import Screen
from kiosk.demo.setting import Setting
from kiosk.demo.story import Story, StoryFaulty, read_story
from kiosk.demo.world import World
from kiosk.frames import Frames

STORIES = Path("tests/journeys")
HAPPY = STORIES / "happy.play"
FIRST_DAY = STORIES / "first-day.play"


def main() -> int:
    """Return 0 only when the story came true and, where something was to be filed, the city accepted it."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.demo", description=__doc__)
    parser.add_argument("--play", type=Path, help="a story to play (tests/journeys/*.play)")
    parser.add_argument("--out", type=Path, default=Path("build/demo"), help="where everything is left")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="sets")
    parser.add_argument("--first-day", action="store_true", help="begin with the self-test of a new machine")
    options = parser.parse_args()
    if options.first_day:
        shutil.rmtree(options.out / "readiness", ignore_errors=True)
        options.sets += ["first_day.folder={folder}/readiness"]
    setting = Setting(options.out, options.out / "trust")
    signal.signal(signal.SIGTERM, _interrupted)
    try:
        if options.play is None and has_display():
            return _by_hand(setting, tuple(options.sets))
        return _play(setting, options.play or (FIRST_DAY if options.first_day else HAPPY), tuple(options.sets))
    except (ProgramFailed, StoryFaulty, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _interrupted(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _by_hand(setting: Setting, sets: tuple[str, ...]) -> int:
    """Show the kiosk in a window until it is closed."""
    demonstration = Demonstration(setting, sets=sets, bar=True)
    world = None
    try:
        demonstration.prepare()
        world = World(demonstration)
        demonstration.start()
        if demonstration.no_service:
            print(f"No card service, so the kiosk plays the card itself: {demonstration.no_service}")
        print("The kiosk is open. Password of every persona: see config/personas/. The bar below plays the world.")
        print(f"Staff pages: http://127.0.0.1:{demonstration.staff_port}/ (python -m city createstaff adds an account)")
        if demonstration.kiosk is not None:
            demonstration.kiosk.wait()
        return 0
    finally:
        demonstration.stop()
        if world is not None:
            world.close()


def _play(setting: Setting, path: Path, sets: tuple[str, ...]) -> int:
    """Play a story and leave pictures, container, receipt and report."""
    story = read_story(path)
    pictures = setting.folder / "screens"
    shutil.rmtree(pictures, ignore_errors=True)
    setting.folder.mkdir(parents=True, exist_ok=True)
    report = Report(setting.folder, story)
    with Demonstration(setting, sets=(*story.sets, *sets)) as demonstration:
        player = Player(demonstration, pictures, report.note)
        went_well = _perform(player, report, story)
        figures = _figures(setting)
        verdicts = report.finish(demonstration, figures, player.card_counts, went_well=went_well)
    print((setting.folder / "report.txt").read_text(encoding="utf-8"))
    print(f"Left in {setting.folder}: " + ", ".join(sorted(each.name for each in setting.folder.iterdir())))
    return 0 if went_well and (path != HAPPY or _accepted(verdicts)) else 1


def _perform(player: Player, report: Report, story: Story) -> bool:
    try:
        player.play(story)
    except StoryBroken as error:
        report.note(f"BROKE: {error}")
        print(error, file=sys.stderr)
        return False
    return True


def _figures(setting: Setting) -> dict[str, Any]:
    try:
        return Screen(setting.remote).figures()
    except NoAnswer:  # the kiosk has ended, which the story has told already
        return Frames().as_dict()


def _accepted(verdicts: list[dict[str, Any]]) -> bool:
    return bool(verdicts) and all(verdict.get("standing") == "accepted" for verdict in verdicts)


if __name__ == "__main__":
    sys.exit(main())
