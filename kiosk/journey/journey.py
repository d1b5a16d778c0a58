"""The walk as a whole: events in, commands out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kiosk.forms.rows import split
from kiosk.journey import (
    answers,
    camera_events,
    candidate_events,
    conversion,
    events,
    pages,
    photographs,
    rows,
    staff,
    staff_events,
    touches,
    typing,
    voice_events,
    waiting,
)
from kiosk.journey.map import Step
from kiosk.journey.troubles import WAYS_ON
from kiosk.journey.view import PasswordHint, View
from kiosk.journey.walk import ATTEMPTS_MOST, PASSWORD_LEAST, Rules, Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiosk.forms.model import Form
    from kiosk.journey.commands import Command
    from kiosk.journey.session import Session

DARK, HOURS = "dark", "hours"
_FOUR = 4  # as many as the digits of the PINs that citizens take for the signing password

_CITIZEN: Mapping[type[events.Event], Callable[[Walk, Any], list[Command]]] = {
    events.Pressed: touches.pressed,
    events.FormChosen: touches.form_chosen,
    events.ItemTicked: touches.item_ticked,
    events.PictureChosen: pages.picture_chosen,
    events.CellPressed: touches.cell_pressed,
    events.CellErased: touches.cell_erased,
    events.CellsCleared: touches.cells_cleared,
    events.LanguageChosen: touches.language_chosen,
    events.TextSizeChosen: touches.text_size_chosen,
    events.ThemeChosen: touches.theme_chosen,
    events.LowerHalfChosen: touches.lower_half_chosen,
    events.CalmChosen: touches.calm_chosen,
    voice_events.VoiceChosen: touches.voice_chosen,
    voice_events.PaceChosen: touches.pace_chosen,
    voice_events.VolumeChosen: touches.volume_chosen,
    events.Opened: touches.opened,
    events.Dismissed: touches.dismissed,
    events.MoreTimeAsked: touches.more_time_asked,
    events.LeaveConfirmed: touches.leave_confirmed,
    events.HelpPressed: touches.help_pressed,
    events.KeypadUsed: waiting.keypad_used,
    events.FieldOpened: typing.field_opened,
    events.Answered: typing.answered,
    events.OptionToggled: typing.option_toggled,
    events.CorrectionAsked: typing.correction_asked,
    events.RowAdded: rows.row_added,
    events.RowOpened: rows.row_opened,
    events.RowRemoved: rows.row_removed,
    events.AnswerChangeAsked: typing.answer_change_asked,
    events.CharacterTyped: typing.character_typed,
    events.KeyTyped: typing.key_typed,
    events.LineChosen: typing.line_chosen,
    events.EraChosen: typing.era_chosen,
    events.DatePartChosen: typing.date_part_chosen,
    candidate_events.CandidateChosen: conversion.candidate_chosen,
    candidate_events.CandidatesTurned: conversion.candidates_turned,
    candidate_events.VariantsAsked: conversion.variants_asked,
    candidate_events.ReadingTaken: conversion.reading_taken,
    camera_events.PhotographAsked: photographs.photograph_asked,
    camera_events.PhotographOpened: photographs.photograph_opened,
    camera_events.PhotographRemoved: photographs.photograph_removed,
    camera_events.PhotographEnlarged: photographs.photograph_enlarged,
    camera_events.ShutterPressed: photographs.shutter_pressed,
    camera_events.NumberDenied: photographs.number_denied,
}

_OTHERS: Mapping[type[events.Event], Callable[[Walk, Any], list[Command]]] = {
    events.StaffAnswered: touches.staff_answered,
    events.CardLaid: answers.card_laid,
    events.CardLifted: answers.card_lifted,
    events.CardKnown: answers.card_known,
    events.HolderRead: answers.holder_read,
    candidate_events.CandidatesReady: conversion.candidates_ready,
    candidate_events.ReadingReady: conversion.reading_ready,
    camera_events.FrameSeen: photographs.frame_seen,
    camera_events.PhotographTaken: photographs.photograph_taken,
    camera_events.CameraLost: photographs.camera_lost,
    events.PageReady: answers.page_ready,
    events.SigningAdvanced: answers.signing_advanced,
    events.PasswordRefused: answers.password_refused,
    events.SignatureMade: answers.signature_made,
    events.HandedOver: answers.handed_over,
    events.CityAnswered: answers.city_answered,
    events.CitySilent: answers.city_silent,
    events.CityRefused: answers.city_refused,
    events.TroubleMet: answers.trouble_met,
    events.ServiceChanged: answers.service_changed,
    events.FormsPublished: answers.forms_published,
    staff_events.StaffMenuAsked: staff.staff_menu_asked,
    staff_events.PowerOffAsked: staff.power_off_asked,
    events.TimePassed: waiting.time_passed,
}


class Journey:
    """One kiosk's walk, citizen after citizen. Pure: no screen, no devices, no clock."""

    def __init__(self, rules: Rules) -> None:
        self._walk = Walk(rules)

    @property
    def step(self) -> Step:
        """Where the citizen is."""
        return self._walk.session.step

    def handle(self, event: events.Event) -> list[Command]:
        """Take an event and return what is to be done; an event that means nothing here changes nothing."""
        kind = type(event)
        if kind in _CITIZEN:
            self._walk.touched = self._walk.now
            return [*staff.dim(self._walk), *_CITIZEN[kind](self._walk, event)]
        handler = _OTHERS.get(kind)
        return handler(self._walk, event) if handler else []

    def close(self) -> None:
        """Forget the visit that is going on."""
        self._walk.session.close()

    def view(self) -> View:
        """Return what the scenes may see now."""
        walk, session, rules = self._walk, self._walk.session, self._walk.rules
        return View(
            step=session.step,
            place=rules.translations.get(session.language, rules.place),
            language=session.language,
            languages=rules.languages,
            text_size=session.text_size,
            lower=session.lower,
            calm=session.calm,
            voice=session.voice,
            speaks=rules.speaks,
            pace=session.pace,
            volume=session.volume,
            theme=self._theme(),
            overlay=session.overlay,
            overlay_page=session.overlay_page,
            idle_left=waiting.idle_left(walk),
            staff_called=walk.staff_called,
            by_keys=session.by_keys,
            **_offered(walk.forms, session),
            form=session.form,
            checklist=rules.checklist,
            ticked=frozenset(session.ticked),
            **self._form_view(),
            **self._card_view(),
            **self._end_view(),
        )

    def _theme(self) -> str:
        """Return the colours; where no backlight can be dimmed, dark ones outside the opening hours."""
        walk = self._walk
        dark = walk.session.step is Step.OUT_OF_SERVICE and walk.closed == HOURS and not walk.rules.dims
        return DARK if dark and walk.session.theme == walk.rules.theme else walk.session.theme

    def _form_view(self) -> dict[str, Any]:
        walk, session = self._walk, self._walk.session
        return {
            "page": session.page,
            "pages": len(session.form.pages) if session.form else 0,
            "row": session.row,
            "fields": session.shown_fields(),
            "question": _question(session),
            "questions": len(session.fields()),
            "disabled": session.disabled(),
            "places": typing.places(walk),
            "answers": dict(session.answers),
            "origins": dict(session.origins),
            "locked": typing.locked_fields(walk),
            "problems": dict(session.problems),
            "entry": session.entry,
            "photographs": dict(session.photographs),
            "photographing": session.photographing,
            "returns_to_review": session.returns_to_review,
            **_review(session),
        }

    def _card_view(self) -> dict[str, Any]:
        session, rules = self._walk.session, self._walk.rules
        prepared = session.prepared
        cells = len(session.secret) if session.secret is not None else 0
        return {
            "application_date": prepared.date if prepared else "",
            "pictures": prepared.pictures if prepared else (),
            "translated_from": prepared.translated_from if prepared else None,
            "picture": session.picture,
            "card": session.card,
            "card_kind": session.card_kind,
            "card_present": self._walk.card_present,
            "attempts_left": session.attempts_left,
            "attempts_most": ATTEMPTS_MOST,
            "cells": cells,
            "pad_digits": session.pad_digits,
            "password_hint": _hint(session.step, cells),
            "pin_length": rules.pin_length,
            "pin_refused": session.pin_refused,
            "for_prefill": session.for_prefill,
            "stage": session.stage,
        }

    def _end_view(self) -> dict[str, Any]:
        session = self._walk.session
        return {
            "receipt": session.receipt,
            "trouble": session.trouble,
            "way_on": WAYS_ON[session.trouble] if session.trouble else None,
            "facts": {**session.facts, **self._walk.closed_facts, "reason": self._walk.closed},
        }


