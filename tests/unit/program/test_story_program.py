"""Stories are read line by line; a wrong line is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.demo.screen import Look, Part, find
from kiosk.demo.story import StoryFaulty, read_story

if TYPE_CHECKING:
    from pathlib import Path


def test_a_story_has_title_settings_and_lines(tmp_path: Path) -> None:
    (tmp_path / "part.part").write_text("# part\ntouch 次へ\n", encoding="utf-8")
    (tmp_path / "a.play").write_text(
        "# A title\n\nset spool.patience=1\ninclude part.part\nsee x y\n", encoding="utf-8"
    )
    story = read_story(tmp_path / "a.play")
    assert story.title == "A title"
    assert story.sets == ("spool.patience=1",)
    assert [(line.verb, line.rest, line.place) for line in story.lines] == [
        ("set", "spool.patience=1", "a.play:3"),
        ("touch", "次へ", "part.part:2"),
        ("see", "x y", "a.play:5"),
    ]


def test_an_unknown_verb_is_named_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.play").write_text("# t\njump 次へ\n", encoding="utf-8")
    with pytest.raises(StoryFaulty, match=r"a\.play:2: 'jump'"):
        read_story(tmp_path / "a.play")


def _part(text: str, y: int, *, touchable: bool = True) -> Part:
    return Part("button", text, (0, y, 100, 88), touchable, on=None)


def test_the_exact_words_win_over_words_that_contain_them() -> None:
    look = Look("form-page", None, (_part("次へ進む", 0), _part("次へ", 100)))
    assert find(look, "次へ").rect[1] == 100


def test_a_row_is_found_by_what_stands_in_it() -> None:
    parts = (_part("通数", 300, touchable=False), _part("なおす", 0), _part("なおす", 300), _part("なおす", 600))
    assert find(Look("review", None, parts), "なおす", "通数").rect[1] == 300


def test_what_cannot_be_touched_is_not_found() -> None:
    assert find(Look("review", None, (_part("次へ", 0, touchable=False),)), "次へ") is None
