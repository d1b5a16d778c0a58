"""Scenes of the visual language put together by hand, so that every widget is drawn as it will be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.journey.events import CellErased, CellPressed, Dismissed
from kiosk.screens.actions import Act, Actions, back, go, stop
from kiosk.screens.canvas import Align
from kiosk.screens.furniture import furniture, heading, opening
from kiosk.screens.parts import answer_row, rule, stepper
from kiosk.screens.rect import Rect
from kiosk.screens.theme import FIGURE, UTILITY, Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.button import Button, Kind
from kiosk.screens.widgets.choice import Choice, PictureChoice
from kiosk.screens.widgets.entry import Entry, PasswordEntry, Problem
from kiosk.screens.widgets.figure import Figure, Ring
from kiosk.screens.widgets.key import Key, KeyKind
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.marks import Phase, Pill, Pips, Point, StageLine
from kiosk.screens.widgets.notice import Notice, Tone
from kiosk.screens.widgets.picture import Icon, Illustration, PagePicture, QrCode
from kiosk.screens.widgets.surfaces import Band, Dialog, Sheet, Veil
from kiosk.screens.widgets.track import Station, Track

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

    Mock = Callable[[View, Area, Theme, Texts], list[Widget]]

TOUCH = Dismissed()
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
KANA = (
    "あいうえお",
    "かきくけこ",
    "さしすせそ",
    "たちつてと",
    "なにぬねの",
    "はひふへほ",
    "まみむめも",
    "や ゆ よ",
    "らりるれろ",
    "わをんー・",
)


def form(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """06: entries, stepper and number pad."""
    keys = "123456789"
    pad = [(area.at(776 + i % 3 * 140, 148 + i // 3 * 100, 128, 88), k) for i, k in enumerate(keys)]
    actions = Actions(back=back("戻る", TOUCH), main=go("次へ", TOUCH), hint="すべて入力できました")
    return [
        *furniture(view, area, theme, texts, actions),
        heading(area, theme, "連絡先と通数を入力してください"),
        Label(area.at(884, 24, 300, 62), "2 / 3 ページ", colour="ink_soft", align=Align.RIGHT, middle=True),
        Label(area.at(0, 108, 728, 34), "郵便番号", Type.LABEL),
        Entry(area.at(0, 144, 264, 88), "350-2201", press=TOUCH),
        Problem(area.at(288, 144, 440, 88), "埼玉県鶴ヶ島市富士見", "success", "check", Face(28, 42, bold=True)),
        Label(area.at(0, 256, 728, 34), "日中に連絡のとれる電話番号", Type.LABEL),
        Entry(area.at(0, 292, 728, 88), "049-000-1234", active=True, press=TOUCH),
        Label(area.at(0, 404, 728, 34), "必要な通数", Type.LABEL),
        *stepper(area.at(0, 440, 728, 96), theme, "1 通", "5通まで", ("1つ減らす", TOUCH), ("1つ増やす", TOUCH)),
        Label(area.at(776, 108, 408, 34), "電話番号の数字を押してください", Type.LABEL, "ink_soft"),
        *(Key(rect, sign, KeyKind.SYMBOL, press=TOUCH) for rect, sign in pad),
        Key(area.at(776, 448, 128, 88), "1字\n消す", KeyKind.FUNCTION, press=TOUCH),
        Key(area.at(916, 448, 128, 88), "0", KeyKind.SYMBOL, press=TOUCH),
        Key(area.at(1056, 448, 128, 88), "次の欄", KeyKind.FUNCTION, press=TOUCH),
    ]


def idle(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """19: the dialog over the form."""
    top = area.header.bottom
    box = Rect(200, 144, 880, 512)
    return [
        *form(view, area, theme, texts),
        Veil(Rect(0, top, area.panel.w, area.panel.h - top)),
        Dialog(box),
        Ring(area.within(box, 51, 55, 176, 176), "23", 0.75),
        Label(area.within(box, 267, 47, 568, 62), "まだお使いですか？", Type.HEADING, role=Role.TITLE),
        Label(
            area.within(box, 267, 123, 568, 84), "あと23秒で、最初の画面に戻ります。\n戻ると、入力した内容は消えます。"
        ),
        Button(area.within(box, 51, 267, 784, 96), "続ける", Kind.PRIMARY, press=TOUCH),
        Button(area.within(box, 51, 387, 384, 96), "時間をのばす", press=TOUCH),
        Button(area.within(box, 451, 387, 384, 96), "終わる", Kind.QUIET, press=TOUCH),
    ]


def kana(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """07: the kana keyboard."""
    parts = furniture(view, area, theme, texts)
    parts.append(Label(Rect(24, 112, 216, 92), "世帯主の氏名", Type.LABEL, middle=True))
    parts.append(
        Entry(Rect(248, 112, 1008, 92), "わたなべ", active=True, composing=4, hint="下から漢字を選んでください")
    )
    x = 24
    for index, word in enumerate(("渡辺", "渡部", "渡邉", "渡邊", "ワタナベ", "わたなべ")):
        wide = 150 if len(word) == 2 else 190
        kind = KeyKind.CANDIDATE if index else KeyKind.FIRST
        parts.append(Key(Rect(x, 212, wide, 88), word, kind, press=TOUCH))
        x += wide + 8
    parts.append(
        Key(Rect(x, 212, 1256 - x, 88), "ほか", KeyKind.FUNCTION, after="next", icon_px=30, weight=7, press=TOUCH)
    )
    for c, column in enumerate(KANA):
        for r, sign in enumerate(column):
            if sign != " ":
                parts.append(Key(Rect(168 + c * 96, 312 + r * 96, 88, 88), sign, press=TOUCH))
    for r, (word, kind) in enumerate(
        (
            ("ひらがな", KeyKind.MODE),
            ("カタカナ", KeyKind.FUNCTION),
            ("英字\n数字", KeyKind.FUNCTION),
            ("空白", KeyKind.FUNCTION),
        )
    ):
        parts.append(Key(Rect(24, 312 + r * 96, 128, 88), word, kind, press=TOUCH))
    parts.append(Key(Rect(1128, 312, 128, 88), "1字", KeyKind.FUNCTION, icon="erase", press=TOUCH))
    parts.append(Key(Rect(1128, 408, 128, 88), "゛ ゜", KeyKind.FUNCTION, face=Face(40, 32, bold=True), press=TOUCH))
    parts.append(Key(Rect(1128, 504, 128, 88), "小さい字", KeyKind.FUNCTION, press=TOUCH))
    parts.append(Key(Rect(24, 696, 128, 88), "戻る", KeyKind.BACK, icon="back", weight=6, press=TOUCH))
    parts.append(Key(Rect(1128, 600, 128, 184), "決定", KeyKind.GO, press=TOUCH))
    return parts


def password(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """11: the pad; its keys are secret."""
    actions = Actions(
        back=stop("やめる", TOUCH), main=go("電子署名をはじめる", TOUCH), hint="まわりの人から見えないように"
    )
    side = area.at(1000, 88, 184, 468)
    letters = [area.at(i % 7 * 96, 180 + i // 7 * 96, 88, 88) for i in range(26)]
    places = [(i % 3, i // 3) if i < 9 else (1, 3) for i in range(10)]
    digits = [area.at(696 + c * 96, 180 + r * 96, 88, 88) for c, r in places]
    signs = zip([*letters, *digits], LETTERS + "1234567890", strict=True)
    return [
        *furniture(view, area, theme, texts, actions),
        heading(area, theme, "署名用パスワードを入力してください", up=10),
        Label(area.at(784, 14, 400, 62), "英大文字と数字　6〜16桁", colour="ink_soft", align=Align.RIGHT, middle=True),
        PasswordEntry(area.at(0, 88, 976, 76), 8, unit="文字"),
        *(Key(r, s, KeyKind.SYMBOL, press=CellPressed(i), secret=True) for i, (r, s) in enumerate(signs)),
        Key(
            area.at(480, 468, 184, 88),
            "1字消す",
            KeyKind.FUNCTION,
            icon="erase",
            icon_px=36,
            press=CellErased(),
            secret=True,
        ),
        Sheet(side),
        Figure(
            area.within(side, 0, 14, 184, 72),
            "あと<b>5</b>回",
            Face(26, 34, bold=True),
            Face(64, 72, bold=True, fixed=True),
            align=Align.CENTRE,
            gap=4,
        ),
        Pips(area.within(side, 76, 94, 32, 200), 5, 5, upright=True, gap=10),
        Label(
            area.within(side, 8, 308, 168, 140),
            "5回連続で\n間違えると\nカードが\nロックされます",
            Face(24, 34),
            align=Align.CENTRE,
        ),
    ]


def receipt(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """14: the track, the number and the code."""
    stations = (
        Station("署名済み", "10:42", Phase.DONE),
        Station("送信待ち", "いまここ", Phase.NOW),
        Station("受付済み", "これから", Phase.LATER),
    )
    actions = Actions(back=Act("控えを印刷する", TOUCH, icon="print", kind=Kind.SECONDARY), main=go("終わる", TOUCH))
    sheet, number = area.at(848, 24, 336, 532), area.at(0, 320, 800, 112)
    return [
        *furniture(view, area, theme, texts, actions),
        Illustration(area.at(0, 20, 132, 132), "held"),
        Label(area.at(156, 24, 640, 62), "申請をお預かりしました", Type.HEADING, role=Role.TITLE),
        Label(area.at(156, 90, 640, 42), "もう一度申請する必要はありません。"),
        Track(area.at(0, 168, 800, 136), stations),
        Sheet(number),
        Label(area.within(number, 30, 0, 184, 112), "お預かり番号", Type.LABEL, "ink_soft", middle=True),
        Label(area.within(number, 214, 0, 580, 112), "H3D8-51WQ-2T", FIGURE, middle=True, role=Role.STATE),
        Notice(
            area.at(0, 448, 800, 108),
            "いま市の受付システムとつながりません。\nつながりしだい、<b>自動で送信します</b>。",
            Tone.CAUTION,
            "clock",
            icon_px=44,
        ),
        Sheet(sheet),
        QrCode(area.at(876, 48, 280, 280), "https://city.example/h/H3D8-51WQ-2T"),
        Label(
            area.at(864, 340, 304, 200),
            "<b>お預かりの控え</b>\n受付の結果は、\nこのコードから\n確かめられます。",
            align=Align.CENTRE,
        ),
    ]


def review(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """08: rows on a sheet."""
    rows = (
        ("氏名", "鶴ヶ島 花子", "カード"),
        ("生年月日", "昭和29年4月1日", "カード"),
        ("住所", "埼玉県鶴ヶ島市富士見一丁目0番0号", "カード"),
        ("電話番号", "049-000-1234", ""),
    )
    parts = furniture(
        view,
        area,
        theme,
        texts,
        Actions(back=back("戻る", TOUCH), main=go("次のページ", TOUCH), hint="内容をご確認ください。"),
    )
    parts += [heading(area, theme, "入力内容確認", up=14), Sheet(area.at(0, 74, 1184, len(rows) * 96 + 2))]
    for index, (label, value, card) in enumerate(rows):
        row = area.at(0, 76 + index * 96, 1184, 96)
        parts += answer_row(row, theme, label, value, ("なおす", TOUCH), card)
        if index:
            parts.append(rule(Rect(row.x + 24, row.y, 976, row.h), theme))
    return parts


def attract(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """01: the opening state, the languages and one wide button."""
    words = ("日本語", "やさしい\nにほんご", "English", "中文", "한국어", "Tiếng Việt", "Português")
    keys = zip(area.at(0, 468, 1184, 88).columns(7, 12), words, strict=True)
    actions = Actions(back=Act("カードをお持ちでない方", TOUCH), main=go("はじめる", TOUCH), main_px=560)
    return [
        *furniture(view, area, theme, texts, actions, opening(view, area, theme, texts, serving=True)),
        Band(area.at(-48, 456, 1280, 112), "sunken"),
        Illustration(area.at(672, 4, 512, 462), "kiosk"),
        Label(
            area.at(0, 40, 700, 184),
            "マイナンバーカードで\n申請できます",
            Face(68, 92, bold=True, most=68),
            role=Role.TITLE,
        ),
        Label(area.at(0, 252, 640, 84), "公的個人認証が必要な手続きを、\nこの画面で申請することができるサービスです。"),
        Icon(area.at(0, 366, 44, 44), "card"),
        Label(area.at(60, 352, 600, 72), "<b>マイナンバーカード</b>をお持ちの方に限ります", middle=True),
        *(
            Key(
                r,
                w,
                KeyKind.MODE if w == "日本語" else KeyKind.CHARACTER,
                face=Face(24 if len(w) > 8 and "\n" not in w else 26, 32, bold=True),
                press=TOUCH,
            )
            for r, w in keys
        ),
    ]


def choices(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """02, 05, 10 and 12 on one page: cards, points, stages, pill and a page of the document."""
    rgb = bytes([255, 255, 255] * 60 * 85)
    parts: list[Widget] = furniture(
        view, area, theme, texts, Actions(hint="どちらかを選んでください。", hint_icon="bell")
    )
    parts += [
        PictureChoice(
            area.at(0, 8, 584, 364),
            "カードから読み取る",
            "氏名・住所・生年月日・性別を転記します。\n<b>数字4桁の暗証番号</b>を使います。",
            "prefill",
            "おすすめ",
            press=TOUCH,
        ),
        Choice(area.at(600, 8, 584, 136), "住民票の写しの交付申請", "約5分", "doc", press=TOUCH),
        Choice(
            area.at(600, 160, 304, 121),
            "送信待ちを\n確認する",
            icon="send",
            badge=False,
            arrow=False,
            face=Face(28, 36, bold=True),
            press=TOUCH,
        ),
        PagePicture(area.at(1068, 160, 116, 160), 60, 85, rgb, "申請書"),
        Point(area.at(600, 300, 440, 88), 1, "ケースから出す"),
        Pill(area.at(0, 392, 440, 64), "カードを待っています"),
        StageLine(area.at(0, 470, 400, 80), "証明書の読み取り", Phase.DONE),
        StageLine(area.at(400, 470, 400, 80), "電子署名", Phase.NOW, 2),
        StageLine(area.at(800, 470, 384, 80), "署名の検証", Phase.LATER),
        Label(area.at(600, 392, 200, 34), "申請先", UTILITY, "ink_soft"),
    ]
    return parts


MOCKS: dict[str, Mock] = {
    "form": form,
    "idle": idle,
    "kana": kana,
    "password": password,
    "receipt": receipt,
    "review": review,
    "attract": attract,
    "choices": choices,
}
