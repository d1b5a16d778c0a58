"""What the citizen's touches mean at each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.application.document import Origin
from kiosk.forms.model import PrefillOffer
from kiosk.forms.prefill import initial_answers
from kiosk.journey.commands import CallStaff, Command, Play, PreparePage, Record, Sound
from kiosk.journey.events import (
    CalmChosen,
    CellErased,
    CellPressed,
    CellsCleared,
    Dismissed,
    FormChosen,
    HelpPressed,
    ItemTicked,
    LanguageChosen,
    LeaveConfirmed,
    LowerHalfChosen,
    MoreTimeAsked,
    Opened,
    Overlay,
    Pressed,
    StaffAnswered,
    TextSizeChosen,
    ThemeChosen,
)
from kiosk.journey.map import MAP, Outcome, Step
from kiosk.journey.pages import leave_page, turn_forms, turn_picture, turn_review
from kiosk.journey.photographs import accept, take_again
from kiosk.journey.troubles import WAYS_ON, WayOn
from kiosk.journey.typing import close_entry
from kiosk.journey.view import LEVELS
from kiosk.journey.walk import PASSWORD_LEAST, Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiosk.journey.voice_events import PaceChosen, VoiceChosen, VolumeChosen

# Each wish for more time doubles all waiting times, up to this: then each warning still gives them anew, without end.
# Whoever has gone away is noticed within the hour.
MORE_TIME, MORE_TIME_MOST = 2.0, 16.0

# While a device works nothing can be left: the card is in the middle of something.
BUSY = frozenset({Step.PREFILL_READING, Step.SIGNING, Step.HAND_OVER})


_SHOWS_PAGE = frozenset({Step.CONSENT, Step.PAGE_VIEW})


def pressed(walk: Walk, event: Pressed) -> list[Command]:
    """Follow a button, unless the step has a condition that is not met."""
    guard = _GUARDS.get((walk.session.step, event.outcome))
    if guard is not None:
        return guard(walk)
    if event.outcome in {Outcome.LEAVE, Outcome.LEAVE_CARD}:
        return [] if walk.session.step in BUSY else walk.leave()
    return walk.go(event.outcome) if event.outcome in _FREE else []


# Outcomes that a touch may bring about by itself; all others come from workers, from time or through a guard.
_FREE = frozenset(
    {Outcome.BACK, Outcome.NEXT, Outcome.BY_CARD, Outcome.BY_HAND, Outcome.DISAGREE, Outcome.ENLARGE, Outcome.NO_CARD}
)


def _start(walk: Walk) -> list[Command]:
    return walk.go(Outcome.CLOSE) if walk.closed else walk.go(Outcome.START)


def _pass_checklist(walk: Walk) -> list[Command]:
    session = walk.session
    if session.form is None or not set(walk.rules.checklist) <= session.ticked:
        return []
    session.turn_to(0)
    return walk.go(Outcome.NEXT if session.form.prefill is PrefillOffer.OFFER else Outcome.SKIP)


def _by_hand(walk: Walk) -> list[Command]:
    walk.session.turn_to(0)
    return walk.go(Outcome.BY_HAND)


def _agree(walk: Walk) -> list[Command]:
    return walk.go(Outcome.AGREE) if walk.session.prepared else []


def _agree_to_last_try(walk: Walk) -> list[Command]:
    walk.session.last_try_agreed = True
    return walk.go(Outcome.AGREE)


def _give_password(walk: Walk) -> list[Command]:
    secret = walk.session.secret
    return walk.go(Outcome.GIVEN) if secret is not None and len(secret) >= PASSWORD_LEAST else []


def _give_pin(walk: Walk) -> list[Command]:
    secret = walk.session.secret
    return walk.go(Outcome.GIVEN) if secret is not None and len(secret) == walk.rules.pin_length else []


def _try_again(walk: Walk) -> list[Command]:
    return walk.go(Outcome.LAST_TRY if walk.session.attempts_left == 1 else Outcome.RETRY)


def _back_from_trouble(walk: Walk) -> list[Command]:
    """Go back to the confirmation to sign again, or to the offer of prefill when that was what broke."""
    session = walk.session
    if session.trouble is None or WAYS_ON[session.trouble] is not WayOn.AGAIN:
        return walk.leave()
    session.trouble = None
    return walk.go(Outcome.RETRY_PREFILL if session.for_prefill else Outcome.RETRY)


def _back_from_wrong_card(walk: Walk) -> list[Command]:
    return walk.go(Outcome.RETRY_PREFILL if walk.session.for_prefill else Outcome.BACK)


_GUARDS: Mapping[tuple[Step, Outcome], Callable[[Walk], list[Command]]] = {
    (Step.ATTRACT, Outcome.START): _start,
    (Step.CHOOSE_FORM, Outcome.NEXT): lambda walk: turn_forms(walk, 1),  # a form is chosen by FormChosen
    (Step.CHOOSE_FORM, Outcome.BACK): lambda walk: turn_forms(walk, -1),
    (Step.CHECKLIST, Outcome.NEXT): _pass_checklist,
    (Step.PREFILL_OFFER, Outcome.BY_HAND): _by_hand,
    (Step.PREFILL_PIN, Outcome.GIVEN): _give_pin,
    (Step.FORM_PAGE, Outcome.NEXT): lambda walk: leave_page(walk, forward=True),
    (Step.FORM_PAGE, Outcome.BACK): lambda walk: leave_page(walk, forward=False),
    (Step.ENTRY, Outcome.DONE): lambda walk: close_entry(walk, keep_it=True),
    (Step.ENTRY, Outcome.BACK): lambda walk: close_entry(walk, keep_it=False),
    (Step.PHOTOGRAPH, Outcome.NEXT): accept,
    (Step.PHOTOGRAPH, Outcome.RETRY): take_again,
    (Step.NO_CAMERA, Outcome.RETRY): take_again,
    (Step.REVIEW, Outcome.NEXT): lambda walk: turn_review(walk, 1),
    (Step.REVIEW, Outcome.PREVIOUS): lambda walk: turn_review(walk, -1),
    (Step.REVIEW, Outcome.BACK): lambda walk: turn_review(walk, -1),
    (Step.REVIEW, Outcome.SIGN): lambda walk: turn_review(walk, 1),
    (Step.PAGE_VIEW, Outcome.NEXT): lambda walk: turn_picture(walk, 1),
    (Step.PAGE_VIEW, Outcome.PREVIOUS): lambda walk: turn_picture(walk, -1),
    (Step.CONSENT, Outcome.AGREE): _agree,
    (Step.LAST_TRY, Outcome.AGREE): _agree_to_last_try,
    (Step.PASSWORD, Outcome.GIVEN): _give_password,
    (Step.WRONG_PASSWORD, Outcome.RETRY): _try_again,
    (Step.WRONG_CARD, Outcome.BACK): _back_from_wrong_card,
    (Step.TROUBLE, Outcome.RETRY): _back_from_trouble,
}


def form_chosen(walk: Walk, event: FormChosen) -> list[Command]:
    """Begin with the chosen form; anything of another form is forgotten."""
    form = next((form for form in walk.forms if form.id == event.form), None)
    if form is None or walk.session.step is not Step.CHOOSE_FORM:
        return []
    if walk.session.form is not form:
        walk.session.forget_application()
        walk.session.form = form
        for name, value in initial_answers(form).items():
            walk.session.answers[name] = value
            walk.session.origins[name] = Origin.TYPED
    return walk.go(Outcome.NEXT)


def item_ticked(walk: Walk, event: ItemTicked) -> list[Command]:
    """Tick an item of the checklist, or take its tick back."""
    if walk.session.step is Step.CHECKLIST and event.item in walk.rules.checklist:
        walk.session.ticked ^= {event.item}
    return []


def cell_pressed(walk: Walk, event: CellPressed) -> list[Command]:
    """Put a cell into the secret; a full secret takes no more."""
    secret, session = walk.session.secret, walk.session
    if secret is None or session.step not in {Step.PASSWORD, Step.PREFILL_PIN}:
        return []
    limit = walk.rules.pin_length if session.step is Step.PREFILL_PIN else 16
    if len(secret) < limit:
        secret.append(event.cell)
    return []


def cell_erased(walk: Walk, _event: CellErased) -> list[Command]:
    """Take back the last cell."""
    if walk.session.secret is not None:
        walk.session.secret.erase_last()
    return []


def cells_cleared(walk: Walk, _event: CellsCleared) -> list[Command]:
    """Take back all cells."""
    if walk.session.secret is not None:
        walk.session.secret.wipe()
    return []


def language_chosen(walk: Walk, event: LanguageChosen) -> list[Command]:
    """Speak another language; answers stay.

    What is signed has a page in the language shown: it is made anew, and who had agreed already is asked again.
    """
    session = walk.session
    if event.language not in walk.rules.languages or event.language == session.language:
        return []
    session.language = event.language
    if session.prepared is None and session.step not in _SHOWS_PAGE:
        return []
    if session.step in _SHOWS_PAGE:
        session.prepared, session.picture = None, 0
        return [PreparePage(walk.draft())]
    if Outcome.ASK_AGAIN not in MAP[session.step]:
        return []  # what is being signed was agreed to as it is, or nothing can be signed from here
    session.prepared, overlay = None, session.overlay
    commands = walk.go(Outcome.ASK_AGAIN)
    session.overlay = overlay
    return commands


def text_size_chosen(walk: Walk, event: TextSizeChosen) -> list[Command]:
    """Write larger or smaller for this visit."""
    walk.session.text_size = event.size
    return []


def lower_half_chosen(walk: Walk, event: LowerHalfChosen) -> list[Command]:
    """Lay everything that can be touched into the lower half for this visit, or back."""
    walk.session.lower = event.wanted
    return []


def voice_chosen(walk: Walk, event: VoiceChosen) -> list[Command]:
    """Read the screen aloud for this visit, or no longer."""
    walk.session.voice = event.wanted and walk.rules.speaks
    return []


def pace_chosen(walk: Walk, event: PaceChosen) -> list[Command]:
    """Read faster or slower for this visit."""
    walk.session.pace = max(1, min(LEVELS, event.level))
    return []


def volume_chosen(walk: Walk, event: VolumeChosen) -> list[Command]:
    """Read louder or softer for this visit."""
    walk.session.volume = max(1, min(LEVELS, event.level))
    return []


def calm_chosen(walk: Walk, event: CalmChosen) -> list[Command]:
    """Let nothing move for this visit, or let it again."""
    walk.session.calm = event.wanted
    return []


def theme_chosen(walk: Walk, event: ThemeChosen) -> list[Command]:
    """Draw in other colours for this visit."""
    walk.session.theme = event.theme
    return []


def opened(walk: Walk, event: Opened) -> list[Command]:
    """Lay something over the step."""
    if event.overlay is Overlay.STAFF:
        return call_staff(walk)
    if event.overlay is Overlay.LEAVE and walk.session.step in BUSY:
        return []
    if event.overlay is Overlay.VOICE and not walk.rules.speaks:
        return []
    walk.session.overlay, walk.session.overlay_page = event.overlay, max(0, event.page)
    return []


def dismissed(walk: Walk, _event: Dismissed) -> list[Command]:
    """Take away what lies over the step."""
    walk.session.overlay = None
    return []


def more_time_asked(walk: Walk, _event: MoreTimeAsked) -> list[Command]:
    """Double all waiting times for the rest of the visit, and begin them anew."""
    walk.session.time_factor = min(MORE_TIME_MOST, walk.session.time_factor * MORE_TIME)
    walk.session.overlay = None
    return []


def leave_confirmed(walk: Walk, _event: LeaveConfirmed) -> list[Command]:
    """End the visit."""
    return [] if walk.session.step in BUSY else walk.leave()


def call_staff(walk: Walk) -> list[Command]:
    """Ask staff to come; the step stays as it is."""
    walk.session.overlay = Overlay.STAFF
    if walk.staff_called:
        return []
    walk.staff_called = True
    return [CallStaff(wanted=True), Play(Sound.STILL_THERE), Record("staff-called", walk.session.step)]


def help_pressed(walk: Walk, _event: HelpPressed) -> list[Command]:
    """The panel's button does what the screen's does."""
    return call_staff(walk)


def staff_answered(walk: Walk, _event: StaffAnswered) -> list[Command]:
    """Staff have come."""
    walk.staff_called = False
    if walk.session.overlay is Overlay.STAFF:
        walk.session.overlay = None
    return [CallStaff(wanted=False)]
