"""Start the kiosk: `python -m kiosk --config FILE [--profile FILE] [--set key=value ...]`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

from drivers.errors import DeviceError
from kiosk import forms_tool
from kiosk.application.errors import ApplicationError
from kiosk.build import Builder
from kiosk.config import ConfigError, load
from kiosk.courier.parcel import SpoolError
from kiosk.first_day.readiness import ready
from kiosk.first_day.wizard_end import Ending
from kiosk.forms.errors import FormError
from kiosk.forms.postcodes import PostcodesUnreadable
from kiosk.machine import STAFF_MENU
from kiosk.provision import tool as provision_tool
from kiosk.screens.faces import FaceMissing
from kiosk.screens.fonts import FontMissing
from kiosk.screens.texts import TextMissing, TextsDiffer, TextsUnreadable
from kiosk.screens.tokens import TokensFaulty
from kiosk.screens.window import close_window
from kiosk.voice.stretch import CannotStretch

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.config import Config

WRONG_SETTINGS = 78  # EX_CONFIG of sysexits.h
WILL_NOT_START = (
    ConfigError, FormError, FaceMissing, FontMissing, TextsDiffer, TextsUnreadable, TextMissing, TokensFaulty,
    ApplicationError, DeviceError, SpoolError, PostcodesUnreadable, CannotStretch, OSError,
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run until stopped; 78 when something in the configuration cannot be used. `forms` and `provision` are tools."""
    began = time.monotonic()
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["forms"]:
        return forms_tool.main(given[1:])
    if given[:1] == ["provision"]:
        return provision_tool.main(given[1:])
    parser = argparse.ArgumentParser(prog="kiosk", description="The kiosk at which citizens file applications.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="sets")
    parser.add_argument("--bar", type=Path, help="socket of the demonstration's launcher: shows its bar")
    parser.add_argument("--first-day", action="store_true", help="wait for a stick where there is no configuration")
    options = parser.parse_args(given)
    return Running(options, began).run()


class Running:
    """The kiosk and the staff's program in turn, in one process: who has the screen has the devices as well."""

    def __init__(self, options: argparse.Namespace, began: float) -> None:
        self._options = options
        self._began = began
        self._stop: Callable[[], None] = lambda: None
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop())

    def run(self) -> int:
        """Return the exit code of whatever ended it; 78 when something in the configuration cannot be used."""
        menu = False
        try:
            while True:
                config = self._config()
                if config is None or menu or not may_open(config):
                    ending = self._staff(config, menu=menu)
                    if ending is not Ending.OPEN or config is None:
                        return 0  # the service manager starts it anew, with the new configuration
                code, menu = self._serve(config), True
                if code != STAFF_MENU:
                    return code
        except WILL_NOT_START as error:
            print(f"kiosk: {error}", file=sys.stderr)
            return WRONG_SETTINGS
        finally:
            close_window()

    def _config(self) -> Config | None:
        """Return the configuration; None where there is none yet and a stick may bring it. Raises ConfigError."""
        given = self._options
        if given.first_day and not given.config.exists():
            return None
        return load(given.config, given.profile, given.sets)

    def _staff(self, config: Config | None, *, menu: bool) -> Ending:
        from kiosk.build_wizard import staff_program  # what a kiosk in service does not need is not loaded

        return staff_program(config, menu=menu, hold=self._hold)

    def _serve(self, config: Config) -> int:
        builder = Builder(config, self._began, self._options.bar if config.kiosk.demo else None)
        try:
            app = builder.build()
            self._hold(app.end)
            return app.run()
        finally:
            builder.close()

    def _hold(self, stop: Callable[[], None]) -> None:
        self._stop = stop


def may_open(config: Config) -> bool:
    """Whether the self-test of this configuration has passed, or none is asked for."""
    return not config.first_day.folder or ready(config, Path(config.first_day.folder))


if __name__ == "__main__":
    sys.exit(main())
