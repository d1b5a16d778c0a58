"""A citizen who presses what the scenes offer comes from the first scene to the way to signing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scenes_walk import GOOD_CARD, HANAKO, walked

from kiosk.application.document import Origin
from kiosk.journey.events import CardLaid, Event, HolderRead, LineChosen, PasswordRefused
from kiosk.journey.map import Step
from kiosk.screens.area import area_of
from kiosk.screens.describe import Description, describe
from kiosk.screens.scenes import SCENES
from kiosk.screens.scenes.keys import lines_of
from kiosk.screens.theme import theme_for
from kiosk.screens.widgets.base import Role

if TYPE_CHECKING:
    from kiosk.screens.area import Area
    from kiosk.screens.kit import Kit
    from kiosk.screens.texts import Texts

PANELS = {"1280x800": ((1280, 800), (217, 136)), "800x480": ((800, 480), (154, 86))}


class Citizen:
    """Somebody in front of the screen, who knows nothing but what it says."""

    def __init__(self, kit: Kit, area: Area, catalogue: dict[str, Texts]) -> None:
        self.kit, self.area, self.catalogue = kit, area, catalogue
        self.journey = walked()

    @property
    def scene(self) -> Description:
        view = self.journey.view()
        theme = theme_for(self.kit, self.area, text_factor=view.text_size)
        return describe(SCENES[view.step](view, self.area, theme, self.catalogue[view.language]))

    @property
    def step(self) -> Step:
        return self.journey.step

    def press(self, *words: str) -> None:
        """Press, one after the other, the targets whose words begin so."""
        for word in words:
            self._show(word)
            items = [item for item in self.scene.items if item.press and item.enabled]
            found = next((item for item in items if item.text == word), None)
            found = found or next(item for item in items if item.text.startswith(word))
            self.journey.handle(found.press)

    def _show(self, sign: str) -> None:
        """On the 7 inch panel a sign's line is chosen before the sign."""
        entry = self.journey.view().entry
        if entry is None or entry.composer is None or self.scene.target(sign) is not None:
            return
        for number, line in enumerate(lines_of(entry.composer)):
            if sign in line and LineChosen(number) in {item.press for item in self.scene.items}:
                self.journey.handle(LineChosen(number))

    def meet(self, *events: Event) -> None:
        for event in events:
            self.journey.handle(event)


@pytest.fixture(params=PANELS)
def citizen(request, kit: Kit, catalogue: dict[str, Texts]) -> Citizen:
    return Citizen(kit, area_of(kit.tokens, *PANELS[request.param]), catalogue)


def to_offer(citizen: Citizen) -> None:
    citizen.press("はじめる", "住民票の写しの交付申請", "次へ")
    assert citizen.scene.target("申請へ進む") is None
    citizen.press(*(item.text for item in citizen.scene.checks))
    citizen.press("申請へ進む")
    assert citizen.step is Step.PREFILL_OFFER


def to_pin(citizen: Citizen) -> None:
    to_offer(citizen)
    citizen.press("カードから読み取る")
    assert "カードを待っています" in citizen.scene.texts(Role.STATE)
    citizen.meet(CardLaid(), GOOD_CARD)
    assert citizen.step is Step.PREFILL_PIN


def to_form(citizen: Citizen) -> None:
    to_pin(citizen)
    citizen.press("1", "2", "3", "4", "カードを読み取る")
    citizen.meet(HolderRead(HANAKO))
    assert citizen.step is Step.FORM_PAGE


def fill_in(citizen: Citizen) -> None:
    citizen.press("フリガナ", "つ", "る", "か", "゛ ゜", "し", "ま", "空白", "は", "な", "こ", "決定", "次へ", "次へ")
    citizen.press("世帯の一部", "記載しない")
    citizen.meet(next(item.press for item in reversed(citizen.scene.choices) if item.text == "記載する"))
    citizen.press("次へ", "証明が必要な方の氏名", "は", "な", "こ", "決定", "申請する本人", "次へ")
    citizen.press("郵便番号", *"3502201", "決定", "日中に連絡のとれる電話番号", *"0490001234", "決定")
    citizen.press("1つ増やす", "次へ", "年金の手続き", "確認へ進む")


def test_from_the_first_scene_to_the_way_to_signing(citizen: Citizen) -> None:
    to_form(citizen)
    fill_in(citizen)
    assert citizen.step is Step.REVIEW
    assert citizen.scene.target("電子署名を行う") is None
    citizen.press("次のページ", "次のページ")
    assert citizen.scene.target("次のページ") is None
    citizen.press("電子署名を行う")
    assert citizen.step is Step.CONSENT
    answers = citizen.journey.view().answers
    assert answers["kana"] == "ツルガシマ　ハナコ"
    assert (answers["relationship"], answers["domicile"]) == ("omit", "show")
    assert (answers["postcode"], answers["phone"], answers["copies"]) == ("3502201", "0490001234", 2)


