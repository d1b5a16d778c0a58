"""Where frames come from: the kiosk's camera through picamera2, or image files that play it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from itertools import cycle
from typing import TYPE_CHECKING, Any, Final, Protocol

from drivers.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from PIL.Image import Image

PREVIEW: Final = (640, 480)  # pixels of the live picture
STILL: Final = (2592, 1944)  # A4 that fills the frame has 222 dots an inch


class CameraFault(DeviceError):
    """The camera is missing, busy or unplugged, or an image that plays it cannot be read."""


@dataclass(frozen=True, slots=True, repr=False)
class Frame:
    """One picture: `rgb` holds 3 bytes per pixel, row by row."""

    width: int
    height: int
    rgb: bytes


class FrameSource(Protocol):
    """A camera, as far as the kiosk needs one; all methods are called from one thread."""

    def start(self) -> None:
        """Switch the camera on; raises CameraFault."""
        ...

    def capture(self) -> Frame:
        """Take the next small picture, for looking; raises CameraFault."""
        ...

    def photograph(self) -> Frame:
        """Take a picture as large as the camera is set to; raises CameraFault."""
        ...

    def stop(self) -> None:
        """Switch the camera off; never raises."""
        ...


class PiCamera:
    """The Raspberry Pi's camera, a thin line to picamera2 (0.3), which only Raspberry Pi OS brings."""

    def __init__(self, width: int = STILL[0], height: int = STILL[1]) -> None:
        self._size = width, height
        self._camera: Any = None
        self._still: Any = None

    def start(self) -> None:
        """Open the camera and switch it on; raises CameraFault where there is none or somebody else has it."""
        try:
            module = import_module("picamera2")
        except ImportError as error:
            raise CameraFault("picamera2 is not installed") from error
        try:
            self._camera = module.Picamera2()
            # "BGR888" is libcamera's name for bytes that lie in memory as red, green, blue.
            look = self._camera.create_preview_configuration(main={"size": PREVIEW, "format": "BGR888"})
            self._still = self._camera.create_still_configuration(main={"size": self._size, "format": "BGR888"})
            self._camera.configure(look)
            self._camera.start()
        except (RuntimeError, IndexError, OSError) as error:
            raise CameraFault(type(error).__name__) from error

    def capture(self) -> Frame:
        """Take the next small picture."""
        return self._taken(lambda camera: camera.capture_array("main"))

    def photograph(self) -> Frame:
        """Change to the large size for one picture, and back."""
        return self._taken(lambda camera: camera.switch_mode_and_capture_array(self._still, "main"))

    def _taken(self, take: Any) -> Frame:
        if self._camera is None:
            raise CameraFault("not started")
        try:
            pixels = take(self._camera)
        except (RuntimeError, OSError) as error:
            raise CameraFault(type(error).__name__) from error
        height, width = pixels.shape[:2]
        return Frame(width, height, pixels.tobytes())

    def stop(self) -> None:
        """Switch the camera off and let others have it."""
        camera, self._camera = self._camera, None
        if camera is None:
            return
        try:
            camera.stop()
            camera.close()
        except (RuntimeError, OSError):
            return  # it is gone already


class ImageFiles:
    """Shows image files one after the other, again and again; each is looked at until it is photographed."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._order: Iterator[Path] | None = None
        self._now: Image | None = None
        self._small: Frame | None = None

    def start(self) -> None:
        """Begin with the first file; raises CameraFault when there is none."""
        if not self._paths:
            raise CameraFault("no image files")
        self._order = cycle(self._paths)
        self._now = self._small = None

    def capture(self) -> Frame:
        """Return the file that is before the camera, small."""
        whole = self._before()
        if self._small is None:
            small = whole.copy()
            small.thumbnail(PREVIEW)
            self._small = _frame(small)
        return self._small

    def photograph(self) -> Frame:
        """Return the file that is before the camera; the next one comes after it."""
        taken = _frame(self._before())
        self._now = self._small = None
        return taken

    def _before(self) -> Image:
        if self._order is None:
            raise CameraFault("not started")
        if self._now is None:
            self._now = _read(next(self._order))
        return self._now

    def stop(self) -> None:
        """Forget where it was."""
        self._order = self._now = self._small = None


def source_of(factory: str, size: tuple[int, int], files: Sequence[Path]) -> Callable[[], FrameSource] | None:
    """Return what makes the configured camera: "pi", "files", or nothing for "none"."""
    makers: Mapping[str, Callable[[], FrameSource]] = {
        "pi": lambda: PiCamera(*size),
        "files": lambda: ImageFiles(files),
    }
    return makers.get(factory)


def _read(path: Path) -> Image:
    """Read an image file; raises CameraFault, which names the file."""
    from PIL import Image  # where no files play the camera nobody needs it

    try:
        with Image.open(path) as image:
            return image.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise CameraFault(f"{path.name}: {type(error).__name__}") from error


def _frame(image: Image) -> Frame:
    return Frame(image.width, image.height, image.tobytes())
