"""Every part in every state on one sheet of 1280 by 1680, as the visual language shows them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.journey.events import Dismissed
from kiosk.screens.canvas import Align
from kiosk.screens.focus import ring_around
from kiosk.screens.rect import Rect
from kiosk.screens.theme import MARK, Face, Type
from kiosk.screens.widgets.button import Button, Kind
from kiosk.screens.widgets.check_row import CheckRow
from kiosk.screens.widgets.entry import Entry, Problem
from kiosk.screens.widgets.figure import Ring
from kiosk.screens.widgets.key import Key, KeyKind
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.marks import Phase, Pill, Pips, Tag
from kiosk.screens.widgets.notice import Notice, Tone
from kiosk.screens.widgets.step_bar import StepBar
from kiosk.screens.widgets.surfaces import Band
from kiosk.screens.widgets.track import Station, Track

if TYPE_CHECKING:
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

SIZE = 1280, 1680
CAPTION = Face(20, 28)
NAME = Face(24, 96, bold=True)
BODY_BOLD = Face(28, 42, bold=True)
TOUCH = Dismissed()


def sheet(theme: Theme) -> list[Widget]:
    return [
        *_title(theme),
        *_buttons(theme),
        *_checks(theme),
        *_entries(),
        *_notices(),
        *_keys(theme),
        *_progress(),
        *_lamps(),
        *_rest(theme),
    ]


def _caption(x: int, y: int, text: str) -> Label:
    return Label(Rect(x, y, 1280 - x, 28), text, CAPTION, "ink_soft")


def _title(theme: Theme) -> list[Widget]:
    line = theme.line_px
    return [
        Band(Rect(0, 0, 1280, 72), "chrome"),
        Band(Rect(0, 72 - line, 1280, line), "line"),
        Label(Rect(48, 6, 600, 62), "部品と状態", Face(36, 62, bold=True)),
    ]


def _buttons(theme: Theme) -> list[Widget]:
    parts: list[Widget] = [
        _caption(x, 96, text) for text, x in (("ふつう", 264), ("押している", 536), ("選ばれている（物理キー）", 808))
    ]
    kinds = (("主ボタン", "次へ"), ("副ボタン", "印刷する"), ("静かなボタン", "戻る"), ("取り消しのボタン", "消去する"))
    for row, ((name, word), kind) in enumerate(zip(kinds, Kind, strict=True)):
        y = 140 + row * 128
        button = Button(Rect(264, y, 232, 96), word, kind, press=TOUCH)
        focused = replace(button, rect=Rect(808, y, 232, 96))
        parts += [
            Label(Rect(48, y, 210, 96), name, NAME),
            button,
            replace(button, rect=Rect(536, y, 232, 96), pressed=True),
            focused,
            ring_around(focused, theme),
        ]
    off = Button(Rect(1064, 140, 168, 96), "次へ", Kind.PRIMARY, enabled=False)
    why = Label(Rect(1064, 252, 216, 90), "理由を左に書く。\n灰色だけにしない。", CAPTION, "ink_soft")
    return [*parts, _caption(1064, 96, "押せない"), off, why]


def _checks(theme: Theme) -> list[Widget]:
    parts: list[Widget] = [Label(Rect(48, 684, 210, 96), "選択（チェック）", NAME)]
    states = (
        ("なし", False, False),
        ("あり", True, False),
        ("押している", False, True),
        ("選ばれている", False, False),
    )
    for column, (name, on, down) in enumerate(states):
        x = 264 + column * 244
        row = CheckRow(Rect(x, 688, 216, 88), "同意する", on, None, BODY_BOLD, side=12, press=TOUCH, pressed=down)
        parts += [_caption(x, 644, name), row]
    return [*parts, ring_around(parts[-1], theme)]


def _entries() -> list[Widget]:
    place = [Rect(264 + column * 244, 824, 216, 88) for column in range(4)]
    return [
        Label(Rect(48, 820, 210, 96), "入力欄", NAME),
        *(_caption(rect.x, 792, name) for rect, name in zip(place, ("空", "入力中", "入力済み", "誤り"), strict=True)),
        Entry(place[0], "", prompt="入力する", press=TOUCH),
        Entry(place[1], "350", active=True, press=TOUCH),
        Entry(place[2], "350-2201", press=TOUCH),
        Entry(place[3], "350-22", error=True, press=TOUCH),
        Problem(Rect(996, 916, 280, 40), "あと1桁たりません"),
    ]


def _notices() -> list[Widget]:
    texts = ("お知らせ：次にすること", "できました", "気をつけること", "できませんでした")
    return [
        Notice(Rect(48 + (index % 2) * 600, 976 + (index // 2) * 88, 584, 72), text, tone)
        for index, (text, tone) in enumerate(zip(texts, Tone, strict=True))
    ]


def _keys(theme: Theme) -> list[Widget]:
    place = [Rect(48 + column * 112, 1196, 88, 88) for column in range(6)]
    seven = Key(place[2], "7", KeyKind.SYMBOL, face=Face(38, 44, bold=True, fixed=True), press=TOUCH)
    return [
        _caption(48, 1150, "文字の鍵：ふつう・押している・選ばれている・働きの鍵・切り替え中・決定"),
        Key(place[0], "あ", press=TOUCH),
        Key(place[1], "A", KeyKind.SYMBOL, face=Face(38, 44, bold=True, fixed=True), pressed=True, press=TOUCH),
        seven,
        ring_around(seven, theme),
        Key(place[3], "1字\n消す", KeyKind.FUNCTION, press=TOUCH),
        Key(place[4], "ひら\nがな", KeyKind.MODE, press=TOUCH),
        Key(place[5], "決定", KeyKind.GO, face=Face(26, 32, bold=True), press=TOUCH),
        _caption(740, 1150, "候補（1番目が選ばれている）"),
        Key(Rect(740, 1196, 128, 88), "渡辺", KeyKind.FIRST, press=TOUCH),
        Key(Rect(876, 1196, 128, 88), "渡部", KeyKind.CANDIDATE, press=TOUCH),
        Key(Rect(1012, 1196, 128, 88), "渡邉", KeyKind.CANDIDATE, press=TOUCH),
        Key(Rect(1148, 1196, 84, 88), "", KeyKind.FUNCTION, icon="next", weight=7, press=TOUCH),
    ]


def _progress() -> list[Widget]:
    return [
        _caption(48, 1306, "進み具合"),
        StepBar(Rect(48, 1340, 620, 56), ("入力", "確認", "電子署名", "完了"), 3),
        _caption(740, 1306, "残り回数"),
        Pips(Rect(740, 1340, 210, 56), 3, 5),
        Label(Rect(968, 1340, 140, 56), "あと3回", BODY_BOLD, middle=True),
        _caption(1112, 1306, "練習用の印"),
        Tag(Rect(1112, 1344, 76, 48), "模擬", fill="here", word="on_here", face=Face(28, 48, bold=True)),
    ]


def _lamps() -> list[Widget]:
    lamps = ("here", "illustration.blue", "success", "danger")
    texts = ("待っています", "読み取り中", "できました", "置き直してください")
    places = (48, 344, 616, 888)
    return [
        _caption(48, 1418, "置き場所のランプと同じ色：待つ・読む・できた・困った"),
        *(Pill(Rect(x, 1452, 392, 64), text, lamp) for x, text, lamp in zip(places, texts, lamps, strict=True)),
    ]


def _rest(theme: Theme) -> list[Widget]:
    stations = (
        Station("署名済み", "10:42", Phase.DONE),
        Station("送信待ち", "いまここ", Phase.NOW),
        Station("受付済み", "これから", Phase.LATER),
    )
    tag = Tag(Rect(48, 1568, 0, 0), "カード", icon="card", face=MARK).at(Rect(48, 1568, 200, 88), theme)
    return [
        tag,
        _caption(tag.rect.right + 12, 1598, "カードから読んだ値"),
        Ring(Rect(430, 1562, 100, 100), "23", 0.75, Face(40, 100, bold=True, fixed=True)),
        _caption(552, 1598, "残り時間の輪"),
        Track(Rect(660, 1538, 620, 130), stations),
        Label(Rect(0, 0, 1, 1), "", Type.BODY, align=Align.LEFT, role=None),
    ]
