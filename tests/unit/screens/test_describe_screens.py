import json

from mock_scenes import form, idle, password

from kiosk.journey.events import Dismissed
from kiosk.screens.describe import describe
from kiosk.screens.rect import Rect
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.entry import Problem
from kiosk.screens.widgets.label import Label


def test_a_scene_says_its_title_buttons_and_entries(view, area, theme, catalogue):
    said = describe(form(view, area, theme, catalogue["ja"]))
    assert said.title == "連絡先と通数を入力してください"
    assert said.step == "入力"
    assert [item.text for item in said.entries] == ["350-2201", "049-000-1234"]
    assert [item.on for item in said.entries] == [False, True]
    assert {"戻る", "次へ", "職員を呼ぶ", "文字・言語"} <= {item.text for item in said.buttons}
    assert "すべて入力できました" in said.paragraphs
    assert len(said.keys) == 12


def test_a_target_is_found_by_its_words(view, area, theme, catalogue):
    said = describe(form(view, area, theme, catalogue["ja"]))
    assert said.target("次へ").rect == area.main_action
    assert said.target("次へ").press == Dismissed()
    assert said.target("無い") is None


def test_under_a_veil_only_the_dialog_speaks(view, area, theme, catalogue):
    said = describe(idle(view, area, theme, catalogue["ja"]))
    assert said.title == "まだお使いですか？"
    assert said.entries == ()
    assert {"職員を呼ぶ", "続ける"} <= {item.text for item in said.buttons}
    assert "次へ" not in {item.text for item in said.buttons}


def test_the_password_says_only_its_length(view, area, theme, catalogue):
    said = describe(password(view, area, theme, catalogue["ja"]))
    assert [item.text for item in said.entries] == ["8/16"]


def test_json_carries_every_place(view, area, theme, catalogue):
    said = describe(form(view, area, theme, catalogue["ja"]))
    told = json.loads(json.dumps(said.as_dict(), ensure_ascii=False))
    assert told["title"] == said.title
    assert len(told["items"]) == len(said.items)
    found = next(item for item in told["items"] if item["text"] == "次へ")
    assert found == {
        "role": Role.BUTTON,
        "text": "次へ",
        "rect": [784, 688, 448, 96],
        "enabled": True,
        "press": "Dismissed",
        "on": None,
    }


def test_a_problem_stands_in_for_the_title_where_there_is_none():
    place = Rect(0, 0, 400, 42)
    wrong = Problem(place, "お名前を入力してください。")
    assert describe([wrong]).title == "お名前を入力してください。"
    assert describe([wrong, Label(place, "お名前", role=Role.TITLE)]).title == "お名前"
