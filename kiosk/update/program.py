"""The updater's rounds: prove the slot that was started, then find bundles and have them installed between citizens."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.door import UpdaterDoor
from kiosk.update import rauc
from kiosk.update.bundle import BundleRefused, Judge
from kiosk.update.fetching import NotFetched, Shelf
from kiosk.update.plan import Trial, Verdict, may_begin, nobody_here
from kiosk.update.record import load, save
from kiosk.update.version import running

if TYPE_CHECKING:
    from kiosk.clock import Clock
    from kiosk.journal import Journal
    from kiosk.notify import Notifier
    from kiosk.update.settings import UpdateSettings

TURN: Final = 2.0  # seconds
BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
REBOOT: Final = "reboot"  # a file in the door's folder that has the service manager start the machine anew
FETCHED, STICK = "fetched.raucb", "stick.raucb"


class Updater:
    """Runs for ever; `boot` names this start of the machine."""

    def __init__(self, settings: UpdateSettings, clock: Clock, journal: Journal, notifier: Notifier, boot: str) -> None:
        """Raises NoVersion, OSError when this is no image that could be updated."""
        self._settings = settings
        self._clock = clock
        self._journal = journal
        self._notifier = notifier
        self._boot = boot
        self._door = UpdaterDoor(settings.door)
        self._version = running(settings.os_release)
        self._judge = Judge(settings.rauc_config, settings.authority, settings.compatible, self._version, settings.demo)
        self._record_file = settings.folder / "record.json"
        self._record = load(self._record_file)
        self._shelf = Shelf(settings.url, settings.ca, settings.folder / FETCHED) if settings.url else None
        self._candidate: tuple[Path, str] | None = None
        self._asking = self._leaving = False
        self._next_fetch = clock.ticks()
        self._trial: Trial | None = self._begin()

    def run(self) -> None:
        """Run until the service manager ends it."""
        self._notifier.ready()
        while True:
            self.turn()
            time.sleep(TURN)

    # ---- the slot that runs -----------------------------------------------------------------------------------

    def _begin(self) -> Trial | None:
        """See which start this is: of a new slot, of the old one after a new one failed, or one like every day's."""
        record = self._record
        if record.boot == self._boot:
            self._leaving = bool(record.trying)  # installed in this very boot: only the new start is missing
        elif record.trying and record.trying != self._version:
            self._journal.error("update.returned", failed=record.trying, runs=self._version)
            self._remember(record.returned())
        new = bool(record.proved) and record.proved != self._version
        return Trial(new, self._settings.limit, self._clock.ticks())

    def _prove(self, trial: Trial) -> None:
        now = self._clock.ticks()
        verdict = trial.judge(self._door.state(now), now)
        if verdict is Verdict.GOOD:
            rauc.mark("good")
            self._journal.note("update.proved" if trial.new else "update.good", version=self._version)
            self._remember(self._record.proven(self._version))
            self._trial = None
        elif verdict is Verdict.BAD and rauc.other_is_good():
            self._journal.error("update.bad", version=self._version)
            rauc.mark("bad")
            self._leave()

    def _remember(self, record: object) -> None:
        if record != self._record:
            self._record = record  # type: ignore[assignment]
            save(self._record_file, self._record)

    def _leave(self) -> None:
        """Have the machine started anew."""
        self._leaving = True
        (self._settings.door / REBOOT).touch()

    # ---- one turn ---------------------------------------------------------------------------------------------

    def turn(self) -> None:
        """Do what is due now."""
        try:
            if self._leaving:
                self._go_when_nobody_is_here()
            elif self._trial is not None:
                self._prove(self._trial)
            elif self._candidate is None:
                self._look()
            else:
                self._stage(*self._candidate)
        except rauc.RaucFailed:
            self._journal.error("update.rauc-failed")

    def _go_when_nobody_is_here(self) -> None:
        now = self._clock.ticks()
        self._door.ask_to_close(now)
        state = self._door.state(now)
        if state is None or nobody_here(state):
            self._leave()

    def _look(self) -> None:
        for name in (STICK, FETCHED):
            if (self._settings.folder / name).exists():
                self._take(self._settings.folder / name)
                return
        now = self._clock.ticks()
        if self._shelf is None or now < self._next_fetch:
            return
        self._next_fetch = now + self._settings.interval
        try:
            self._shelf.fetch()
        except NotFetched as failed:
            self._journal.warn("update.later", why=failed.why)

    def _take(self, bundle: Path) -> None:
        """Judge a bundle: it waits for its hour, or it goes."""
        try:
            version = self._judge.examine(bundle, self._record.failed)
        except BundleRefused as refused:
            self._journal.error("update.refused", code=refused.refusal.value, source=bundle.stem)
            version = None
        if bundle.name == FETCHED and self._shelf is not None:
            self._shelf.seen()
        if version is None:
            bundle.unlink(missing_ok=True)
        else:
            self._journal.note("update.offered", version=version, source=bundle.stem)
            self._candidate = bundle, version

    def _stage(self, bundle: Path, version: str) -> None:
        now, state = self._clock.ticks(), self._door.state(self._clock.ticks())
        if not may_begin(self._clock.now(), self._settings.hours, state):
            if self._asking:
                self._stop_asking()
            return
        if not self._asking:
            self._asking = True
            self._journal.note("update.asks", version=version)
        self._door.ask_to_close(now)
        if nobody_here(state):
            self._install(bundle, version)

    def _stop_asking(self) -> None:
        self._asking = False
        self._door.let_open()

    def _install(self, bundle: Path, version: str) -> None:
        self._journal.note("update.installs", version=version)
        try:
            rauc.install(bundle, lambda: self._door.ask_to_close(self._clock.ticks()))
        except rauc.RaucFailed:
            self._journal.error("update.not-installed", version=version)
            self._candidate = None
            bundle.unlink(missing_ok=True)
            self._stop_asking()
            return
        self._remember(self._record.installed(version, self._boot))
        bundle.unlink(missing_ok=True)
        self._journal.note("update.installed", version=version)
        self._leave()
