"""The whole kiosk: forms closed and opened by the city come to the screen between two citizens, never before."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from kiosk.demo.launcher import Demonstration
from kiosk.demo.screen import Screen
from kiosk.demo.setting import Setting

ROOT = Path(__file__).parents[3]
QUICK = ("courier.catalogue_interval=0.5",)
WITHIN = 40.0  # seconds: the kiosk looks every five, the courier oftener


class OwnForms(Demonstration):
    """A demonstration whose city publishes forms of its own."""

    def publish(self) -> None:
        self._once(
            "publish", "city", "catalogue", "publish", "--config", "config/city.toml",
            *[word for each in self.setting.sets_for_city() for word in ("--set", each)],
            "--forms", str(self.setting.folder / "forms"),
        )  # fmt: skip


@pytest.mark.timeout(180)
def test_forms_close_open_and_change_between_citizens(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("DISPLAY", raising=False)
    forms = tmp_path / "forms"
    shutil.copytree(ROOT / "config" / "forms" / "juminhyo", forms / "juminhyo")
    with OwnForms(Setting(tmp_path, tmp_path / "trust"), sets=QUICK) as demonstration:
        screen = Screen(demonstration.setting.remote)
        screen.wait_for_step("attract")
        screen.touch("はじめる")
        screen.wait_for_step("choose-form")
        (forms / "dates.toml").write_text("[juminhyo]\ncloses = 2026-01-01\n")
        demonstration.publish()
        _wait_until_loaded(tmp_path, 2)
        assert screen.look().step == "choose-form"  # whoever is there is not sent away
        screen.touch("住民票の写しの交付申請")
        screen.wait_for_step("guidance")
        screen.touch("やめる")
        screen.touch("やめる")
        closed = screen.wait_for_step("out-of-service", WITHIN)
        assert "お手続きの内容を更新しています" in closed.words
        (forms / "dates.toml").unlink()
        demonstration.publish()
        screen.wait_for_step("attract", WITHIN)
        _wait_until_loaded(tmp_path, 3)


def _wait_until_loaded(folder: Path, serial: int) -> None:
    end = time.monotonic() + WITHIN
    while time.monotonic() < end:
        whole = (folder / "log" / "kiosk.log").read_text("utf-8").rpartition("\n")[0].splitlines()
        lines = [json.loads(line) for line in whole if line.startswith("{")]
        if any(line.get("event") == "catalogue.loaded" and line["serial"] == serial for line in lines):
            return
        time.sleep(0.1)
    raise AssertionError(serial)
