"""The code that staff read off the out-of-service scene says how the kiosk ended."""

from pathlib import Path

import pygame
import pytest

from kiosk.journey.map import Step
from kiosk.journey.view import View
from kiosk.out_of_service import code_of, legible_place, panel_of, still
from kiosk.screens.area import area_of
from kiosk.screens.describe import describe
from kiosk.screens.kit import load_kit
from kiosk.screens.stage import Stage
from kiosk.screens.texts import load_texts
from kiosk.screens.widgets.base import Role

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("result", "status", "code"),
    [
        ("exit-code", "78", "K-78"),
        ("exit-code", "4", "K-04"),
        ("watchdog", "KILL", "K-20"),
        ("timeout", "TERM", "K-21"),
        ("signal", "KILL", "K-30"),
        ("core-dump", "SEGV", "K-31"),
        ("oom-kill", "KILL", "K-32"),
        ("start-limit-hit", "", "K-00"),
        ("exit-code", "soon", "K-00"),
    ],
)
def test_the_code_says_how_the_kiosk_ended(result: str, status: str, code: str) -> None:
    assert code_of({"MONITOR_SERVICE_RESULT": result, "MONITOR_EXIT_STATUS": status}) == code


def test_started_by_hand_there_is_no_cause() -> None:
    assert code_of({}) == "K-00"


def test_the_scene_invites_to_no_touch_because_nobody_hears_it() -> None:
    pygame.font.init()
    panel = panel_of(ROOT / "config/kiosk.toml", None, ["screen.fullscreen=false"])
    kit = load_kit(ROOT / panel.tokens)
    texts = load_texts(ROOT / panel.texts, ("ja",))
    stage = Stage(pygame.Surface(panel.size), kit, area_of(kit.tokens, panel.size, panel.mm), texts)
    view = View(Step.OUT_OF_SERVICE, panel.place, languages=("ja",), facts={"reason": "stopped", "code": "K-78"})
    widgets = stage.arrange(view)
    shown = still(widgets)
    assert [widget for widget in shown if widget.touchable] == []
    assert len(shown) < len(widgets), "the scene has buttons where somebody hears them"
    words = describe(shown)
    assert "お伝えいただく番号：K-78" in words.paragraphs
    assert not words.texts(Role.BUTTON)


def test_a_configuration_that_is_wrong_somewhere_still_tells_the_place(tmp_path) -> None:
    wrong = tmp_path / "kiosk.toml"
    text = (ROOT / "config/kiosk.toml").read_text("utf-8")
    wrong.write_text(text.replace("width = 1280", 'width = "wide"').replace('hours = "8', "hours = 8 # "), "utf-8")
    place = panel_of(wrong, None, []).place
    assert (place.city, place.counter, place.hours, place.kiosk) == ("鶴ヶ島市", "2番窓口（市民課）", "", "申請機 01")


@pytest.mark.parametrize("text", ["[[[", 'city = "x"', "[city]\nname = 1"])
def test_of_one_that_cannot_be_read_nothing_is_told(tmp_path, text: str) -> None:
    (tmp_path / "kiosk.toml").write_text(text, "utf-8")
    place = legible_place(tmp_path / "kiosk.toml")
    assert (place.city, place.counter, place.kiosk) == ("", "", "")
    assert legible_place(tmp_path / "nowhere.toml").city == ""
