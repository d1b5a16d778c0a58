"""The stage: finds the scene of a view, lays what belongs over it, and puts it on the panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screens.area import lower_half
from kiosk.screens.low_hint import settled
from kiosk.screens.motion import frame_ms, moved
from kiosk.screens.overlays import OVERLAYS
from kiosk.screens.scenes import SCENES
from kiosk.screens.screen import Screen, present
from kiosk.screens.theme import Theme, theme_for
from kiosk.screens.tokens import ThemeName

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pygame

    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.kit import Kit
    from kiosk.screens.texts import Texts
    from kiosk.screens.widgets.base import Widget


class Stage:
    """One panel with everything that is needed to draw on it."""

    def __init__(self, surface: pygame.Surface, kit: Kit, area: Area, texts: Mapping[str, Texts]) -> None:
        self._kit = kit
        self.area = area
        self._lower = lower_half(area, kit.tokens)
        self._texts = texts
        self._screen = Screen(surface)
        self._view: View | None = None
        self._arranged: list[Widget] = []
        self._themes: dict[tuple[str, float, str], Theme] = {}

    @property
    def surface(self) -> pygame.Surface:
        """What the citizen sees."""
        return self._screen.surface

    def arrange(self, view: View, now: int | None = None) -> list[Widget]:
        """Return the widgets of a view, from back to front; what moves stands where it is at `now` milliseconds."""
        if view != self._view:
            self._view, self._arranged = view, self._widgets(view)
        return moved(self._arranged, view, self._theme(view), now)

    def frame_ms(self, view: View) -> int | None:
        """Return after how many milliseconds something has moved, None while nothing does."""
        return frame_ms(view, self._theme(view))

    def _widgets(self, view: View) -> list[Widget]:
        theme, texts = self._theme(view), self._texts[view.language]
        area = self._lower if view.lower else self.area
        widgets = settled(SCENES[view.step](view, area, theme, texts), area, theme)
        if view.overlay is not None:
            widgets += settled(OVERLAYS[view.overlay](view, area, theme, texts), area, theme)
        return widgets

    def show(
        self, view: View, widgets: Sequence[Widget], pressed: Sequence[Widget], focused: Widget | None = None
    ) -> bool:
        """Draw what has changed and put it on the panel; False when nothing had."""
        drawn = self._screen.show(widgets, self._theme(view), pressed, focused)
        present(drawn)
        return bool(drawn)

    def stands(self) -> bool:
        """Tell whether the last frame that was drawn is still there, and not of one colour all over."""
        return self._screen.stands()

    def forget(self) -> None:
        """Drop everything drawn that may show what a citizen entered."""
        self._kit.forget()
        self._screen.forget()
        self._view, self._arranged = None, []

    def _theme(self, view: View) -> Theme:
        key = view.theme, view.text_size, view.language
        if key not in self._themes:
            self._themes[key] = theme_for(self._kit, self.area, ThemeName(view.theme), view.text_size, view.language)
        return self._themes[key]
