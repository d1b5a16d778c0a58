"""The camera's thread with image files before it: one picture at a time, faults told, nothing kept."""

from __future__ import annotations

import gc
import io
import queue
import threading
import weakref
from threading import Event as Signal
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from drivers.camera import CameraFault, Frame, ImageFiles
from kiosk.application.photograph import MOST_BYTES
from kiosk.clock import SystemClock
from kiosk.journal import Journal
from kiosk.journey.camera_events import CameraFailure, CameraLost, FrameSeen, PhotographTaken
from kiosk.journey.commands import AskFrame, OpenCamera, TakePhotograph
from kiosk.workers.camera import Darkroom

if TYPE_CHECKING:
    from pathlib import Path

PIXELS = 5_038_848


class Studio:
    """A darkroom and the mail that it posts."""

    def __init__(self, source, turned: int = 0) -> None:
        self.mail: queue.SimpleQueue = queue.SimpleQueue()
        self.unforeseen: list[Exception] = []
        self.lines = io.StringIO()
        clock = SystemClock()
        journal = Journal("kiosk", self.lines, clock)
        self.darkroom = Darkroom(source, turned, clock, self.mail.put, journal, self.unforeseen.append)

    def next(self):
        return self.mail.get(timeout=20)

    def seen_and_taken(self, number: int = 1) -> PhotographTaken:
        self.darkroom.open(OpenCamera(number))
        assert isinstance(self.next(), FrameSeen)
        self.darkroom.photograph(TakePhotograph(number, PIXELS))
        return self.next()

    def end(self) -> None:
        assert self.darkroom.stop(10)
        assert self.unforeseen == []
        for thread in threading.enumerate():
            if thread.name == "camera":
                thread.join(20)
        assert not [thread for thread in threading.enumerate() if thread.name == "camera"]


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    found = []
    for name, colour in (("a.png", (250, 20, 20)), ("b.png", (20, 20, 250))):
        Image.new("RGB", (2592, 1944), colour).save(tmp_path / name)
        found.append(tmp_path / name)
    return found


def test_pictures_come_when_they_are_asked_for(papers) -> None:
    studio = Studio(lambda: ImageFiles(papers))
    studio.darkroom.open(OpenCamera(1))
    first = studio.next()
    assert (first.round, first.picture.width, first.picture.height) == (1, 640, 480)
    studio.darkroom.look(AskFrame(1))
    assert studio.next().picture is first.picture, "what looks the same is the same, and is not drawn again"
    studio.darkroom.look(AskFrame(9))
    studio.end()
    assert studio.mail.empty()


def test_a_photograph_is_developed(papers) -> None:
    studio = Studio(lambda: ImageFiles(papers), turned=90)
    taken = studio.seen_and_taken()
    assert taken.round == 1
    assert (taken.photograph.width, taken.photograph.height) == (1944, 2592)
    assert len(taken.photograph.jpeg) <= MOST_BYTES
    studio.end()
    assert '"event": "photographed"' in studio.lines.getvalue()
    assert taken.photograph.sha256 not in studio.lines.getvalue()


def test_the_next_opening_waits_for_the_one_before(papers) -> None:
    studio = Studio(lambda: ImageFiles(papers))
    studio.seen_and_taken(1)
    studio.darkroom.close()
    assert studio.seen_and_taken(2).round == 2
    studio.end()


def test_a_kiosk_without_a_camera_says_so() -> None:
    studio = Studio(None)
    studio.darkroom.open(OpenCamera(3))
    assert studio.next() == CameraLost(3, CameraFailure.ABSENT)
    studio.darkroom.close()
    studio.end()


def test_a_camera_that_cannot_be_opened_is_told(tmp_path) -> None:
    studio = Studio(lambda: ImageFiles([tmp_path / "nothing.png"]))
    studio.darkroom.open(OpenCamera(1))
    assert studio.next() == CameraLost(1, CameraFailure.FAULT)
    studio.end()
    assert '"reason": "FileNotFoundError"' in studio.lines.getvalue()
    assert "nothing.png" not in studio.lines.getvalue()


def test_a_camera_that_is_unplugged_is_told(papers) -> None:
    studio = Studio(lambda: ImageFiles(papers))
    studio.darkroom.open(OpenCamera(1))
    studio.next()
    for path in papers:
        path.unlink()
    studio.darkroom.photograph(TakePhotograph(1, PIXELS))
    assert isinstance(studio.next(), PhotographTaken), "the first file was already before the camera"
    studio.darkroom.photograph(TakePhotograph(1, PIXELS))
    assert studio.next() == CameraLost(1, CameraFailure.FAULT)
    studio.end()


def test_what_does_not_fit_its_size_is_told_and_not_spoilt(tmp_path) -> None:
    Image.effect_noise((3000, 2500), 200).convert("RGB").save(tmp_path / "snow.png")
    studio = Studio(lambda: ImageFiles([tmp_path / "snow.png"]))
    studio.darkroom.open(OpenCamera(1))
    studio.next()
    studio.darkroom.photograph(TakePhotograph(1, 12_000_000))
    assert studio.next() == CameraLost(1, CameraFailure.TOO_LARGE)
    studio.end()


class HeldUp:
    """A camera that stands still while it is opened, as a real one does when its cable is half out."""

    def __init__(self) -> None:
        self.go_on, self.begun = Signal(), Signal()

    def start(self) -> None:
        self.begun.set()
        self.go_on.wait(20)

    def capture(self) -> Frame:
        return Frame(1, 1, bytes(3))

    def photograph(self) -> Frame:
        raise CameraFault("gone")

    def stop(self) -> None:
        self.go_on.set()


def test_a_camera_that_hangs_holds_nobody_up(monkeypatch) -> None:
    monkeypatch.setattr("kiosk.workers.camera.HANDING_OVER", 0.05)
    camera = HeldUp()
    studio = Studio(lambda: camera)
    studio.darkroom.open(OpenCamera(1))
    assert camera.begun.wait(20)
    studio.darkroom.close()
    studio.darkroom.open(OpenCamera(2))
    assert studio.next() == CameraLost(2, CameraFailure.FAULT)
    camera.go_on.set()
    studio.end()


def test_nothing_that_was_seen_is_kept(papers) -> None:
    studio = Studio(lambda: ImageFiles(papers))
    held = weakref.ref(studio.seen_and_taken().photograph)
    studio.darkroom.close()
    studio.end()
    gc.collect()
    assert held() is None
    assert studio.darkroom._lens._seen is None
