"""The converter: mozc or else the list, the newest question only, and a visit's end."""

from __future__ import annotations

import io
import queue
from pathlib import Path
from threading import Event as Signal

import pytest

from kiosk.clock import SystemClock
from kiosk.forms.model import FieldKind
from kiosk.journal import Journal
from kiosk.journey.candidate_events import CandidatesReady, ReadingReady
from kiosk.journey.commands import AskReading, Convert
from kiosk.text_input.candidates import Candidate
from kiosk.text_input.fallback import load_words
from kiosk.text_input.mozc.desk import MozcDesk
from kiosk.text_input.mozc.line import MozcGone
from kiosk.workers.converter import ConverterWorker
from tests.unit.text_input.mozc_here import needs_mozc, running_helper

ROOT = Path(__file__).parents[3]


class Recording:
    """A converter that can be held up, and be gone."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.go_on = Signal()
        self.go_on.set()
        self.gone = False
        self.begun = Signal()

    def convert(self, reading: str) -> tuple[Candidate, ...]:
        self.asked.append(reading)
        self.begun.set()
        self.go_on.wait(5)
        if self.gone:
            raise MozcGone("gone")
        return (Candidate("吉田", len(reading)), Candidate(reading, len(reading)))

    def reading_of(self, text: str) -> str:
        self.asked.append(text)
        return "よしだ"

    def forget(self) -> None:
        self.asked.append("forget")


class Office:
    """One converter worker and the mail that it posts."""

    def __init__(self, mozc) -> None:
        self.mail: queue.SimpleQueue = queue.SimpleQueue()
        self.unforeseen: list[Exception] = []
        self.lines = io.StringIO()
        clock = SystemClock()
        journal = Journal("kiosk", self.lines, clock)
        words = load_words(ROOT / "config/names")
        self.worker = ConverterWorker(clock, self.mail.put, journal, self.unforeseen.append, mozc=mozc, words=words)
        self.worker.start()

    def next(self):
        return self.mail.get(timeout=5)

    def texts(self) -> list[str]:
        event = self.next()
        assert isinstance(event, CandidatesReady)
        return [candidate.text for candidate in event.candidates]


@pytest.fixture
def mozc() -> Recording:
    return Recording()


@pytest.fixture
def office(mozc: Recording):
    office = Office(mozc)
    yield office
    mozc.go_on.set()
    assert office.worker.stop(5.0)
    assert office.unforeseen == []


def test_candidates_come_with_the_kana_they_are_for(office: Office) -> None:
    office.worker.convert(Convert("よしだ", FieldKind.TEXT))
    event = office.next()
    assert (event.reading, event.listed) == ("よしだ", False)
    assert [candidate.text for candidate in event.candidates] == ["吉田", "よしだ"]


def test_names_get_the_forms_that_dictionaries_leave_out(office: Office) -> None:
    office.worker.convert(Convert("よしだ", FieldKind.NAME))
    assert office.texts() == ["吉田", "よしだ", "𠮷田"]


def test_only_the_newest_question_is_answered(office: Office, mozc: Recording) -> None:
    mozc.go_on.clear()
    office.worker.convert(Convert("よ", FieldKind.NAME))
    assert mozc.begun.wait(5)
    for reading in ("よし", "よしだ", "よしだた"):
        office.worker.convert(Convert(reading, FieldKind.NAME))
    mozc.go_on.set()
    assert [office.next().reading, office.next().reading] == ["よ", "よしだた"]
    assert mozc.asked == ["よ", "よしだた"]


def test_the_list_serves_where_mozc_is_gone(office: Office, mozc: Recording) -> None:
    mozc.gone = True
    for _ in range(3):
        office.worker.convert(Convert("わたなべ", FieldKind.NAME))
        event = office.next()
        assert event.listed
        assert [candidate.text for candidate in event.candidates][:2] == ["渡辺", "渡部"]
    assert mozc.asked == ["わたなべ"], "a silent server is not asked at every key"
    assert office.lines.getvalue().count("converter") == 1


def test_mozc_is_asked_again_at_the_next_visit(office: Office, mozc: Recording) -> None:
    mozc.gone = True
    office.worker.convert(Convert("わ", FieldKind.NAME))
    office.next()
    mozc.gone = False
    office.worker.forget()
    office.worker.convert(Convert("よしだ", FieldKind.TEXT))
    assert not office.next().listed


def test_the_name_is_folded_to_look_it_up(office: Office, mozc: Recording) -> None:
    office.worker.read(AskReading("𠮷田", "kana"))
    event = office.next()
    assert isinstance(event, ReadingReady)
    assert (event.field, event.reading, mozc.asked) == ("kana", "よしだ", ["吉田"])


def test_the_end_of_a_visit_reaches_mozc(office: Office, mozc: Recording) -> None:
    office.worker.forget()
    office.worker.convert(Convert("よ", FieldKind.TEXT))
    office.next()
    assert mozc.asked == ["forget", "よ"]


def test_nothing_that_was_typed_is_in_the_journal_or_in_words_about_events(office: Office, mozc: Recording) -> None:
    mozc.gone = True
    command = Convert("わたなべ", FieldKind.NAME)
    office.worker.convert(command)
    event = office.next()
    for told in (office.lines.getvalue(), repr(command), repr(event), repr(event.candidates[0])):
        assert "わたなべ" not in told
        assert "渡辺" not in told


def test_a_helper_that_is_not_there_is_no_trouble(tmp_path: Path) -> None:
    office = Office(MozcDesk(tmp_path / "nobody.sock"))
    office.worker.forget()
    office.worker.convert(Convert("たかはし", FieldKind.NAME))
    assert office.texts()[:2] == ["高橋", "髙橋"]
    assert office.worker.stop(5.0)
    assert office.unforeseen == []


def test_a_kiosk_without_mozc_uses_the_list() -> None:
    office = Office(None)
    office.worker.convert(Convert("やまざき", FieldKind.NAME))
    assert office.texts()[:2] == ["山崎", "山﨑"]
    assert office.worker.stop(5.0)


@needs_mozc
def test_with_the_real_server_the_whole_way_and_after_a_visit() -> None:
    with running_helper() as helper:
        desk = MozcDesk(helper.socket)
        office = Office(desk)
        before = helper.servers()
        office.worker.convert(Convert("よしだ", FieldKind.NAME))
        event = office.next()
        texts = [candidate.text for candidate in event.candidates]
        assert (event.listed, texts[0]) == (False, "吉田")
        assert "𠮷田" in texts
        office.worker.read(AskReading("髙橋　花子", "kana"))
        assert office.next().reading.replace(" ", "") == "たかはしはなこ"
        office.worker.forget()
        office.worker.convert(Convert("わたなべ", FieldKind.NAME))
        assert "渡邉" in office.texts()
        assert len(before) == len(helper.servers()) == 1
        assert before != helper.servers()
        assert office.worker.stop(5.0)
        assert office.unforeseen == []
        desk.close()
