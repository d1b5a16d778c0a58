"""What a demonstration leaves behind for those who were not there."""

from __future__ import annotations

import json
import shutil
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.demo.launcher import Demonstration
    from kiosk.demo.story import Story


class Report:
    """Collects the lines of a story and, at its end, what the card and the city say."""

    def __init__(self, folder: Path, story: Story) -> None:
        self._folder = folder
        self._story = story
        self._began = time.monotonic()
        self._lines: list[str] = []

    def note(self, line: str) -> None:
        """Write down a line as it is played."""
        self._lines.append(f"{time.monotonic() - self._began:7.2f} s  {line}")

    def finish(
        self, demonstration: Demonstration, figures: dict[str, Any], card: dict[str, int], *, went_well: bool
    ) -> list[dict[str, Any]]:
        """Write everything; return the city's verdicts on what was filed."""
        verdicts = self._collect(demonstration)
        why = f": {demonstration.no_service}" if demonstration.no_service else ""
        head = [f"story    {self._story.title}", f"reader   {demonstration.reader}{why}", ""]
        tail = [
            "",
            _card_line(card),
            _screen_line(figures),
            *[f"city     {_verdict(verdict)}" for verdict in verdicts or [{}]],
            f"story    {'came true' if went_well else 'BROKE'}",
        ]
        (self._folder / "report.txt").write_text("\n".join([*head, *self._lines, *tail, ""]), encoding="utf-8")
        return verdicts

    def _collect(self, demonstration: Demonstration) -> list[dict[str, Any]]:
        """Fetch what the city stored; the last application becomes the demonstration's own files."""
        out = self._folder / "city"
        shutil.rmtree(out, ignore_errors=True)
        demonstration.export(out)
        verdicts = []
        for verdict in sorted(out.rglob("verdict.json"), key=lambda path: path.stat().st_mtime):
            verdicts.append(json.loads(verdict.read_text(encoding="utf-8")))
            for name in ("application.asice", "receipt.json"):
                shutil.copy(verdict.parent / name, self._folder / name)
        shutil.copy(demonstration.setting.trust / "sign_ca.pem", self._folder / "sign_ca.pem")
        return verdicts


def _card_line(card: dict[str, int]) -> str:
    counted = (card.get(name, 0) for name in ("apdus", "bytes_out", "bytes_in", "verifies", "tripwires"))
    return "card     {} APDUs, {} bytes to it, {} bytes from it, {} VERIFY, {} forbidden reads".format(*counted)


def _screen_line(figures: dict[str, Any]) -> str:
    every = figures["all"]
    return (
        f"screen   {figures['frames']} frames; the first after {figures['first_ms']:.0f} ms; "
        f"touch to frame: median {every['median']} ms, p99 {every['p99']} ms"
    )


def _verdict(verdict: dict[str, Any]) -> str:
    return json.dumps(verdict, ensure_ascii=False, sort_keys=True) if verdict else "nothing was filed"
