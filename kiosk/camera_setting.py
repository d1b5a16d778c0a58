"""The camera's table of the configuration."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - msgspec resolves the annotation at run time
from typing import Annotated, Literal

import msgspec

from kiosk.forms.legible import LEAST_PIXELS

Pixels = Annotated[int, msgspec.Meta(ge=320, le=7680)]


class Camera(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The camera that photographs papers; a form that asks for one leads another way where there is none."""

    factory: Literal["none", "pi", "files"] = "none"
    width: Pixels = 2592  # of a photograph; A4 that fills it has 222 dots an inch
    height: Pixels = 1944
    turned: Literal[0, 90, 180, 270] = 0  # degrees clockwise by which the camera is mounted
    files: tuple[Path, ...] = ()  # that play the camera, one after the other; demonstration only

    def fault(self) -> tuple[str, str] | None:
        """Return the key that is wrong and what was expected: photographs must be legible, files must be named."""
        if self.width * self.height < LEAST_PIXELS:
            return "camera.width", f"with camera.height, {LEAST_PIXELS} pixels or more (A4 to be read)"
        if self.factory == "files" and not self.files:
            return "camera.files", "at least one image file that plays the camera"
        return None
