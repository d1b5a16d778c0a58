"""Conversations with the journey: what is told, what is asked for in return."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playbook import GOOD_CARD, HANAKO, PREFILLED, TO_OFFER, play

from drivers.card.recognise import CardKind
from kiosk.application.document import JAPAN, Application, Origin
from kiosk.application.prepared import Prepared
from kiosk.application.receipt import Receipt, ReceiptStatus
from kiosk.journey import commands, events
from kiosk.journey.deadlines import DEADLINES, DEVICE_LIMITS
from kiosk.journey.events import (
    AnswerChangeAsked,
    Answered,
    CardKnown,
    CardLaid,
    CardLifted,
    CellErased,
    CellPressed,
    CharacterTyped,
    CitySilent,
    CorrectionAsked,
    FieldOpened,
    HandedOver,
    HolderRead,
    LanguageChosen,
    LeaveConfirmed,
    MoreTimeAsked,
    Opened,
    Overlay,
    PageReady,
    PasswordRefused,
    Pressed,
    ServiceChanged,
    SignatureMade,
    TimePassed,
    TroubleMet,
)
from kiosk.journey.map import Outcome, Step
from kiosk.journey.troubles import Trouble, WayOn
from kiosk.journey.view import PasswordHint, ReceiptState

if TYPE_CHECKING:
    from kiosk.journey.journey import Journey

PIN = [CellPressed(i) for i in (1, 2, 3, 4)]
PASSWORD = [CellPressed(i) for i in range(8)]
ANSWERS = {
    "kind": "self",
    "relationship": "omit",
    "domicile": "omit",
    "head": "self",
    "postcode": "3502201",
    "phone": "0490001234",
    "copies": 1,
    "purpose": "pension",
}


def _asked(commands_: list, kind: type) -> list:
    return [command for command in commands_ if isinstance(command, kind)]


def prepared(draft: commands.Draft | None = None) -> Prepared:
    moment = datetime(2026, 11, 24, 10, 42, tzinfo=JAPAN)
    application = Application(
        "t-1", "juminhyo", "1", "0" * 64, "住民票の写しの交付申請", "鶴ヶ島市", (), "c", "0" * 64, "…", (), "ja", "k",
        moment, clock_trusted=True, demo=True,
    )  # fmt: skip
    return Prepared(application, (), ())


def receipt(status: ReceiptStatus = ReceiptStatus.ACCEPTED) -> Receipt:
    moment = datetime(2026, 11, 24, 1, 43, tzinfo=UTC)
    return Receipt("K7P4-29XD-6M", "t-1", "k", "鶴ヶ島市", status, moment, "0" * 64, "1" * 64, demo=True)


def fill_in(journey: Journey) -> None:
    """Answer everything and walk to the review."""
    journey.handle(FieldOpened("kana"))
    play(journey, *[CharacterTyped(c) for c in "つるがしまはなこ"], Pressed(Outcome.DONE))
    for _ in range(10):
        view = journey.view()
        if view.step is not Step.FORM_PAGE:
            break
        for name in view.fields:
            if name in ("postcode", "phone"):
                play(journey, FieldOpened(name), *[CharacterTyped(c) for c in ANSWERS[name]], Pressed(Outcome.DONE))
            elif name in ANSWERS:
                journey.handle(Answered(name, ANSWERS[name]))
        journey.handle(Pressed(Outcome.NEXT))
        assert not journey.view().problems, journey.view().problems


def to_password(journey: Journey) -> None:
    fill_in(journey)
    while journey.step is Step.REVIEW:
        journey.handle(Pressed(Outcome.SIGN))
    play(journey, PageReady(prepared()), Pressed(Outcome.AGREE), GOOD_CARD)


def test_nothing_is_offered_before_all_three_are_ticked(journey: Journey) -> None:
    play(journey, *TO_OFFER[:-2], Pressed(Outcome.NEXT))
    assert journey.step is Step.CHECKLIST
    play(journey, *TO_OFFER[-2:])
    assert journey.step is Step.PREFILL_OFFER


def test_the_card_fills_in_the_form_and_says_so(at_form: Journey) -> None:
    view = at_form.view()
    assert (view.step, view.page) == (Step.FORM_PAGE, 0)
    assert view.answers["name"] == HANAKO.name
    assert view.origins["name"] is Origin.CARD
    assert "name" in view.locked


def test_an_answer_of_the_card_is_corrected_only_when_asked(at_form: Journey) -> None:
    play(at_form, FieldOpened("name"))
    assert at_form.step is Step.FORM_PAGE
    play(at_form, CorrectionAsked("name"), FieldOpened("name"))
    assert at_form.step is Step.ENTRY
    play(at_form, CharacterTyped("あ"), Pressed(Outcome.DONE))
    assert at_form.view().origins["name"] is Origin.CORRECTED
    assert at_form.view().answers["name"] == HANAKO.name + "あ"


def test_a_page_is_left_only_when_it_is_complete(at_form: Journey) -> None:
    at_form.handle(Pressed(Outcome.NEXT))
    assert at_form.view().problems.keys() == {"kana"}
    fill_in(at_form)
    assert at_form.step is Step.REVIEW


def test_a_change_from_the_review_returns_to_it(at_form: Journey) -> None:
    fill_in(at_form)
    play(at_form, AnswerChangeAsked("copies"), Answered("copies", 3), Pressed(Outcome.NEXT))
    assert at_form.step is Step.REVIEW
    assert at_form.view().answers["copies"] == 3


def test_a_change_that_raises_a_new_question_asks_it_first(at_form: Journey) -> None:
    fill_in(at_form)
    play(at_form, AnswerChangeAsked("kind"), Answered("kind", "part"), Pressed(Outcome.NEXT))
    assert at_form.step is Step.FORM_PAGE
    assert "members" in at_form.view().fields


def test_consent_comes_before_the_card_and_the_password(at_form: Journey) -> None:
    fill_in(at_form)
    at_form.handle(Pressed(Outcome.SIGN))
    asked = []
    while at_form.step is Step.REVIEW:
        asked = at_form.handle(Pressed(Outcome.SIGN))
    assert at_form.step is Step.CONSENT
    (page,) = _asked(asked, commands.PreparePage)
    assert page.draft.answers["copies"] == 1
    assert page.draft.origins["name"] is Origin.CARD
    at_form.handle(Pressed(Outcome.AGREE))
    assert at_form.step is Step.CONSENT, "nothing can be agreed to before the page is there"
    asked = play(at_form, PageReady(prepared()), Pressed(Outcome.AGREE))
    assert at_form.step is Step.LAY_CARD
    assert _asked(asked, commands.ProbeCard), "the card that already lies there is looked at"


def test_refusing_consent_signs_nothing_and_keeps_the_answers(at_form: Journey) -> None:
    fill_in(at_form)
    while at_form.step is Step.REVIEW:
        at_form.handle(Pressed(Outcome.SIGN))
    play(at_form, PageReady(prepared()), Pressed(Outcome.DISAGREE))
    assert at_form.step is Step.NOT_AGREED
    at_form.handle(Pressed(Outcome.BACK))
    assert at_form.step is Step.REVIEW
    assert at_form.view().answers["copies"] == 1


def test_a_short_password_costs_no_try(at_form: Journey) -> None:
    to_password(at_form)
    play(at_form, *PASSWORD[:4])
    assert at_form.view().password_hint is PasswordHint.FOUR_DIGITS
    assert not _asked(at_form.handle(Pressed(Outcome.GIVEN)), commands.Sign)
    play(at_form, *PASSWORD[4:])
    (sign,) = _asked(at_form.handle(Pressed(Outcome.GIVEN)), commands.Sign)
    assert len(sign.secret) == 8
    assert sign.holder == HANAKO


def test_the_way_to_the_receipt_forgets_everything(at_form: Journey) -> None:
    to_password(at_form)
    play(at_form, *PASSWORD, Pressed(Outcome.GIVEN), SignatureMade())
    assert at_form.step is Step.HAND_OVER
    at_form.handle(HandedOver("H3D8-51WQ", "10:42", "code"))
    assert not at_form.view().answers
    at_form.handle(events.CityAnswered(receipt(), "10:43", "code"))
    view = at_form.view()
    assert view.step is Step.RECEIPT
    assert (view.receipt.state, view.receipt.number) == (ReceiptState.ACCEPTED, "K7P4-29XD-6M")


def test_a_silent_city_gives_the_honest_receipt(at_form: Journey) -> None:
    to_password(at_form)
    play(
        at_form, *PASSWORD, Pressed(Outcome.GIVEN), SignatureMade(), HandedOver("H3D8-51WQ", "10:42", "c"), CitySilent()
    )
    assert at_form.view().receipt.state is ReceiptState.HELD
    assert at_form.view().receipt.number == "H3D8-51WQ"


@pytest.mark.parametrize("trouble", [Trouble.UNEXPECTED, Trouble.SPOOL_FULL, Trouble.READER_LOST])
def test_nothing_that_breaks_later_denies_what_lies_in_the_spool(at_form: Journey, trouble: Trouble) -> None:
    to_password(at_form)
    play(at_form, *PASSWORD, Pressed(Outcome.GIVEN), SignatureMade(), HandedOver("H3D8-51WQ", "10:42", "c"))
    at_form.handle(TroubleMet(trouble))
    view = at_form.view()
    assert (view.step, view.trouble) == (Step.RECEIPT, None)
    assert (view.receipt.state, view.receipt.number) == (ReceiptState.HELD, "H3D8-51WQ")


BREAK_AT = {
    Step.PREFILL_READING: (*PREFILLED, *[CellPressed(i) for i in (1, 2, 3, 4)], Pressed(Outcome.GIVEN)),
    Step.SIGNING: (*PASSWORD, Pressed(Outcome.GIVEN)),
    Step.HAND_OVER: (*PASSWORD, Pressed(Outcome.GIVEN), SignatureMade()),
}


@pytest.mark.parametrize("step", BREAK_AT)
def test_what_nobody_foresaw_is_told_with_its_code_and_ends_the_visit(
    request: pytest.FixtureRequest, step: Step
) -> None:
    walked = request.getfixturevalue("journey" if step is Step.PREFILL_READING else "at_form")
    if step is not Step.PREFILL_READING:
        to_password(walked)
    play(walked, *BREAK_AT[step])
    assert walked.step is step
    told = walked.handle(TroubleMet(Trouble.UNEXPECTED, {"incident": "A2B3"}))
    view = walked.view()
    assert (view.step, view.trouble, view.way_on) == (Step.TROUBLE, Trouble.UNEXPECTED, WayOn.END)
    assert view.facts["incident"] == "A2B3"
    assert _asked(told, commands.Play)
    assert walked._walk.session.secret is None
    play(walked, Pressed(Outcome.LEAVE), CardLifted(), TimePassed(1010.0))
    view = walked.view()
    assert (view.step, dict(view.answers), view.trouble) == (Step.ATTRACT, {}, None)


def test_a_clerk_that_hangs_after_the_spool_ends_in_the_honest_receipt(at_form: Journey) -> None:
    to_password(at_form)
    play(at_form, *PASSWORD, Pressed(Outcome.GIVEN), SignatureMade(), HandedOver("H3D8-51WQ", "10:42", "c"))
    asked = at_form.handle(TimePassed(1001.0 + DEVICE_LIMITS[Step.HAND_OVER]))
    assert not _asked(asked, commands.GiveUp)
    assert at_form.view().receipt.state is ReceiptState.HELD


def test_an_answer_on_hold_is_not_called_accepted(at_form: Journey) -> None:
    to_password(at_form)
    play(at_form, *PASSWORD, Pressed(Outcome.GIVEN), SignatureMade(), HandedOver("H3D8-51WQ", "10:42", "c"))
    at_form.handle(events.CityAnswered(receipt(ReceiptStatus.ON_HOLD), "10:43", "code"))
    assert at_form.view().receipt.state is ReceiptState.ON_HOLD


def test_the_screen_does_not_finish_while_the_card_lies_there(at_form: Journey) -> None:
    test_the_way_to_the_receipt_forgets_everything(at_form)
    at_form.handle(Pressed(Outcome.LEAVE))
    assert at_form.step is Step.TAKE_CARD
    sounds = []
    for second in range(60):
        sounds += _asked(at_form.handle(TimePassed(1000.0 + second)), commands.Play)
    assert at_form.step is Step.TAKE_CARD
    assert len(sounds) >= 4
    at_form.handle(CardLifted())
    assert at_form.step is Step.FAREWELL
    at_form.handle(TimePassed(1100.0))
    assert at_form.step is Step.ATTRACT


def test_every_confirmation_is_exactly_one_try(at_form: Journey) -> None:
    to_password(at_form)
    tries = []
    for left in (4, 3, 2):
        tries += _asked(play(at_form, *PASSWORD, Pressed(Outcome.GIVEN)), commands.Sign)
        play(at_form, PasswordRefused(left))
        assert at_form.step is Step.WRONG_PASSWORD
        assert at_form.view().attempts_left == left
        at_form.handle(Pressed(Outcome.RETRY))
    assert len(tries) == 3
    assert all(len(sign.secret) == 0 for sign in tries), "what was typed is wiped"


def test_the_last_try_needs_consent_of_its_own(at_form: Journey) -> None:
    to_password(at_form)
    play(at_form, *PASSWORD, Pressed(Outcome.GIVEN), PasswordRefused(1), Pressed(Outcome.RETRY))
    assert at_form.step is Step.LAST_TRY
    at_form.handle(Pressed(Outcome.AGREE))
    (sign,) = _asked(play(at_form, *PASSWORD, Pressed(Outcome.GIVEN)), commands.Sign)
    assert sign.last_try_agreed
    play(at_form, PasswordRefused(0))
    assert at_form.view().trouble is Trouble.LOCKED


@pytest.mark.parametrize(
    ("known", "trouble"),
    [
        (CardKnown(CardKind.MY_NUMBER, holds_certificate=False), Trouble.NO_CERTIFICATE),
        (CardKnown(CardKind.MY_NUMBER, holds_certificate=True, attempts_left=0), Trouble.LOCKED),
    ],
)
def test_a_card_that_cannot_sign_is_told_before_any_password(at_form: Journey, known, trouble) -> None:
    fill_in(at_form)
    while at_form.step is Step.REVIEW:
        at_form.handle(Pressed(Outcome.SIGN))
    play(at_form, PageReady(prepared()), Pressed(Outcome.AGREE), known)
    assert at_form.view().trouble is trouble
    at_form.handle(Pressed(Outcome.RETRY))
    assert at_form.step is Step.TAKE_CARD, "nothing can be done here: the visit ends"


def test_another_card_is_exchanged_without_a_touch(journey: Journey) -> None:
    play(journey, *TO_OFFER, Pressed(Outcome.BY_CARD), CardLaid(), CardKnown(CardKind.LICENCE))
    assert journey.step is Step.WRONG_CARD
    journey.handle(CardLifted())
    assert journey.step is Step.PREFILL_CARD
    assert _asked(journey.handle(CardLaid()), commands.ProbeCard)


def test_the_last_try_of_the_pin_is_never_spent(journey: Journey) -> None:
    play(journey, *PREFILLED, *PIN, Pressed(Outcome.GIVEN), PasswordRefused(1))
    assert journey.view().trouble is Trouble.PIN_LAST_TRY
    journey.handle(Pressed(Outcome.RETRY))
    assert journey.step is Step.PREFILL_OFFER
    journey.handle(Pressed(Outcome.BY_HAND))
    assert journey.step is Step.FORM_PAGE


def test_a_wrong_pin_is_asked_again(journey: Journey) -> None:
    play(journey, *PREFILLED, *PIN, Pressed(Outcome.GIVEN), PasswordRefused(2))
    assert (journey.step, journey.view().pin_refused, journey.view().cells) == (Step.PREFILL_PIN, True, 0)


def test_after_a_break_the_confirmation_comes_again(at_form: Journey) -> None:
    to_password(at_form)
    play(at_form, *PASSWORD, Pressed(Outcome.GIVEN), CardLifted(), TroubleMet(Trouble.CARD_REMOVED))
    assert at_form.view().trouble is Trouble.CARD_REMOVED
    at_form.handle(Pressed(Outcome.RETRY))
    assert at_form.step is Step.REVIEW
    assert at_form.view().answers["copies"] == 1


def test_a_trouble_at_the_consent_leads_to_the_review_though_a_card_filled_in_the_form(at_form: Journey) -> None:
    fill_in(at_form)
    while at_form.step is Step.REVIEW:
        at_form.handle(Pressed(Outcome.SIGN))
    at_form.handle(TroubleMet(Trouble.CHARACTER_UNKNOWN))
    assert not at_form.view().for_prefill
    at_form.handle(Pressed(Outcome.RETRY))
    assert at_form.step is Step.REVIEW


def test_a_card_lifted_while_the_password_is_typed_is_noticed(at_form: Journey) -> None:
    to_password(at_form)
    play(at_form, *PASSWORD, CardLifted())
    assert at_form.view().trouble is Trouble.CARD_REMOVED
    assert at_form.view().cells == 0


def test_a_city_that_refuses_is_told_plainly(at_form: Journey) -> None:
    to_password(at_form)
    play(at_form, *PASSWORD, Pressed(Outcome.GIVEN), SignatureMade(), HandedOver("H", "10:42", "c"))
    at_form.handle(events.CityRefused("certificate-revoked"))
    assert at_form.view().trouble is Trouble.CERTIFICATE_REVOKED
    assert at_form.view().receipt is None


def test_who_walks_away_is_warned_and_then_forgotten(at_form: Journey) -> None:
    patience = DEADLINES[Step.FORM_PAGE]
    at_form.handle(TimePassed(1000.0 + patience.warn))
    view = at_form.view()
    assert view.overlay is Overlay.IDLE
    assert view.idle_left == patience.count
    at_form.handle(TimePassed(1000.0 + patience.warn + patience.count))
    assert at_form.step is Step.TAKE_CARD
    assert not at_form.view().answers


def test_more_time_can_be_asked_for_without_end(at_form: Journey) -> None:
    now, patience = 1000.0, DEADLINES[Step.FORM_PAGE]
    for factor in (1, 2, 4, 8, *[16] * 50):
        now += patience.warn * factor
        at_form.handle(TimePassed(now))
        assert at_form.view().overlay is Overlay.IDLE
        at_form.handle(MoreTimeAsked())
        assert at_form.view().overlay is None


def test_a_device_that_hangs_ends_the_program(at_form: Journey) -> None:
    to_password(at_form)
    play(at_form, *PASSWORD, Pressed(Outcome.GIVEN))
    assert not _asked(at_form.handle(TimePassed(1000.0 + DEVICE_LIMITS[Step.SIGNING] - 1)), commands.GiveUp)
    assert _asked(at_form.handle(TimePassed(1001.0 + DEVICE_LIMITS[Step.SIGNING])), commands.GiveUp)
    assert not at_form.view().answers


def test_language_changes_keep_the_answers(at_form: Journey) -> None:
    before = at_form.view().answers
    at_form.handle(LanguageChosen("en"))
    assert (at_form.view().language, at_form.view().answers) == ("en", before)
    at_form.handle(LanguageChosen("xx"))
    assert at_form.view().language == "en"


def test_leaving_needs_a_second_word_and_then_keeps_nothing(at_form: Journey) -> None:
    at_form.handle(Opened(Overlay.LEAVE))
    assert at_form.view().overlay is Overlay.LEAVE
    play(at_form, LeaveConfirmed(), CardLifted(), TimePassed(1010.0))
    view = at_form.view()
    assert (view.step, view.language, dict(view.answers)) == (Step.ATTRACT, "ja", {})


def test_nothing_can_be_left_while_the_card_works(at_form: Journey) -> None:
    to_password(at_form)
    play(at_form, *PASSWORD, Pressed(Outcome.GIVEN), LeaveConfirmed(), Pressed(Outcome.LEAVE), Pressed(Outcome.BACK))
    assert at_form.step is Step.SIGNING


def test_a_kiosk_that_cannot_serve_says_so_at_the_start(journey: Journey) -> None:
    journey.handle(ServiceChanged(open=False, reason="spool"))
    assert journey.step is Step.OUT_OF_SERVICE
    assert journey.view().facts["reason"] == "spool"
    journey.handle(ServiceChanged(open=True))
    assert journey.step is Step.ATTRACT


def test_a_visit_is_not_cut_short_but_the_next_does_not_begin(at_form: Journey) -> None:
    at_form.handle(ServiceChanged(open=False, reason="reader"))
    assert at_form.step is Step.FORM_PAGE
    play(at_form, LeaveConfirmed(), CardLifted(), TimePassed(1010.0))
    assert at_form.step is Step.OUT_OF_SERVICE


def test_a_visit_that_goes_on_at_closing_time_may_finish(at_form: Journey) -> None:
    at_form.handle(ServiceChanged(open=False, reason="hours", facts={"opens": "2026-11-26T08:30"}))
    to_password(at_form)
    play(at_form, *PASSWORD, Pressed(Outcome.GIVEN))
    assert at_form.step is Step.SIGNING


def test_after_closing_time_nobody_begins_and_the_scene_says_when(journey: Journey) -> None:
    journey.handle(ServiceChanged(open=False, reason="hours", facts={"opens": "2026-11-26T08:30"}))
    assert journey.step is Step.OUT_OF_SERVICE
    assert journey.view().facts == {"reason": "hours", "opens": "2026-11-26T08:30"}
    journey.handle(ServiceChanged(open=True))
    assert (journey.step, journey.view().facts) == (Step.ATTRACT, {"reason": ""})


def test_a_reader_that_is_lost_after_closing_time_is_still_told_to_who_waits_for_it(journey: Journey) -> None:
    play(journey, *TO_OFFER, Pressed(Outcome.BY_CARD), ServiceChanged(open=False, reason="hours"))
    assert journey.step is Step.PREFILL_CARD
    journey.handle(ServiceChanged(open=False, reason="hours", reader=False))
    assert journey.view().trouble is Trouble.READER_LOST


def test_who_waits_for_a_reader_that_is_gone_is_told(journey: Journey) -> None:
    play(journey, *TO_OFFER, Pressed(Outcome.BY_CARD), ServiceChanged(open=False, reason="reader"))
    assert journey.view().trouble is Trouble.READER_LOST


def test_what_is_typed_on_the_pad_can_be_taken_back(at_form: Journey) -> None:
    to_password(at_form)
    play(at_form, *PASSWORD, CellErased())
    assert at_form.view().cells == 7
    play(at_form, events.CellsCleared())
    assert at_form.view().cells == 0


def test_events_that_mean_nothing_change_nothing(journey: Journey) -> None:
    before = journey.view()
    nothing = (Pressed(Outcome.GIVEN), PasswordRefused(3), HolderRead(HANAKO), PageReady(prepared()), CitySilent(),
               CellPressed(3), FieldOpened("name"), Answered("name", "x"), SignatureMade())  # fmt: skip
    assert play(journey, *nothing) == []
    assert journey.view() == before
