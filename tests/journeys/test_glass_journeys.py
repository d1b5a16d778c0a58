"""Something lies on the glass of the whole kiosk: staff are told in the journal, and the next citizen is served."""

from __future__ import annotations

import json
import time

import pytest

from kiosk.demo.launcher import Demonstration
from kiosk.demo.screen import Screen
from kiosk.demo.setting import Setting


@pytest.mark.timeout(240)
def test_what_lies_on_the_glass_is_told_and_stops_nobody(tmp_path, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    setting = Setting(tmp_path / "demo", tmp_path / "trust")
    with Demonstration(setting) as demonstration:
        screen = Screen(demonstration.setting.remote)
        start = next(part for part in screen.wait_for_step("attract").parts if "はじめる" in part.text)
        screen.lay_on(*start.centre)
        screen.pass_time(61)
        end = time.monotonic() + 20
        while "touch-stuck" not in (told := (setting.logs / "kiosk.log").read_text(encoding="utf-8")):
            assert time.monotonic() < end, told
            time.sleep(0.05)
        assert screen.look().step == "attract", "what lies on the button does not press it"
        screen.touch("はじめる")
        screen.wait_for_step("choose-form")
    told = [json.loads(line)["event"] for line in told.splitlines() if line.startswith("{")]
    assert told.count("touch-stuck") == 1
