"""The one launcher: virtual card, pcscd, city, courier and kiosk, each as a process of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TextIO

from drivers.virtual.control import VirtualTray
from drivers.virtual.stack import READER_NAME, PcscStack, StackUnavailable
from kiosk.demo.line import ask
from kiosk.demo.paper import write_paper
from kiosk.demo.process import Program, ProgramFailed
from kiosk.demo.setting import CITY_CONFIG, CONFIG, KIOSK_ID, PROFILE, Setting, as_options

if TYPE_CHECKING:
    from types import TracebackType

MEMORY = Path("/dev/shm")  # noqa: S108 - a tmpfs, in which a folder of its own is made


class Demonstration:
    """Everything that a demonstration needs, started in order and ended in reverse."""

    def __init__(self, setting: Setting, *, sets: tuple[str, ...] = (), bar: bool = False) -> None:
        """`sets` are further `key=value` for the kiosk; `bar` shows the demonstration bar in its window."""
        self.setting = setting
        self._sets = sets
        self._bar = bar
        self._stack = PcscStack(setting.run / "pcscd")
        self.reader = "pcsc"
        self.no_service = ""  # why there is no card service, where there is none
        self._card: Program | None = None
        self._prepared = False
        self._lock: TextIO | None = None
        self.city_port = 0
        self.staff_port = 0
        self.city: Program | None = None
        self.courier: Program | None = None
        self.converter: Program | None = None
        self._profile: tempfile.TemporaryDirectory[str] | None = None
        self.kiosk: Program | None = None

    # ---- beginning and end ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start everything; raises ProgramFailed and leaves nothing running."""
        try:
            self.prepare()
            self._start_card()
            self.start_city()
            self._start_courier()
            self._start_converter()
            self._start_kiosk()
        except ProgramFailed:
            self.stop()
            raise

    def prepare(self) -> None:
        """Make a clean folder, and keys and cards where there are none yet; the second call changes nothing."""
        if self._prepared:
            return
        self._prepared = True
        setting = self.setting
        self._claim()
        for part in (setting.run, setting.logs, setting.published, setting.catalogue):
            shutil.rmtree(part, ignore_errors=True)
        for old in (*setting.folder.glob("spool.*"), *setting.folder.glob("city.sqlite3*")):
            old.unlink()
        setting.run.mkdir(parents=True, mode=0o700)
        if not (setting.trust / "kiosk.key").exists():
            setting.trust.mkdir(parents=True, mode=0o700, exist_ok=True)
            self._once("authority", "drivers.virtual", "authority", "--dir", str(setting.trust))
        if not (setting.trust / "catalogue.key").exists():  # the last that provisioning makes, of all its keys
            name = ("--city-name", "鶴ヶ島市")
            self._once("provision", "city", "provision", "--dir", str(setting.trust), "--kiosk", KIOSK_ID, *name)
        write_paper(setting.paper)
        self.publish()

    def _claim(self) -> None:
        """Keep the folder for this demonstration alone; the lock goes with the process."""
        self.setting.folder.mkdir(parents=True, exist_ok=True)
        self._lock = (self.setting.folder / "lock").open("w", encoding="ascii")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            raise ProgramFailed(f"another demonstration is running in {self.setting.folder}") from None

    def publish(self) -> None:
        """Let the city publish its forms as the next catalogue."""
        sets = as_options(self.setting.sets_for_city())
        self._once("publish", "city", "catalogue", "publish", "--config", str(CITY_CONFIG), *sets)

    def _once(self, name: str, *arguments: str) -> str:
        return Program(name, arguments, self.setting.logs / f"{name}.log").run()

    def _start_card(self) -> None:
        arguments = ["drivers.virtual", "serve", "--dir", str(self.setting.trust), "--control", str(self.setting.tray)]
        try:
            self._stack.start()
            arguments += ["--port", str(self._stack.port)]
        except StackUnavailable as error:
            self.reader = "direct"  # the kiosk plays the card itself, and says so on every scene
            self.no_service = str(error)
            return
        self._card = Program("card", arguments, self.setting.logs / "card.log")
        self._card.start_and_listen("control")

    def start_city(self) -> None:
        """Start the city, on the port that it had before."""
        sets = self.setting.sets_for_city()
        if self.city_port:
            sets.append(f"kiosk_door.port={self.city_port}")
        arguments = ["city", "serve", "--config", str(CITY_CONFIG), *as_options(sets)]
        self.city = Program("city", arguments, self.setting.logs / "city.log")
        facts = self.city.start_and_listen("kiosk_port")
        self.city_port, self.staff_port = int(facts["kiosk_port"]), int(facts["staff_port"])

    def stop_city(self) -> None:
        """End the city: the courier finds nobody there."""
        if self.city is not None:
            self.city.stop()

    def _options(self) -> list[str]:
        sets = self.setting.sets_for_kiosk(self.city_port, READER_NAME)
        if self.reader == "direct":
            sets += ["reader.kind=direct", f"reader.direct_cards={self.setting.trust}"]
        options = ["--config", str(CONFIG), "--profile", str(PROFILE)]
        own = [setting.replace("{folder}", str(self.setting.folder)) for setting in self._sets]
        return options + as_options([*sets, *own])

    def _start_courier(self) -> None:
        self.courier = Program("courier", ["kiosk.courier", *self._options()], self.setting.logs / "courier.log")
        self.courier.start_and_listen("serial")  # of the catalogue that it has stored

    def _start_converter(self) -> None:
        """Start mozc's helper; where mozc-server is not installed the kiosk uses its word lists and says so."""
        memory = MEMORY if MEMORY.is_dir() else None
        self._profile = tempfile.TemporaryDirectory(prefix="madoguchi-mozc-", dir=memory)
        Path(self._profile.name).chmod(0o711)
        profile = Path(self._profile.name) / "profile"
        arguments = ["kiosk.text_input.mozc", "--socket", str(self.setting.converter), "--profile", str(profile)]
        self.converter = Program("converter", arguments, self.setting.logs / "converter.log")
        self.converter.start_and_listen("listening")

    def _start_kiosk(self) -> None:
        environment = self._stack.environment if self.reader == "pcsc" else {}
        if not has_display():
            environment = {**environment, "SDL_VIDEODRIVER": "dummy"}
        arguments = ["kiosk", *self._options(), *(["--bar", str(self.setting.demo)] if self._bar else [])]
        self.kiosk = Program("kiosk", arguments, self.setting.logs / "kiosk.log", environment)
        self.kiosk.start_and_listen("ready")

    def stop(self) -> None:
        """End everything that was started."""
        for program in (self.kiosk, self.converter, self.courier, self.city, self._card):
            if program is not None:
                program.stop()
        if self._profile is not None:
            self._profile.cleanup()
            self._profile = None
        self._stack.stop()
        if self._lock is not None:
            self._lock.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # ---- what can be done while it runs -----------------------------------------------------------------------

    @property
    def tray(self) -> VirtualTray:
        """The virtual card's tray."""
        return VirtualTray(self.setting.tray)

    def switch_delivery(self, *, on: bool) -> dict[str, Any]:
        """Let the courier deliver, or hold it back."""
        return ask(self.setting.courier, {"do": "resume" if on else "pause"})

    def restart_pcscd(self, *, hard: bool = False) -> None:
        """Break the card service and bring it back, as systemd would."""
        if hard:
            os.kill(self._stack.pid, 9)
        self._stack.restart()

    def break_pcscd(self) -> None:
        """Take the card service away."""
        self._stack.stop()

    def export(self, folder: Path) -> None:
        """Write what the city has stored into `folder`: container, receipt and verdict."""
        sets = self.setting.sets_for_city()
        self._once("export", "city", "export", "--config", str(CITY_CONFIG), *as_options(sets), "--out", str(folder))


def has_display() -> bool:
    """Whether a window can be opened."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
