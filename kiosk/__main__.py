"""Start the kiosk: `python -m kiosk --config FILE [--profile FILE] [--set key=value ...]`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from pathlib import Path

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

from drivers.errors import DeviceError
from kiosk import forms_tool
from kiosk.application.errors import ApplicationError
from kiosk.build import Builder
from kiosk.config import ConfigError, load
from kiosk.courier.parcel import SpoolError
from kiosk.forms.errors import FormError
from kiosk.forms.postcodes import PostcodesUnreadable
from kiosk.provision import tool as provision_tool
from kiosk.screens.faces import FaceMissing
from kiosk.screens.fonts import FontMissing
from kiosk.screens.texts import TextMissing, TextsDiffer, TextsUnreadable
from kiosk.screens.tokens import TokensFaulty
from kiosk.screens.window import close_window
from kiosk.voice.stretch import CannotStretch

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
    options = parser.parse_args(given)
    builder = None
    try:
        config = load(options.config, options.profile, options.sets)
        builder = Builder(config, began, options.bar if config.kiosk.demo else None)
        app = builder.build()
    except WILL_NOT_START as error:
        print(f"kiosk: {error}", file=sys.stderr)
        if builder is not None:
            builder.close()
        return WRONG_SETTINGS
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: app.end())
    try:
        return app.run()
    finally:
        builder.close()
        close_window()


if __name__ == "__main__":
    sys.exit(main())