def _offered(forms: tuple[Form, ...], session: Session) -> dict[str, Any]:
    """Return the forms to choose from, a page of them at a time."""
    many = session.forms_on_page
    page = session.form_first // many
    return {
        "forms": forms,
        "offered": forms[page * many : (page + 1) * many],
        "form_page": page,
        "form_pages": max(1, -(-len(forms) // many)),
        "forms_on_page": many,
    }


def _review(session: Session) -> dict[str, Any]:
    """Return the page of the review that is shown."""
    if session.step is not Step.REVIEW:
        return {}
    pages, page = session.review(), session.turned(0)
    return {
        "review": pages[page],
        "review_page": page,
        "review_pages": len(pages),
        "review_fields": session.review_fields(),
    }


def _question(session: Session) -> int:
    """Return which of all questions is asked, from 1; 0 where a page asks them together."""
    shown, fields = session.shown_fields(), session.fields()
    asked = split(shown[-1])[0] if shown else ""
    return fields.index(asked) + 1 if session.one_at_a_time and asked in fields else 0


def _hint(step: Step, cells: int) -> PasswordHint | None:
    """Say why the password cannot be tried yet."""
    if step is not Step.PASSWORD or cells >= PASSWORD_LEAST:
        return None
    return PasswordHint.FOUR_DIGITS if cells == _FOUR else PasswordHint.TOO_SHORT
