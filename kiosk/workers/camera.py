"""The camera's thread: there while its scene is up, and gone with everything it saw when the scene goes."""

from __future__ import annotations

from threading import Event as Signal
from typing import TYPE_CHECKING, Final

from drivers.camera import CameraFault, Frame, FrameSource
from kiosk.application.photograph import PhotographTooLarge, developed, looked_at
from kiosk.journey.camera_events import CameraFailure, CameraLost, FrameSeen, PhotographTaken
from kiosk.workers.tasks import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.application.picture import Picture
    from kiosk.clock import Clock
    from kiosk.journal import Journal
    from kiosk.journey.commands import AskFrame, OpenCamera, TakePhotograph
    from kiosk.journey.events import Event

FRAME_SECONDS: Final = 1 / 12  # between two pictures; more would not be seen and would take the processor
HANDING_OVER: Final = 5.0  # seconds that the thread before this one has to let the camera go


class Darkroom:
    """Opens the camera for a scene and closes it after it; never waits for it."""

    def __init__(
        self,
        source: Callable[[], FrameSource] | None,
        turned: int,
        clock: Clock,
        post: Callable[[Event], None],
        journal: Journal,
        failed: Callable[[Exception], None],
    ) -> None:
        """`source` None: this kiosk has no camera. `turned` is by how many degrees clockwise it is mounted."""
        self._source, self._turned = source, turned
        self._clock, self._post, self._journal, self._failed = clock, post, journal, failed
        self._lens: Lens | None = None

    def open(self, command: OpenCamera) -> None:
        """Switch the camera on in a thread of its own."""
        if self._source is None:
            self._post(CameraLost(command.round, CameraFailure.ABSENT))
            return
        before = self._lens
        self._lens = Lens(
            command.round, self._source(), self._turned, self._clock, self._post, self._journal, self._failed
        )
        self._lens.begin(before)

    def look(self, command: AskFrame) -> None:
        """Show what is seen next."""
        if self._lens is not None and self._lens.round == command.round:
            self._lens.give(self._lens.look)

    def photograph(self, command: TakePhotograph) -> None:
        """Take a picture."""
        lens = self._lens
        if lens is not None and lens.round == command.round:
            lens.give(lambda: lens.photograph(command.pixels))

    def close(self) -> None:
        """Switch the camera off."""
        if self._lens is not None:
            self._lens.end()

    def stop(self, seconds: float) -> bool:
        """Switch the camera off and wait for it; False when it has not ended within `seconds`."""
        self.close()
        return self._lens is None or self._lens.stop(seconds)


class Lens(Worker):
    """One opening of the camera."""

    def __init__(
        self,
        number: int,
        source: FrameSource,
        turned: int,
        clock: Clock,
        post: Callable[[Event], None],
        journal: Journal,
        failed: Callable[[Exception], None],
    ) -> None:
        super().__init__("camera", clock, failed)
        self.round = number
        self._source, self._turned = source, turned
        self._post, self._journal = post, journal
        self._closing = Signal()
        self._seen: Picture | None = None

    def begin(self, before: Lens | None) -> None:
        """Start, switch the camera on once the thread before this one has let it go, and show the first picture."""
        self.start()
        self.give(lambda: self._open(before))

    def _open(self, before: Lens | None) -> None:
        if before is not None and not before.stop(HANDING_OVER):
            self._lost(CameraFailure.FAULT, "held")
            return
        try:
            self._source.start()
        except CameraFault as fault:
            self._lost(CameraFailure.FAULT, _reason(fault))
        else:
            self.look()

    def look(self) -> None:
        """Post what is seen next, at a steady pace; what looks the same is the same picture."""
        if self._closing.wait(FRAME_SECONDS if self._seen is not None else 0):
            return
        try:
            frame = self._source.capture()
        except CameraFault as fault:
            self._lost(CameraFailure.FAULT, _reason(fault))
            return
        picture = looked_at(frame.rgb, (frame.width, frame.height), turned=self._turned)
        if picture != self._seen:
            self._seen = picture
        self._post(FrameSeen(self.round, self._seen))

    def photograph(self, pixels: int) -> None:
        """Take a picture, develop it and post it."""
        if self._closing.is_set():
            return
        began = self._clock.ticks()
        try:
            taken = self._developed(self._source.photograph(), pixels)
        except CameraFault as fault:
            self._lost(CameraFailure.FAULT, _reason(fault))
        except PhotographTooLarge:
            self._lost(CameraFailure.TOO_LARGE, "size")
        else:
            self._journal.note("photographed", ms=round((self._clock.ticks() - began) * 1000, 1), bytes=taken[1])
            self._post(taken[0])

    def _developed(self, frame: Frame, pixels: int) -> tuple[PhotographTaken, int]:
        size = frame.width, frame.height
        photograph = developed(frame.rgb, size, turned=self._turned, pixels=pixels)
        return PhotographTaken(self.round, photograph), len(photograph.jpeg)

    def _lost(self, failure: CameraFailure, reason: str) -> None:
        self._journal.warn("camera-lost", failure=failure.value, reason=reason)
        self._post(CameraLost(self.round, failure))

    def end(self) -> None:
        """Switch the camera off and end, without waiting for it."""
        self._closing.set()
        self.give(self._shut)
        self.stop(0.0)

    def _shut(self) -> None:
        self._source.stop()
        self._seen = None


def _reason(fault: CameraFault) -> str:
    """Return what lay behind a fault as the journal takes it: a name, never a message."""
    return type(fault.__cause__ or fault).__name__
