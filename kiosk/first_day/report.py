"""The readiness report: JSON for machines, and a page for the installer's folder."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from kiosk.application.errors import PageNotSet
from kiosk.application.typesetting import typeset
from kiosk.durable import keep
from kiosk.first_day.findings import SKIPPED, Part
from kiosk.first_day.readiness import PDF_NAME, REPORT_NAME, Line, Report, digest
from kiosk.hours import JAPAN

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.config import Config
    from kiosk.first_day.wizard import Wizard
    from kiosk.screens.texts import Texts

_TEMPLATE: Final = Path(__file__).with_name("report.typ")


def program_version() -> str:
    """Return the version of the program that runs."""
    try:
        return version("madoguchi")
    except PackageNotFoundError:
        return "development"


def report_of(wizard: Wizard, config: Config, began: datetime, ended: datetime, *, clock_trusted: bool) -> Report:
    """Return what was found as a report."""
    found = [(part, wizard.findings.get(part, SKIPPED)) for part in Part]
    return Report(
        kiosk=config.kiosk.id,
        name=config.kiosk.name,
        city=config.city.name,
        configuration=digest(config),
        version=program_version(),
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        began=began,
        ended=ended,
        clock_trusted=clock_trusted,
        ready=wizard.ready,
        lines=tuple(
            Line(
                part=part.value,
                must=part in wizard.musts,
                result=finding.result.value,
                code=finding.code.value if finding.code else "",
                detail=finding.detail,
            )
            for part, finding in found
        ),
    )


def pdf_of(report: Report, texts: Texts, font: Path) -> bytes:
    """Return the page; raises PageNotSet."""
    words = {key: texts(f"report.{key}") for key in _WORDS}
    data: dict[str, Any] = {
        "words": words,
        "language": texts.language,
        "font": str(font),
        "verdict": texts("report.ready" if report.ready else "report.not_ready"),
        "ready": report.ready,
        "moment": list(report.ended.timetuple()[:6]),
        "facts": [[words[key], text] for key, text in _facts(report, texts)],
        "rows": [
            [
                texts(f"part.{line.part}"),
                texts("report.must") if line.must else "",
                texts(f"result.{line.result}"),
                " ".join(word for word in (line.code, line.detail) if word),
                line.result,
            ]
            for line in report.lines
        ],
    }
    return typeset(_TEMPLATE.read_text(encoding="utf-8"), data, [font])


_WORDS: Final = (
    *("title", "part", "must", "result", "code", "kiosk", "city", "began", "ended", "version", "system"),
    *("configuration", "clock", "signature", "nothing_personal"),
)


def _facts(report: Report, texts: Texts) -> list[tuple[str, str]]:
    return [
        ("city", report.city),
        ("kiosk", f"{report.name} ({report.kiosk})"),
        ("began", _said(report.began)),
        ("ended", _said(report.ended)),
        ("clock", texts("report.clock_trusted" if report.clock_trusted else "report.clock_doubted")),
        ("version", f"{report.version}, Python {report.python}"),
        ("system", report.system),
        ("configuration", report.configuration[:32]),
    ]


def _said(moment: datetime) -> str:
    return moment.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M:%S")


def save(report: Report, folder: Path, texts: Texts, font: Path) -> bool:
    """Keep both; the page first, because the other one opens the kiosk. False where the page could not be set.

    Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        keep(folder / PDF_NAME, pdf_of(report, texts, font))
    except PageNotSet:
        printed = False
    else:
        printed = True
    keep(folder / REPORT_NAME, msgspec.json.format(msgspec.json.encode(report), indent=2))
    return printed
