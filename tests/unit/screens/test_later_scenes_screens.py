"""From the consent to the farewell: every look, in both sizes of panel, both languages and two sizes of text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import later_views
import pytest

from drivers.card.pad import SIGNING_PAD
from kiosk.journey.events import (
    CellErased,
    CellPressed,
    CellsCleared,
    EntryKey,
    Event,
    KeyTyped,
    Opened,
    Overlay,
    Pressed,
    Stage,
)
from kiosk.journey.map import MAP, Outcome, Step
from kiosk.journey.troubles import Trouble, WayOn
from kiosk.journey.view import PARTS, ReceiptState, View
from kiosk.screens.area import Area, area_of
from kiosk.screens.describe import Description, describe
from kiosk.screens.overlays import OVERLAYS
from kiosk.screens.scenes import SCENES
from kiosk.screens.scenes.page import EDGE
from kiosk.screens.screen import Screen
from kiosk.screens.theme import Theme, theme_for
from kiosk.screens.tokens import ThemeName
from kiosk.screens.widgets.base import Role, Widget
from kiosk.screens.widgets.marks import Phase, StageLine
from kiosk.screens.widgets.surfaces import Veil

if TYPE_CHECKING:
    from kiosk.screens.kit import Kit
    from kiosk.screens.texts import Texts

pygame = pytest.importorskip("pygame")

SIZES = {"1280x800": ((1280, 800), (217, 136), 88), "800x480": ((800, 480), (154, 86), 78)}
WORDS = ("Label", "Notice", "Pill", "Figure", "Point", "StageLine", "PagePicture", "QrCode", "Track")


@pytest.fixture(scope="module")
def views(kit: Kit) -> dict[str, View]:
    return later_views.views()


def arranged(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    widgets = SCENES[view.step](view, area, theme, texts)
    return widgets + OVERLAYS[view.overlay](view, area, theme, texts) if view.overlay else widgets


@pytest.fixture
def said(views: dict[str, View], area: Area, theme: Theme, catalogue: dict[str, Texts]):
    def describe_view(name: str, language: str = "ja", **changes: object) -> Description:
        view = replace(views[name], language=language, **changes)
        return describe(arranged(view, area, theme, catalogue[language]))

    return describe_view


def on_top(widgets: list[Widget]) -> list[Widget]:
    veils = [index for index, widget in enumerate(widgets) if isinstance(widget, Veil)]
    return widgets[veils[-1] + 1 :] if veils else widgets


def faults(widgets: list[Widget], area: Area, theme: Theme, least: int) -> list[str]:
    """Return what is wrong with a layout: targets too small or too near, words that do not fit or lie over targets."""
    shown = on_top(widgets)
    targets = [widget for widget in shown if widget.press is not None]
    found = [f"too small: {one.rect}" for one in targets if min(one.rect.w, one.rect.h) < least]
    for index, one in enumerate(targets):
        found += [f"too near: {one.rect} {other.rect}" for other in targets[index + 1 :] if near(one, other)]
    for widget in shown:
        if not widget.fits(theme):
            found.append(f"does not fit: {widget}")
        if widget.rect.clipped(area.panel) != widget.rect:
            found.append(f"outside: {widget}")
    words = [widget for widget in shown if type(widget).__name__ in WORDS]
    found += [f"over a target: {one}" for one in words for other in targets if one.rect.meets(other.rect)]
    for index, one in enumerate(words):
        found += [f"over words: {one} {other}" for other in words[index + 1 :] if one.rect.meets(other.rect)]
    return found


def near(one: Widget, other: Widget) -> bool:
    return one.rect.grown(3).meets(other.rect.grown(2))


@pytest.mark.parametrize("text_size", [1.0, 1.2])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_everything_has_its_place(
    kit: Kit, catalogue: dict[str, Texts], views: dict[str, View], size: str, language: str, text_size: float
) -> None:
    pixels, mm, least = SIZES[size]
    area = area_of(kit.tokens, pixels, mm)
    theme = theme_for(kit, area, ThemeName.LIGHT, text_size)
    found = {}
    for name, view in views.items():
        widgets = arranged(replace(view, language=language, text_size=text_size), area, theme, catalogue[language])
        found[name] = faults(widgets, area, theme, least)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("theme_name", list(ThemeName))
def test_the_largest_text_fits_at_ten_inches_in_every_theme(
    kit: Kit, area: Area, catalogue: dict[str, Texts], views: dict[str, View], theme_name: ThemeName
) -> None:
    theme = theme_for(kit, area, theme_name, 1.6)
    found = {}
    for name, view in views.items():
        widgets = arranged(replace(view, text_size=1.6, theme=theme_name.value), area, theme, catalogue["ja"])
        found[name] = faults(widgets, area, theme, 88)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_layout_that_is_too_high_is_told(kit: Kit, area: Area, catalogue: dict[str, Texts], views) -> None:
    crowded = replace(views["consent"], place=replace(views["consent"].place, receiver="受付係" * 60))
    theme = theme_for(kit, area)
    assert faults(arranged(crowded, area, theme, catalogue["ja"]), area, theme, 88)


def test_every_button_is_an_outcome_of_its_step(views: dict[str, View], said) -> None:
    for name, view in views.items():
        for item in said(name).items:
            if isinstance(item.press, Pressed):
                outcome = item.press.outcome
                allowed = {*MAP[view.step], *({Outcome.LEAVE} & MAP[view.step].keys())}
                assert outcome in allowed, (name, outcome)


def test_staff_and_settings_are_never_covered(views: dict[str, View], said, area: Area) -> None:
    for name in views:
        rects = {item.press: item.rect for item in said(name).items if isinstance(item.press, Opened)}
        assert rects[Opened(Overlay.STAFF)] == area.staff_call, name
        assert rects[Opened(Overlay.SETTINGS)] == area.display_settings, name


def test_nobody_is_told_that_their_identity_is_confirmed(views: dict[str, View], said) -> None:
    for name in views:
        assert not [item for item in said(name).items if "本人確認が完了" in item.text], name


# ---- consent ---------------------------------------------------------------------------------------------------


def press_of(description: Description, text: str) -> Event | None:
    found = description.target(text)
    return found.press if found else None


def test_consent_names_receiver_form_and_date_and_can_be_refused(said) -> None:
    scene = said("consent")
    assert scene.title == "以下の申請に署名します"
    assert {"鶴ヶ島市", "住民票の写しの交付申請", "2026.11.24"} <= set(scene.paragraphs)
    assert press_of(scene, "同意する") == Pressed(Outcome.AGREE)
    assert press_of(scene, "同意しない") == Pressed(Outcome.DISAGREE)
    assert press_of(scene, "戻る") == Pressed(Outcome.BACK)
    assert press_of(scene, "大きく見る") == Pressed(Outcome.ENLARGE)
    assert "上記の内容に電子署名をします。よろしいですか？" in scene.paragraphs
    assert any("氏名・住所・生年月日・性別" in notice for notice in scene.notices)


def test_nothing_can_be_agreed_to_before_it_can_be_seen(said) -> None:
    scene = said("consent.preparing")
    assert scene.target("同意する") is None
    assert scene.target("大きく見る") is None
    assert any(item.text == "同意する" and not item.enabled for item in scene.buttons)
    assert "申請書を用意しています" in scene.paragraphs


def test_the_page_on_the_consent_is_the_page(views, area: Area, theme: Theme, catalogue) -> None:
    widgets = SCENES[Step.CONSENT](views["consent"], area, theme, catalogue["ja"])
    shown = next(widget for widget in widgets if type(widget).__name__ == "PagePicture")
    assert shown.rgb == views["consent"].pictures[0].rgb


def test_the_parts_show_every_line_of_the_page(kit: Kit, views, catalogue) -> None:
    page = views["page-view"].pictures[0]
    for pixels, mm, _ in SIZES.values():
        area = area_of(kit.tokens, pixels, mm)
        theme = theme_for(kit, area)
        seen: set[bytes] = set()
        for part in range(PARTS):
            view = replace(views["page-view"], picture=part)
            widgets = SCENES[Step.PAGE_VIEW](view, area, theme, catalogue["ja"])
            shown = next(widget for widget in widgets if type(widget).__name__ == "PagePicture")
            assert shown.rect.w == area.content.w
            wide = shown.width * 3
            seen |= {shown.rgb[row * wide : (row + 1) * wide] for row in range(shown.height)}
        left, edge = (page.width - shown.width) // 2 * 3, round(page.height * EDGE)
        rows = (page.rgb[y * page.width * 3 :][left : left + wide] for y in range(edge, page.height - edge))
        assert all(row in seen for row in rows)


def test_the_enlarged_page_is_walked_from_top_to_foot_and_back(said) -> None:
    assert press_of(said("page-view"), "続きを見る") == Pressed(Outcome.NEXT)
    assert said("page-view").target("上へ") is None
    assert press_of(said("page-view.middle"), "上へ") == Pressed(Outcome.PREVIOUS)
    assert press_of(said("page-view.last"), "確認しました") == Pressed(Outcome.BACK)
    assert said("page-view.last").target("続きを見る") is None


def test_refusal_says_that_nothing_was_sent(said) -> None:
    scene = said("not-agreed")
    assert any("申請は送信されていません" in sentence for sentence in scene.paragraphs)
    assert press_of(scene, "確認画面へ戻る") == Pressed(Outcome.BACK)
    assert press_of(scene, "やめる") == Opened(Overlay.LEAVE)


# ---- the card --------------------------------------------------------------------------------------------------


def test_the_tray_says_what_it_sees(said) -> None:
    assert "カードを待っています" in said("lay-card").texts(Role.STATE)
    assert "カードを確かめています" in said("lay-card.reading").texts(Role.STATE)
    assert said("lay-card").of(Role.PICTURE) != said("lay-card.reading").of(Role.PICTURE)


def test_the_wrong_card_is_named(said) -> None:
    assert "運転免許証が置かれています" in said("wrong-card.licence").paragraphs
    assert "Residence card is on the tray" in said("wrong-card.residence", "en").paragraphs
    assert press_of(said("wrong-card.unknown"), "戻る") == Pressed(Outcome.BACK)


# ---- password --------------------------------------------------------------------------------------------------


def test_each_key_of_the_pad_sends_its_cell(said) -> None:
    cells = {item.text: item.press for item in said("password").keys if isinstance(item.press, CellPressed)}
    assert cells == {sign: CellPressed(cell) for cell, sign in enumerate(SIGNING_PAD)}
    others = {item.press for item in said("password").keys} - set(cells.values())
    assert others == {CellErased(), CellsCleared()}


def test_letters_and_digits_take_turns_on_the_small_panel(kit: Kit, views, catalogue) -> None:
    area = area_of(kit.tokens, (800, 480), (154, 86))
    theme = theme_for(kit, area)
    found: dict[str, Event | None] = {}
    for name, other in (("password", EntryKey.DIGITS), ("password.digits", EntryKey.LATIN)):
        scene = describe(SCENES[Step.PASSWORD](views[name], area, theme, catalogue["ja"]))
        found |= {item.text: item.press for item in scene.keys if isinstance(item.press, CellPressed)}
        assert KeyTyped(other) in [item.press for item in scene.buttons]
        assert CellErased() in [item.press for item in scene.keys]
    assert found == {sign: CellPressed(cell) for cell, sign in enumerate(SIGNING_PAD)}


def test_the_password_is_dots_and_can_be_tried_from_six_on(said) -> None:
    assert said("password").entries[0].text == "8/16"
    assert press_of(said("password"), "電子署名をはじめる") == Pressed(Outcome.GIVEN)
    for name in ("password.empty", "password.short", "password.four"):
        assert said(name).target("電子署名をはじめる") is None
    assert press_of(said("password"), "やめる") == Opened(Overlay.LEAVE)


def test_the_pad_says_why_the_password_cannot_be_tried_yet(said) -> None:
    assert "まわりの人から見えないように" in said("password.empty").paragraphs
    assert "6文字以上の署名用パスワードです" in said("password.short").paragraphs
    assert any("数字4桁の暗証番号ではありません" in sentence for sentence in said("password.four").paragraphs)


def test_the_tries_left_are_shown_before_the_password_is_typed(said) -> None:
    states = said("password.empty").texts(Role.STATE)
    assert "あと5回" in states
    assert "5/5" in states


def test_a_pressed_key_looks_as_before(views, area: Area, theme: Theme, catalogue) -> None:
    widgets = SCENES[Step.PASSWORD](views["password"], area, theme, catalogue["ja"])
    keys = [widget for widget in widgets if isinstance(widget.press, (CellPressed, CellErased, CellsCleared))]
    frames = []
    for pressed in ([], keys):
        surface = pygame.Surface(area.panel.size)
        Screen(surface).show(widgets, theme, pressed)
        frames.append(pygame.image.tobytes(surface, "RGB"))
    assert len(keys) == len(SIGNING_PAD) + 2
    assert frames[0] == frames[1]


def test_a_wrong_password_is_a_retry_with_the_tries_left(said) -> None:
    scene = said("wrong-password")
    assert "あと4回" in scene.texts(Role.STATE)
    assert "4/5" in scene.texts(Role.STATE)
    assert press_of(scene, "もう一度入力する") == Pressed(Outcome.RETRY)
    assert scene.notices == ("5回連続で間違えると、マイナンバーカードがロックされます。",)


def test_the_last_try_needs_a_word_of_its_own(said) -> None:
    scene = said("last-try")
    assert any("ロックされます" in sentence for sentence in scene.paragraphs)
    assert any("2番窓口（市民課）" in sentence for sentence in scene.paragraphs)
    assert press_of(scene, "承知して入力する") == Pressed(Outcome.AGREE)
    assert press_of(scene, "戻る") == Pressed(Outcome.BACK)


# ---- signing and after -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["signing", "hand-over"])
def test_nothing_can_be_left_while_a_device_works(said, name: str) -> None:
    presses = [item.press for item in said(name).items if item.press]
    assert presses == [Opened(Overlay.SETTINGS), Opened(Overlay.STAFF)]


def test_the_signing_shows_how_far_it_has_come(views, area: Area, theme: Theme, catalogue) -> None:
    words = ["パスワードの確認", "証明書の読み取り", "電子署名", "署名の検証"]
    for reached, stage in enumerate(Stage):
        widgets = SCENES[Step.SIGNING](replace(views["signing"], stage=stage), area, theme, catalogue["ja"])
        lines = [widget for widget in widgets if isinstance(widget, StageLine)]
        assert [line.text for line in lines] == words
        phases = [Phase.DONE] * reached + [Phase.NOW] + [Phase.LATER] * (3 - reached)
        assert [line.phase for line in lines] == phases


@pytest.mark.parametrize(
    ("state", "title", "track", "label"),
    [
        (ReceiptState.SIGNED, "電子署名が済みました", "送信待ち", "お預かり番号"),
        (ReceiptState.HELD, "申請をお預かりしました", "送信待ち", "お預かり番号"),
        (ReceiptState.ACCEPTED, "申請を受け付けました", "受付済み", "受付番号"),
        (ReceiptState.ON_HOLD, "申請は市に届きました", "受付保留", "受付番号"),
    ],
)
def test_each_receipt_says_what_is_true(said, state: ReceiptState, title: str, track: str, label: str) -> None:
    scene = said(f"receipt.{state}")
    assert scene.title == title
    assert track in scene.texts(Role.STATE)
    assert label in scene.paragraphs
    number = "K7P4-29XD-6M" if label == "受付番号" else "H3D8-54WQ-2T"
    assert number in scene.texts(Role.STATE)
    assert "QR" in scene.texts(Role.PICTURE)
    assert press_of(scene, "終わる") == Pressed(Outcome.LEAVE)
    assert len(scene.notices) == 1


def test_the_visit_ends_with_the_card_in_the_citizens_hand(said) -> None:
    assert said("take-card").title == "カードを\nお取りください"
    assert not [item for item in said("take-card").items if isinstance(item.press, Pressed)]
    assert any("消去しました" in sentence for sentence in said("farewell").paragraphs)


# ---- trouble ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_says_what_what_to_do_and_who_helps(said, catalogue, trouble: Trouble, language: str) -> None:
    scene, texts = said(f"trouble.{trouble}", language), catalogue[language]
    place = {"counter": later_views.PLACE.counter, "hours": later_views.PLACE.hours, "code": "K3-7F2A"}
    assert scene.title == texts(f"trouble.{trouble}.title")
    everything = " ".join(scene.paragraphs)
    for part in ("what", "do", "who"):
        sentence = texts(f"trouble.{trouble}.{part}", **place).replace("<b>", "").replace("</b>", "")
        assert sentence in everything, part
    assert len(scene.notices) == 1


def test_every_trouble_has_a_way_on(views: dict[str, View], said) -> None:
    for name, view in views.items():
        if view.step is Step.TROUBLE:
            ways = {item.press for item in said(name).buttons if isinstance(item.press, (Pressed, Opened))}
            end = view.way_on is WayOn.END
            assert (Pressed(Outcome.LEAVE) in ways) == end, name
            if not end:
                assert ways & {Pressed(Outcome.RETRY), Pressed(Outcome.BY_HAND)}, name


def test_a_prefill_that_failed_can_be_typed_instead(said) -> None:
    scene = said("trouble.card-unreadable.prefill")
    assert press_of(scene, "もう一度読む") == Pressed(Outcome.RETRY)
    assert press_of(scene, "自分で入力する") == Pressed(Outcome.BY_HAND)
    locked = said("trouble.pin-locked.prefill")
    assert press_of(locked, "自分で入力する") == Pressed(Outcome.BY_HAND)
    assert not [item for item in locked.items if item.press == Pressed(Outcome.RETRY)]


def test_out_of_service_gives_its_reason_and_the_counter(said) -> None:
    scene = said("out-of-service")
    assert "カード読み取り装置を点検しています。" in scene.paragraphs
    assert "2番窓口（市民課）" in scene.paragraphs
    assert "休止中" in scene.texts(Role.STATE)
    unknown = said("out-of-service", facts={"reason": "no such reason"})
    assert "機械を点検しています。" in unknown.paragraphs
    assert "お伝えいただく番号：K-78" in said("out-of-service.stopped").paragraphs
