"""The staff's scenes on both panels and in both languages: words fit, targets are large and apart, keys reach all."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import pytest

from kiosk.first_day.findings import Code, Part, Result, failed
from kiosk.first_day.frame import Facts, Page
from kiosk.first_day.scenes import arrange
from kiosk.first_day.wizard import Act, Chosen, Step, Wizard
from kiosk.provision.errors import Fault
from kiosk.provision.outcome import Outcome
from kiosk.screens.area import area_of
from kiosk.screens.describe import describe
from kiosk.screens.focus import targets
from kiosk.screens.kit import load_kit
from kiosk.screens.shot import drawn
from kiosk.screens.texts import load_texts
from kiosk.screens.theme import theme_for
from kiosk.screens.window import open_window

ROOT = Path(__file__).parents[3]
PANELS = {"1280x800": ((1280, 800), (217, 136)), "800x480": ((800, 480), (154, 86))}
LEAST_MM = 14.9
MUSTS = (Part.SCREEN, Part.TOUCH, Part.READER, Part.DISK, Part.CLOCK, Part.NETWORK, Part.CITY, Part.CATALOGUE)


@pytest.fixture(scope="module")
def kit():
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    open_window((1280, 800), fullscreen=False)
    return load_kit()


@pytest.fixture(scope="module")
def texts():
    return load_texts(ROOT / "config/texts/first_day", ("ja", "en"))


def states():
    for step in Step:
        yield step.value, Wizard(step, frozenset(Part), MUSTS)
    for code in Fault:
        wizard = Wizard(Step.STICK, (), ())
        wizard.stick = Outcome(
            "2026-11-25T00:00:00+00:00", code, 0, "madoguchi.provision", "panel.buzer", "no such key"
        )
        yield f"stick.{code}", wizard
    for code in Code:
        wizard = Wizard(Step.SUMMARY, frozenset(Part), MUSTS)
        wizard.findings = {part: failed(code) for part in Part}
        yield f"summary.{code}", wizard
        reading = Wizard(Step.READER, frozenset(Part), MUSTS)
        reading.findings = {Part.READER: failed(code)}
        yield f"reader.{code}", reading
    missed = Wizard(Step.TOUCH, frozenset(Part), MUSTS)
    missed.misses, missed.target = 3, 2
    yield "touch.missed", missed
    for saved in ("saved", "unprinted", "unsaved"):
        wizard = Wizard(Step.SUMMARY, frozenset(Part), ())
        yield f"summary.{saved}", wizard


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("panel", PANELS)
def test_every_scene_has_room_and_can_be_touched(kit, texts, panel: str, language: str) -> None:
    size, mm = PANELS[panel]
    area = area_of(kit.tokens, size, mm)
    theme = theme_for(kit, area, language=language)
    for name, wizard in states():
        saved = name.partition(".")[2] if name.startswith("summary.") and "saved" in name else "saved"
        facts = Facts(
            "申請機 01", "kiosk-01", "鶴ヶ島市", "0.1.0", mm, saved="unprinted" if "unprinted" in name else saved
        )
        widgets = arrange(Page(wizard, facts, area, theme, texts[language]))
        assert [getattr(widget, "text", widget) for widget in widgets if not widget.fits(theme)] == [], name
        assert all(area.panel.contains(*w.rect.centre) for w in widgets), name
        pressed = [widget.rect for widget in widgets if widget.press is not None]
        assert all(min(r.w, r.h) * mm[0] / size[0] >= LEAST_MM for r in pressed), name
        assert not any(a.grown(7).meets(b) for at, a in enumerate(pressed) for b in pressed[at + 1 :]), name
        body = [w for w in widgets if area.header.bottom <= w.rect.y < area.action_bar.y and w.rect.h < size[1] // 2]
        assert all(w.rect.bottom <= area.action_bar.y + 2 for w in body), name
        assert len(targets(widgets)) == len([w for w in widgets if w.touchable]), name
        drawn(widgets, theme, size)


def test_every_code_says_what_to_do(texts) -> None:
    for words in texts.values():
        wanted = [f"do.{code}" for code in Code] + [f"stick.do.{fault}" for fault in Fault]
        wanted += [f"part.{part}" for part in Part] + [f"result.{result}" for result in Result]
        assert [key for key in wanted if key not in words] == []
        assert all(words(key).strip() for key in sorted(words.keys()))


def test_no_text_lies_unused(texts) -> None:
    patterns = []
    for path in (ROOT / "kiosk/first_day").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                patterns.append(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(p.value) if isinstance(p, ast.Constant) else r"[\w.-]+" for p in node.values]
                patterns.append("".join(parts))
    whole = [re.compile(pattern) for pattern in patterns if "." in pattern]
    report = {f"report.{word}" for word in patterns}
    unused = [
        key for key in sorted(texts["ja"].keys()) if key not in report and not any(p.fullmatch(key) for p in whole)
    ]
    assert sorted(unused) == []


def test_the_way_on_is_disabled_until_the_musts_have_passed(kit, texts) -> None:
    area = area_of(kit.tokens, *PANELS["1280x800"])
    wizard = Wizard(Step.SUMMARY, frozenset(Part), MUSTS)
    page = Page(wizard, Facts(), area, theme_for(kit, area), texts["ja"])
    opens = [item for item in describe(arrange(page)).buttons if item.press == Chosen(Act.OPEN)]
    assert [item.enabled for item in opens] == [False]
