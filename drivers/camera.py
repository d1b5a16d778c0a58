"""Where frames come from: the kiosk's camera through picamera2, or image files that play it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from itertools import cycle
from typing import TYPE_CHECKING, Any, Final, Protocol

from drivers.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_HEADER_FIELDS: Final = 4  # kind, width, height, maximum
_FULL: Final = 255
_BYTES_PER_PIXEL: Final = {b"P5": 1, b"P6": 3}  # grey, colour


class CameraFault(DeviceError):
    """The camera is missing, busy or unplugged, or an image that plays it cannot be read."""


@dataclass(frozen=True, slots=True, repr=False)
class Frame:
    """One picture: `rgb` holds 3 bytes per pixel, row by row."""

    width: int
    height: int
    rgb: bytes


class FrameSource(Protocol):
    """A camera, as far as the kiosk needs one."""

    def start(self) -> None:
        """Switch the camera on; raises CameraFault."""
        ...

    def capture(self) -> Frame:
        """Take the next picture; raises CameraFault."""
        ...

    def stop(self) -> None:
        """Switch the camera off."""
        ...


class PiCamera:
    """The Raspberry Pi's camera; raises CameraFault where there is none."""

    def __init__(self, width: int = 640, height: int = 480) -> None:
        try:
            module = import_module("picamera2")  # only there where Raspberry Pi OS brings it
        except ImportError as error:
            raise CameraFault("picamera2 is not installed") from error
        try:
            self._camera: Any = module.Picamera2()
            # "BGR888" is libcamera's name for bytes that lie in memory as red, green, blue.
            main = {"size": (width, height), "format": "BGR888"}
            self._camera.configure(self._camera.create_preview_configuration(main=main))
        except (RuntimeError, IndexError, OSError) as error:
            raise CameraFault(str(error)) from error

    def start(self) -> None:
        """Switch the camera on."""
        try:
            self._camera.start()
        except (RuntimeError, OSError) as error:
            raise CameraFault(str(error)) from error

    def capture(self) -> Frame:
        """Take the next picture."""
        try:
            pixels = self._camera.capture_array("main")
        except (RuntimeError, OSError) as error:
            raise CameraFault(str(error)) from error
        height, width = pixels.shape[:2]
        return Frame(width, height, pixels.tobytes())

    def stop(self) -> None:
        """Switch the camera off."""
        self._camera.stop()


class ImageFiles:
    """Shows image files (PPM or PGM, binary) one after the other, again and again."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._order: Iterator[Path] | None = None

    def start(self) -> None:
        """Begin with the first file; raises CameraFault when there is none."""
        if not self._paths:
            raise CameraFault("no image files")
        self._order = cycle(self._paths)

    def capture(self) -> Frame:
        """Read the next file."""
        if self._order is None:
            raise CameraFault("not started")
        path = next(self._order)
        try:
            return read_netpbm(path.read_bytes())
        except (OSError, ValueError) as error:
            raise CameraFault(f"{path.name}: {error}") from error

    def stop(self) -> None:
        """Forget where it was."""
        self._order = None


def read_netpbm(data: bytes) -> Frame:
    """Decode a binary PPM (P6) or PGM (P5) with 8 bits per value; raises ValueError."""
    fields, start = _netpbm_header(data)
    if fields[0] not in _BYTES_PER_PIXEL:
        raise ValueError("neither P5 nor P6")
    width, height, most = (int(field) for field in fields[1:])
    pixels = data[start:]
    if most != _FULL or len(pixels) != width * height * _BYTES_PER_PIXEL[fields[0]]:
        raise ValueError("size or depth does not fit")
    rgb = pixels if fields[0] == b"P6" else bytes(value for value in pixels for _ in range(3))
    return Frame(width, height, rgb)


def _netpbm_header(data: bytes) -> tuple[list[bytes], int]:
    """Return the header's four fields and where the pixels start: one white space after the last field."""
    fields: list[bytes] = []
    at = 0
    while len(fields) < _HEADER_FIELDS:
        while data[at : at + 1].isspace():
            at += 1
        end = at
        while end < len(data) and not data[end : end + 1].isspace():
            end += 1
        if end == at:
            raise ValueError("header ends early")
        if data[at : at + 1] == b"#":
            at = data.find(b"\n", at) + 1 or len(data)
            continue
        fields.append(data[at:end])
        at = end
    return fields, at + 1
