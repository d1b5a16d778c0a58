"""The code that staff read off the out-of-service scene says how the kiosk ended."""

from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from kiosk.out_of_service import OTHERS, Panel, arranged, code_of, legible_place, panel_of, spoken, view_of
from kiosk.screens.area import area_of
from kiosk.screens.describe import describe
from kiosk.screens.fonts import Chain, FontFiles
from kiosk.screens.kit import Kit, load_kit
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.in_other_languages import Foreign
from kiosk.screens.shot import drawn
from kiosk.screens.stage import Stage
from kiosk.screens.text import Typesetter
from kiosk.screens.texts import load_texts
from kiosk.screens.theme import theme_for
from kiosk.screens.widgets.base import Role, Widget

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


def shown(panel: Panel, kit: Kit | None = None) -> list[Widget]:
    pygame.font.init()
    kit = kit or load_kit()
    texts = load_texts(panel.texts, ("ja",))
    stage = Stage(pygame.Surface(panel.size), kit, area_of(kit.tokens, panel.size, panel.mm), texts)
    return arranged(panel, kit, stage, view_of(panel, "K-78"))


def configured(*sets: str) -> Panel:
    panel = panel_of(ROOT / "config/kiosk.toml", None, ["screen.fullscreen=false", *sets])
    return replace(panel, texts=ROOT / panel.texts)


def test_the_scene_invites_to_no_touch_because_nobody_hears_it() -> None:
    widgets = shown(configured())
    assert [widget for widget in widgets if widget.touchable] == []
    words = describe(widgets)
    assert "お伝えいただく番号：K-78" in words.paragraphs
    assert not words.texts(Role.BUTTON)


SMALL = "screen.width=800", "screen.height=480", "screen.mm=[154, 86]"


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        (
            (),
            [
                "Counter 2 (Residents)",
                "2号窗口（市民課）",
                "2번 창구(市民課)",
                "quầy số 2 (市民課)",
                "guichê 2 (市民課)",
            ],
        ),
        (SMALL, ["Closed", "暂停服务", "이용 중지", "Tạm nghỉ", "Fechado"]),
    ],
)
def test_every_other_language_says_that_it_is_closed_and_where_to_go(sets, said) -> None:
    panel, kit = configured(*sets), load_kit()
    widgets = shown(panel)
    last = {widget.language: widget.text for widget in widgets if isinstance(widget, Foreign)}
    assert last == dict(zip(OTHERS, said, strict=True))
    theme = theme_for(kit, area_of(kit.tokens, panel.size, panel.mm))
    assert [widget for widget in widgets if not widget.fits(theme)] == []


def test_each_language_is_drawn_with_the_characters_of_its_region() -> None:
    kit = load_kit()
    theme = theme_for(kit, area_of(kit.tokens, (1280, 800), (217, 136)))
    words = Foreign(Rect(0, 0, 200, 60), "骨直", language="ja")
    japanese, chinese = (drawn([replace(words, language=code)], theme, (200, 60)) for code in ("ja", "zh-Hans"))
    assert pygame.image.tobytes(japanese, "RGB") != pygame.image.tobytes(chinese, "RGB")


def test_without_the_characters_of_a_region_the_scene_is_shown_all_the_same(tmp_path) -> None:
    (tmp_path / "no folder").write_text("")
    files = FontFiles(faces=tmp_path / "no folder")
    kit = load_kit()
    bare = replace(kit, type=Typesetter(Chain(files)))
    widgets = shown(configured(), bare)
    assert not [widget for widget in widgets if isinstance(widget, Foreign)]
    assert describe(widgets).title


def test_a_broken_catalogue_is_left_out(tmp_path) -> None:
    for path in (ROOT / "config/texts").glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "en.toml").write_text("[[[", "utf-8")
    (tmp_path / "ko.toml").unlink()
    assert list(spoken(tmp_path, OTHERS)) == ["zh-Hans", "vi", "pt"]


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
