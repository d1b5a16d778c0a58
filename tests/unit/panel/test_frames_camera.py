"""The camera's seam, played by image files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drivers.camera import CameraFault, FrameSource, ImageFiles, PiCamera, read_netpbm

if TYPE_CHECKING:
    from pathlib import Path

RED_BLUE = b"P6\n# two pixels\n2 1\n255\n" + bytes((255, 0, 0, 0, 0, 255))
GREY = b"P5 1 2 255 " + bytes((10, 200))


def test_colour_and_grey_become_rgb() -> None:
    frame = read_netpbm(RED_BLUE)
    assert (frame.width, frame.height, frame.rgb) == (2, 1, bytes((255, 0, 0, 0, 0, 255)))
    frame = read_netpbm(GREY)
    assert (frame.width, frame.height, frame.rgb) == (1, 2, bytes((10, 10, 10, 200, 200, 200)))


@pytest.mark.parametrize(
    "data",
    [b"", b"P6", b"P6 2 1", b"P3 1 1 255 1 2 3", b"P6 2 1 65535 " + bytes(12), RED_BLUE[:-1], b"P6 x 1 255 ", b"P6 # "],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_netpbm(data)


def test_files_come_round_in_order(tmp_path: Path) -> None:
    paths = [tmp_path / "a.ppm", tmp_path / "b.pgm"]
    paths[0].write_bytes(RED_BLUE)
    paths[1].write_bytes(GREY)
    source: FrameSource = ImageFiles(paths)
    source.start()
    assert [source.capture().width for _ in range(3)] == [2, 1, 2]
    source.stop()
    source.start()
    assert source.capture().width == 2


def test_faults_are_told(tmp_path: Path) -> None:
    (tmp_path / "bad.ppm").write_bytes(b"P6 9 9 255 ")
    source = ImageFiles([tmp_path / "bad.ppm", tmp_path / "missing.ppm"])
    with pytest.raises(CameraFault, match="not started"):
        source.capture()
    source.start()
    for name in ("bad", "missing"):
        with pytest.raises(CameraFault, match=name):
            source.capture()
    with pytest.raises(CameraFault, match="no image files"):
        ImageFiles([]).start()


def test_a_machine_without_picamera2_has_no_camera() -> None:
    with pytest.raises(CameraFault):
        PiCamera()
