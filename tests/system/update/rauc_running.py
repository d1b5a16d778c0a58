"""A real RAUC service on a bus of its own, with slots that are files and a boot chooser that is a folder."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING, Self

import bundles

if TYPE_CHECKING:
    from pathlib import Path

# What U-Boot's memory is on the device: RAUC's custom backend (rauc docs, "Custom"), one file a word.
CHOOSER = """#!/bin/sh
cd "$(dirname "$0")/chosen" || exit 1
case $1 in
get-primary) cat primary ;;
set-primary) echo "$2" >primary; echo good >"$2" ;;
get-state) cat "$2" ;;
set-state) echo "$3" >"$2" ;;
esac
"""


class Running:
    """`folder` holds bus, configuration, slots and `chosen/`; slot A runs."""

    def __init__(self, folder: Path, authority: Path) -> None:
        self.folder = folder
        self.chosen = folder / "chosen"
        self.chosen.mkdir()
        for name, word in (("primary", "A"), ("A", "good"), ("B", "good")):
            (self.chosen / name).write_text(word + "\n", encoding="ascii")
        (folder / "chooser").write_text(CHOOSER, encoding="ascii")
        (folder / "chooser").chmod(0o755)
        config = bundles.rauc_config(folder, authority)
        text = config.read_text("utf-8").replace("bootloader=noop", "bootloader=custom")
        for slot in "ab":
            (folder / slot).write_bytes(bytes(4 << 20))
            text = text.replace(f"/dev/madoguchi/slot-{slot}", str(folder / slot))
        config.write_text(f"{text}\n[handlers]\nbootloader-custom-backend={folder}/chooser\n", encoding="utf-8")
        self.config = config
        self.environment = {"DBUS_STARTER_BUS_TYPE": "session", "DBUS_STARTER_ADDRESS": f"unix:path={folder}/bus"}
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={folder}/bus"
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        bus = ["dbus-daemon", "--session", "--nofork", f"--address=unix:path={self.folder}/bus"]
        self._start(bus, (self.folder / "bus").exists)
        order = ["rauc", f"--conf={self.config}", "service", "--override-boot-slot=A"]
        self._start(order, self._answers)
        return self

    @property
    def _all(self) -> dict[str, str]:
        return {**os.environ, **self.environment}

    def _start(self, order: list[str], ready: object) -> None:
        with (self.folder / f"{order[0]}.log").open("wb") as log:
            process = subprocess.Popen(order, env=self._all, stdout=log, stderr=log)
        self._processes.append(process)
        while not ready():  # type: ignore[operator]
            assert process.poll() is None, (self.folder / f"{order[0]}.log").read_text("utf-8")
            time.sleep(0.05)

    def _answers(self) -> bool:
        done = subprocess.run(["rauc", "status"], env=self._all, capture_output=True, check=False)
        return done.returncode == 0

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.terminate()
            process.wait()

    def state(self, slot: str) -> str:
        return (self.chosen / slot).read_text("ascii").strip()
