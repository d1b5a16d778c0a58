"""The camera's seam, played by image files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from drivers.camera import PREVIEW, CameraFault, FrameSource, ImageFiles, PiCamera

if TYPE_CHECKING:
    from pathlib import Path

RED, BLUE = (255, 0, 0), (0, 0, 255)


def saved(path: Path, colour: tuple[int, int, int], size: tuple[int, int] = (8, 6)) -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


def test_files_come_round_in_order_each_until_it_is_photographed(tmp_path: Path) -> None:
    paths = [saved(tmp_path / "a.png", RED), saved(tmp_path / "b.ppm", BLUE)]
    source: FrameSource = ImageFiles(paths)
    source.start()
    seen = [source.capture(), source.capture(), source.photograph(), source.capture(), source.photograph()]
    assert [tuple(frame.rgb[:3]) for frame in seen] == [RED, RED, RED, BLUE, BLUE]
    assert tuple(source.capture().rgb[:3]) == RED
    source.photograph()
    source.stop()
    source.start()
    assert tuple(source.capture().rgb[:3]) == RED


def test_what_is_looked_at_is_small_and_what_is_photographed_is_whole(tmp_path: Path) -> None:
    source = ImageFiles([saved(tmp_path / "a.png", RED, (2000, 1000))])
    source.start()
    look, still = source.capture(), source.photograph()
    assert (look.width, look.height) == (PREVIEW[0], PREVIEW[0] // 2)
    assert (still.width, still.height, len(still.rgb)) == (2000, 1000, 6_000_000)


def test_faults_are_told(tmp_path: Path) -> None:
    (tmp_path / "bad.ppm").write_bytes(b"P6 9 9 255 ")
    (tmp_path / "text.png").write_bytes(b"no picture")
    for name in ("bad.ppm", "text.png", "missing.png"):
        source = ImageFiles([tmp_path / name])
        with pytest.raises(CameraFault, match="not started"):
            source.capture()
        source.start()
        with pytest.raises(CameraFault, match=name):
            source.capture()
        with pytest.raises(CameraFault, match=name):
            source.photograph()
    with pytest.raises(CameraFault, match="no image files"):
        ImageFiles([]).start()


def test_a_machine_without_picamera2_has_no_camera() -> None:
    camera = PiCamera()
    with pytest.raises(CameraFault, match="picamera2"):
        camera.start()
    with pytest.raises(CameraFault, match="not started"):
        camera.photograph()
    camera.stop()