def test_an_answer_is_changed_from_the_review(citizen: Citizen) -> None:
    to_form(citizen)
    fill_in(citizen)
    citizen.press("次のページ", "次のページ")
    change = next(item for item in citizen.scene.items if type(item.press).__name__ == "AnswerChangeAsked")
    citizen.meet(change.press)
    assert citizen.step is Step.FORM_PAGE
    citizen.press("確認へ戻る")
    assert citizen.step is Step.REVIEW
    citizen.press("電子署名を行う")


def test_an_answer_of_the_card_is_corrected_only_when_asked(citizen: Citizen) -> None:
    to_form(citizen)
    assert [item.enabled for item in citizen.scene.entries] == [False, True]
    citizen.press("なおす", "氏名")
    assert citizen.step is Step.ENTRY
    citizen.press("1字", "決定")
    view = citizen.journey.view()
    assert view.answers["name"] == "鶴ヶ島　花"
    assert view.origins["name"] is Origin.CORRECTED


def test_the_pin_is_counted_never_shown_and_can_be_taken_back(citizen: Citizen) -> None:
    to_pin(citizen)
    assert citizen.scene.entries[0].text == "0/4"
    assert any("あと3回" in text.replace(" ", "") for text in citizen.scene.texts(Role.STATE))
    citizen.press("7", "7", "7")
    assert citizen.scene.entries[0].text == "3/4"
    assert citizen.scene.target("カードを読み取る") is None
    citizen.press("すべて")
    assert citizen.scene.entries[0].text == "0/4"
    citizen.press("1", "2", "3", "4", "カードを読み取る")
    assert citizen.step is Step.PREFILL_READING
    assert [item.text for item in citizen.scene.items if item.press] == [
        citizen.catalogue["ja"]("header.settings_short" if citizen.area.small else "header.settings"),
        "職員を呼ぶ",
    ]
    citizen.meet(PasswordRefused(2))
    assert citizen.scene.notices == ("暗証番号がちがいます。あと2回入力できます。",)


def test_the_keys_of_the_pin_are_secret(citizen: Citizen) -> None:
    to_pin(citizen)
    view = citizen.journey.view()
    theme = theme_for(citizen.kit, citizen.area)
    widgets = SCENES[view.step](view, citizen.area, theme, citizen.catalogue["ja"])
    keys = [one for one in widgets if type(one.press).__name__.startswith("Cell")]
    assert len(keys) == 12
    assert all(one.secret for one in keys)
    assert {one.press.cell: one.text for one in keys if hasattr(one.press, "cell")} == {
        digit: str(digit) for digit in range(10)
    }


def test_filled_in_by_hand_with_a_date_that_there_never_was(citizen: Citizen) -> None:
    to_offer(citizen)
    citizen.press("自分で入力する", "次へ")
    assert citizen.scene.problems
    assert citizen.scene.problems[0].startswith("氏名を入力してください")
    citizen.press("氏名", "つ", "小", "決定")
    assert citizen.journey.view().answers["name"] == "っ"
    citizen.press("フリガナ", "つ", "決定", "次へ", "生年月日", "昭和", *"640231")
    assert citizen.scene.problems[0].startswith("この日付はありません")
    assert citizen.scene.target("決定") is None
    citizen.press(*["1字"] * 6, *"290401")
    assert citizen.scene.problems == ("西暦 1954.04.01",)
    citizen.press("決定")
    assert citizen.journey.view().answers["birth"] == "1954-04-01"


def test_a_name_in_latin_letters_begins_with_a_capital(citizen: Citizen) -> None:
    to_offer(citizen)
    citizen.press("自分で入力する", "氏名", "英字", "M", "a", "r", "i", "a", "空白", "L", "決定")
    assert citizen.journey.view().answers["name"] == "Maria L"


def test_leaving_is_asked_first_wherever_something_was_entered(citizen: Citizen) -> None:
    to_form(citizen)
    citizen.press("やめる")
    assert citizen.step is Step.FORM_PAGE
    assert citizen.journey.view().overlay == "leave"


def test_the_language_is_chosen_by_its_own_name(citizen: Citizen) -> None:
    citizen.press("English")
    assert citizen.scene.title.startswith("Apply with your")
    citizen.press("日本語")
    assert citizen.scene.title == "マイナンバーカードで\n申請できます"
    assert "ただいま受付中" in citizen.scene.texts(Role.STATE)


def test_without_a_card_the_counter_is_named(citizen: Citizen) -> None:
    citizen.press("カードをお持ちでない方")
    assert "2番窓口（市民課）" in citizen.scene.paragraphs
    assert "8:30〜17:15" in citizen.scene.paragraphs
    citizen.press("戻る")
    assert citizen.step is Step.ATTRACT
