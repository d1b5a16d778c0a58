"""The report: JSON and a page, bound to the configuration, opening the kiosk only when the musts have passed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from kiosk.config import load
from kiosk.first_day.findings import PASSED, SKIPPED, Code, Part, failed
from kiosk.first_day.readiness import PDF_NAME, REPORT_NAME, digest, forget, last_report, ready
from kiosk.first_day.report import report_of, save
from kiosk.first_day.wizard import Step, Wizard
from kiosk.screens.texts import load_texts

ROOT = Path(__file__).parents[3]
BASE, DEMO = ROOT / "config/kiosk.toml", ROOT / "config/profiles/demo.toml"
MUSTS = (Part.SCREEN, Part.DISK)
NOW = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def texts():
    return load_texts(ROOT / "config/texts/first_day", ("ja", "en"))


@pytest.fixture
def config(tmp_path: Path):
    return load(BASE, DEMO, [f"first_day.folder={tmp_path}"])


def summed_up(**findings) -> Wizard:
    wizard = Wizard(Step.SUMMARY, frozenset(Part), MUSTS)
    wizard.findings = dict.fromkeys(Part, PASSED)
    wizard.findings |= {Part(name): finding for name, finding in findings.items()}
    return wizard


def kept(wizard: Wizard, config, texts, folder: Path, language: str = "ja"):
    report = report_of(wizard, config, NOW, NOW, clock_trusted=True)
    assert save(report, folder, texts[language], config.fonts.text)
    return report


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_page_and_its_data(config, texts, tmp_path: Path, language: str) -> None:
    report = kept(summed_up(lamp=failed(Code.LAMP_DARK)), config, texts, tmp_path, language)
    assert last_report(tmp_path) == report
    document = pypdfium2.PdfDocument(tmp_path / PDF_NAME)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert len(report.lines) == len(Part)
    for said in (
        texts[language]("report.title"),
        "lamp-dark",
        config.kiosk.name,
        "2026-11-25 10:30:00",
        report.version,
    ):
        assert said in text
    assert texts[language]("report.ready") in text


def test_it_opens_this_configuration_and_no_other(config, texts, tmp_path: Path) -> None:
    assert not ready(config, tmp_path)
    kept(summed_up(), config, texts, tmp_path)
    assert ready(config, tmp_path)
    other = load(BASE, DEMO, [f"first_day.folder={tmp_path}", "panel.buzzer=19"])
    assert digest(other) != digest(config)
    assert not ready(other, tmp_path)
    forget(tmp_path)
    assert not ready(config, tmp_path)
    forget(tmp_path)


@pytest.mark.parametrize("finding", [SKIPPED, failed(Code.DISK_FULL)])
def test_a_must_that_did_not_pass_opens_nothing(config, texts, tmp_path: Path, finding) -> None:
    assert not kept(summed_up(disk=finding), config, texts, tmp_path).ready
    assert not ready(config, tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"ready": true}', "\xff"])
def test_a_report_that_cannot_be_read_opens_nothing(config, tmp_path: Path, text: str) -> None:
    (tmp_path / REPORT_NAME).write_text(text, encoding="latin-1")
    assert not ready(config, tmp_path)


def test_a_page_that_cannot_be_set_is_no_reason_to_stay_closed(config, texts, tmp_path: Path) -> None:
    report = report_of(summed_up(), config, NOW, NOW, clock_trusted=False)
    assert not save(report, tmp_path, texts["ja"], Path("/nowhere/font.ttf"))
    assert ready(config, tmp_path)


def test_the_page_is_written_before_what_opens_the_kiosk(config, texts, tmp_path: Path) -> None:
    (tmp_path / PDF_NAME).mkdir()
    report = report_of(summed_up(), config, NOW, NOW, clock_trusted=True)
    with pytest.raises(OSError, match="directory"):
        save(report, tmp_path, texts["ja"], config.fonts.text)
    assert not (tmp_path / REPORT_NAME).exists()


def test_nothing_but_the_machine_is_in_it(config) -> None:
    report = report_of(summed_up(), config, NOW, NOW, clock_trusted=True)
    told = set(msgspec.to_builtins(report))
    assert told == {
        "spec", "kiosk", "name", "city", "configuration", "version", "python", "system", "began", "ended",
        "clock_trusted", "ready", "lines",
    }  # fmt: skip
