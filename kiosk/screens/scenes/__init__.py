"""One scene per step."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kiosk.journey.map import Step
from kiosk.screens.scenes import checklist

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.screens.scene import Scene

SCENES: Final[Mapping[Step, Scene]] = MappingProxyType(
    {
        Step.CHECKLIST: checklist.arrange,
    }
)
