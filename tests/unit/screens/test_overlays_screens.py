"""What lies over a step: dialogs that let nothing through, and sheets that are read page by page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import later_views
import pytest

from kiosk.journey.events import (
    Dismissed,
    LanguageChosen,
    LeaveConfirmed,
    MoreTimeAsked,
    Opened,
    Overlay,
    Pressed,
    StaffAnswered,
    TextSizeChosen,
    ThemeChosen,
)
from kiosk.journey.map import Outcome
from kiosk.screens.area import area_of
from kiosk.screens.describe import Description, describe
from kiosk.screens.overlays import OVERLAYS
from kiosk.screens.overlays.legal import paginated
from kiosk.screens.rect import Rect
from kiosk.screens.scenes import SCENES
from kiosk.screens.theme import theme_for
from kiosk.screens.touch import target_at

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.kit import Kit
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

LEGAL = (Overlay.TERMS, Overlay.PRIVACY, Overlay.COPYRIGHT)


@pytest.fixture(scope="module")
def views(kit: Kit) -> dict[str, View]:
    return later_views.views()


@pytest.fixture
def laid(views: dict[str, View], area: Area, theme: Theme, catalogue: dict[str, Texts]):
    def lay(name: str, **changes: object) -> list[Widget]:
        view = replace(views[name], **changes)
        texts = catalogue[view.language]
        return SCENES[view.step](view, area, theme, texts) + OVERLAYS[view.overlay](view, area, theme, texts)

    return lay


def presses(scene: Description) -> list[object]:
    return [item.press for item in scene.items if item.press]


def test_every_overlay_is_there() -> None:
    assert set(OVERLAYS) == set(Overlay)


def test_the_idle_warning_counts_and_offers_three_ways(laid) -> None:
    scene = describe(laid("idle"))
    assert scene.title == "まだお使いですか？"
    assert any("あと23秒" in sentence for sentence in scene.paragraphs)
    assert scene.target("続ける").press == Dismissed()
    assert scene.target("時間をのばす").press == MoreTimeAsked()
    assert scene.target("終わる").press == LeaveConfirmed()


def test_the_idle_warning_on_a_receipt_takes_no_fright(laid) -> None:
    words = " ".join(describe(laid("idle.receipt")).paragraphs)
    assert "お預かりした申請は、なくなりません" in words
    assert "消えます" not in words


@pytest.mark.parametrize("name", ["idle", "leave", "staff", "settings", "terms"])
def test_nothing_below_can_be_touched_or_read(laid, area: Area, name: str) -> None:
    widgets = laid(name)
    dialog = name in {"idle", "leave", "staff"}
    reached = set()
    for x in range(4, area.panel.w, 8):
        for y in range(4, area.panel.h, 8):
            target = target_at(widgets, x, y)
            if target:
                reached.add(target.press)
    over = set(presses(describe(widgets)))
    assert reached == over
    assert Pressed(Outcome.BACK) not in reached
    assert {Opened(Overlay.SETTINGS), Opened(Overlay.STAFF)} <= reached
    assert (describe(widgets).title == "マイナンバーカードを置いてください") is False
    assert dialog == (Dismissed() in reached and Opened(Overlay.TERMS) not in reached)


def test_leaving_is_asked_once_and_says_what_is_lost(laid) -> None:
    scene = describe(laid("leave"))
    assert "入力した内容は消えます。申請は送信されません。" in scene.paragraphs
    assert "カードが置かれているときは、お取りください。" in scene.paragraphs
    assert scene.target("やめる").press == LeaveConfirmed()
    assert scene.target("申請を続ける").press == Dismissed()
    assert scene.target("確認画面へ戻る") is None
    assert "カードが置かれているときは、お取りください。" not in describe(laid("leave", card_present=False)).paragraphs


def test_leaving_the_password_can_lead_back_to_the_confirmation(laid) -> None:
    assert describe(laid("leave.password")).target("確認画面へ戻る").press == Pressed(Outcome.BACK)


def test_staff_can_be_awaited_and_met(laid) -> None:
    scene = describe(laid("staff"))
    assert scene.title == "職員を呼びました"
    assert {Dismissed(), StaffAnswered()} <= set(presses(scene))
    assert "パスワードは、職員にも教えないでください。" in scene.paragraphs


def test_settings_offer_languages_sizes_colours_and_the_legal_texts(laid) -> None:
    scene = describe(laid("settings"))
    sent = set(presses(scene))
    assert {LanguageChosen("ja"), LanguageChosen("en")} <= sent
    assert {TextSizeChosen(size) for size in (1.0, 1.2, 1.4, 1.6)} <= sent
    assert {ThemeChosen(name) for name in ("light", "dark", "high_contrast", "yellow_on_black")} <= sent
    assert {Opened(overlay) for overlay in LEGAL} <= sent
    assert Dismissed() in sent


def test_settings_show_what_is_chosen(laid) -> None:
    for changes, chosen in (
        ({}, {"日本語", "標準"}),
        ({"language": "en", "text_size": 1.4, "theme": "dark"}, {"English", "Larger", "Dark"}),
    ):
        assert {item.text for item in describe(laid("settings", **changes)).choices if item.on} == chosen


def test_at_seven_inches_the_legal_texts_have_a_page_of_their_own(kit: Kit, views, catalogue) -> None:
    area = area_of(kit.tokens, (800, 480), (154, 86))
    theme = theme_for(kit, area)
    first = describe(OVERLAYS[Overlay.SETTINGS](views["settings"], area, theme, catalogue["ja"]))
    second = describe(OVERLAYS[Overlay.SETTINGS](views["settings.legal"], area, theme, catalogue["ja"]))
    assert Opened(Overlay.SETTINGS, 1) in presses(first)
    assert {Opened(overlay) for overlay in LEGAL} <= set(presses(second))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("overlay", LEGAL)
@pytest.mark.parametrize("text_size", [1.0, 1.6])
def test_a_legal_text_is_read_whole_page_by_page(
    kit: Kit, views, catalogue, overlay: Overlay, language: str, text_size: float
) -> None:
    for pixels, mm in (((1280, 800), (217, 136)), ((800, 480), (154, 86))):
        area = area_of(kit.tokens, pixels, mm)
        theme, texts = theme_for(kit, area, text_factor=text_size), catalogue[language]
        view = replace(views[overlay.value], language=language)
        read, turned = "", 0
        for page in range(99):
            scene = describe(OVERLAYS[overlay](replace(view, overlay_page=page), area, theme, texts))
            read += "".join(scene.paragraphs)
            turned = page
            if Opened(overlay, page + 1) not in presses(scene):
                break
        else:
            pytest.fail("the pages do not end")
        wanted = texts(f"{overlay.value}.text", **later_views.PLACE_FACTS)
        wanted = wanted.replace("<b>", "").replace("</b>", "")
        assert "".join(read.split()) == "".join(wanted.split())
        assert turned > 0 or text_size < 1.6


def test_a_page_beyond_the_last_is_the_last(laid) -> None:
    assert Opened(Overlay.SETTINGS) in presses(describe(laid("terms", overlay_page=40)))


def test_pages_hold_what_fits_and_no_block_is_cut_without_need(theme: Theme) -> None:
    text = "\n\n".join(f"<b>見出し{number}</b>\nこれは一行です。" for number in range(9))
    line = 42
    pages = paginated(text, theme, Rect(0, 0, 1184, 5 * line))
    assert [len(page) for page in pages] == [2, 2, 2, 2, 1]
    assert "\n\n".join(block for page in pages for block in page) == text
