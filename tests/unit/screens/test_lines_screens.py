"""The keyboard of the 7 inch panel: first a line, then its sign; every key 15 mm, every sign within reach."""

from __future__ import annotations

from functools import cache

import pytest

from kiosk.demo.screen import Look, Part, line_of
from kiosk.journey.events import CharacterTyped, EntryKey, FieldOpened, KeyTyped, LineChosen
from kiosk.screens.describe import describe
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.entry import Entry
from kiosk.text_input.kana import GOJUON, to_katakana
from kiosk.text_input.latin import ROWS
from tests.gallery.easel import SMALL, easels
from tests.gallery.playing import State, played
from tests.gallery.states_form import BY_HAND

_EASELS = cache(easels)
OPEN = (*BY_HAND, FieldOpened("name"))
MODES = {
    EntryKey.HIRAGANA: {sign for line in GOJUON for sign in line if sign},
    EntryKey.KATAKANA: {to_katakana(sign) for line in GOJUON for sign in line if sign},
    EntryKey.LATIN: {sign for row in ROWS for sign in row},
}


def scene(*events, language="ja", text_size=1.0):
    view = played(State((*OPEN, *events)), language, text_size)
    return _EASELS()[SMALL].stage.arrange(view)


def signs(widgets):
    return {widget.press.character for widget in widgets if isinstance(widget.press, CharacterTyped)}


@pytest.mark.parametrize("mode", MODES)
def test_every_sign_stands_in_one_of_the_lines(mode):
    lines = {widget.press for widget in scene(KeyTyped(mode)) if isinstance(widget.press, LineChosen)}
    found = set().union(*(signs(scene(KeyTyped(mode), line)) for line in lines))
    assert {sign.lower() for sign in found} == {sign.lower() for sign in MODES[mode]}


def test_a_line_is_chosen_and_its_sign_is_typed():
    line = next(item for item in describe(scene()).choices if item.text == "か行")
    widgets = scene(line.press)
    assert {"か", "き", "く", "け", "こ"} <= signs(widgets)
    assert [item.text for item in describe(widgets).choices if item.on] == ["か行"]
    typed = scene(line.press, describe(widgets).target("き").press)
    assert next(widget.text for widget in typed if isinstance(widget, Entry)) == "き"


def test_the_line_stays_when_the_other_kana_are_wanted():
    assert {"カ", "キ", "ク", "ケ", "コ"} <= signs(scene(LineChosen(1), KeyTyped(EntryKey.KATAKANA)))


@pytest.mark.parametrize("number", [-1, 10, 99])
def test_a_line_that_there_is_not_leaves_keys(number):
    assert len(signs(scene(LineChosen(number)))) >= 3


def look(widgets):
    items = describe(widgets).items
    return Look("entry", None, tuple(Part(i.role, i.text, i.rect.as_tuple(), bool(i.press), i.on) for i in items))


@pytest.mark.parametrize(("sign", "mode", "line"), [("き", EntryKey.HIRAGANA, 1), ("ン", EntryKey.KATAKANA, 9)])
@pytest.mark.parametrize("language", ["ja", "en", "vi", "ja-simple"])
def test_a_script_finds_the_line_of_a_sign(sign, mode, line, language):
    widgets = scene(KeyTyped(mode), language=language)
    found = line_of(look(widgets), sign)
    choices = [item for item in describe(widgets).items if item.role is Role.CHOICE]
    assert found is not None
    assert choices[line].rect.as_tuple() == found.rect


def test_a_script_finds_the_line_of_a_letter():
    found = line_of(look(scene(KeyTyped(EntryKey.LATIN))), "d")
    assert found is not None
    assert found.text.lower() == "a–e"
