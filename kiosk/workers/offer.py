"""Which forms the kiosk offers now: those of the newest catalogue that proves itself, within their dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kiosk.catalogue.errors import CatalogueFaulty, Fault
from kiosk.catalogue.statement import JAPAN
from kiosk.forms.errors import FormError
from kiosk.journey.events import FormsPublished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime, timedelta
    from pathlib import Path

    from kiosk.catalogue.shelf import Shelf
    from kiosk.catalogue.statement import Catalogue
    from kiosk.clock import Clock
    from kiosk.forms.model import Form
    from kiosk.journal import Journal
    from kiosk.journey.events import Event
    from kiosk.workers.health import Health

PART = "catalogue"  # the reason of 休止中


class FormNotPublished(Exception):
    """A document was asked for under a form that no verified catalogue had; nothing is made, nothing signed."""


class Offer(Protocol):
    """Where the forms come from; `forms` and `serial` are what is offered now."""

    forms: tuple[Form, ...]
    serial: int

    def look(self) -> None:
        """See whether something has changed, and tell the journey."""
        ...

    def holds(self, form: Form) -> bool:
        """Whether this very version may be signed."""
        ...


class FolderOffer:
    """The forms of a folder, for development: no catalogue, serial 0."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.forms = tuple(forms)
        self.serial = 0

    def look(self) -> None:
        """Nothing changes while the program runs."""

    def holds(self, form: Form) -> bool:
        """Whether it is one of them."""
        return any(form.sha256 == each.sha256 for each in self.forms)


class CatalogueOffer:
    """The forms of the catalogue on the shelf; the clerk's thread looks after it once the program runs."""

    def __init__(
        self,
        shelf: Shelf,
        load: Callable[[Path], Form],
        grace: timedelta,
        clock: Clock,
        post: Callable[[Event], None],
        journal: Journal,
        health: Health,
        known: Iterable[Form] = (),
    ) -> None:
        """`load` reads the form of one folder and raises FormError; `grace` is added to every catalogue's end.

        `known` are forms that were loaded already: one whose digest is published is not read a second time.
        """
        self._shelf = shelf
        self._load = load
        self._grace = grace
        self._clock = clock
        self._post = post
        self._journal = journal
        self._health = health
        self._catalogue: Catalogue | None = None
        self._loaded: dict[str, Form] = {}
        self._known = {form.sha256: form for form in known}
        self._digests: set[str] = set()  # of every form that a verified catalogue gave since the start
        self._state: tuple[object, ...] | None = None
        self._complaint: tuple[Fault, int] | None = None
        self._overdue = 0  # the serial whose end was told
        self.forms: tuple[Form, ...] = ()
        self.serial = 0

    def look(self) -> None:
        """Take up what is new on the shelf, see what is open now, and tell journey and health what has changed."""
        state = self._shelf.state()
        if state != self._state or self._complaint is not None:
            self._renew()
            self._state = state
        forms = self._open_now()
        self._health.report(PART, well=bool(forms))
        serial = self._catalogue.serial if self._catalogue else 0
        if forms and (serial, forms) != (self.serial, self.forms):
            self.serial, self.forms = serial, forms
            self._post(FormsPublished(forms, serial))

    def holds(self, form: Form) -> bool:
        """Whether a catalogue that was verified here had this very version."""
        return form.sha256 in self._digests

    def _renew(self) -> None:
        try:
            found = self._shelf.newest()
            if found is None:
                return
            loaded = self._forms_of(found)
        except CatalogueFaulty as error:
            self._complain(error.fault)
            return
        if self._catalogue is not None and found.serial < self._catalogue.serial:
            self._complain(Fault.OLDER)  # the mark was lost with the newest; what was loaded stays
            return
        self._catalogue, self._loaded, self._complaint = found, loaded, None
        self._known = {form.sha256: form for form in loaded.values()}
        self._digests |= set(self._known)
        self._journal.note("catalogue.loaded", serial=found.serial, forms=len(loaded), of=len(found.forms))

    def _forms_of(self, catalogue: Catalogue) -> dict[str, Form]:
        """Load the forms; each is compared once more as it was read. Raises CatalogueFaulty when none is left."""
        loaded: dict[str, Form] = {}
        for stated in catalogue.forms:
            try:
                form = self._known.get(stated.sha256) or self._load(self._shelf.form_folder(catalogue.serial, stated))
            except FormError:
                self._journal.error("catalogue.form-unusable", serial=catalogue.serial, form=stated.id)
                continue
            if (form.id, form.version, form.sha256) == (stated.id, stated.version, stated.sha256):
                loaded[form.id] = form
            else:
                self._journal.error("catalogue.form-refused", serial=catalogue.serial, form=stated.id)
        if not loaded:
            raise CatalogueFaulty(Fault.NO_FORM)
        return loaded

    def _open_now(self) -> tuple[Form, ...]:
        """Return what may be offered at this moment, in the forms' own order; nothing once the grace is over."""
        catalogue = self._catalogue
        if catalogue is None:
            return ()
        # A clock that cannot be right closes the kiosk by itself and must not judge a catalogue as well.
        now = self._clock.now() if self._clock.plausible() else catalogue.issued
        if now > catalogue.expires:
            self._tell_overdue(catalogue)
            if now > catalogue.expires + self._grace:
                return ()
        return self._open_on(catalogue, now)

    def _open_on(self, catalogue: Catalogue, now: datetime) -> tuple[Form, ...]:
        day = now.astimezone(JAPAN).date()
        open_ids = {form.id for form in catalogue.forms if form.open_on(day)}
        forms = (form for form in self._loaded.values() if form.id in open_ids)
        return tuple(sorted(forms, key=lambda form: (form.order, form.id)))

    def _tell_overdue(self, catalogue: Catalogue) -> None:
        if self._overdue != catalogue.serial:
            self._overdue = catalogue.serial
            self._journal.warn("catalogue.expired", serial=catalogue.serial)

    def _complain(self, fault: Fault) -> None:
        """Write it down once; the shelf is looked at again until it is mended."""
        complaint = fault, self._shelf.mark()
        if complaint != self._complaint:
            self._complaint = complaint
            self._journal.error("catalogue.refused", code=fault.value, newest=complaint[1])
