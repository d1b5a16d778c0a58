"""A theme as scenes and widgets see it: colours by role, lengths by design pixel, type by role."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.screens.fonts import region_of
from kiosk.screens.setting import Colour, Setting
from kiosk.screens.tokens import ThemeName, TypeToken

if TYPE_CHECKING:
    from kiosk.screens.area import Area
    from kiosk.screens.kit import Kit

LARGEST_HEADING = 56  # headings grow with the citizen's text size up to this and no further
STEPS_FOLD_FROM = 1.4  # from this text size on the step bar names the current step only
SMALLEST = 22  # panel px; below it no word is set
READ = frozenset({"ja-simple"})  # languages with readings above the words
READ_LINE = 1.32  # line of a text with readings, in parts of the em; they reach a little into the line above


class Type(StrEnum):
    """The roles of the type scale in tokens.json."""

    DISPLAY = "display"
    HEADING = "heading"
    HEADING_SMALL = "heading_small"
    LEAD = "lead"
    BODY = "body"
    LABEL = "label"
    NUMBER = "number"
    ENTRY = "entry"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Face:
    """A size of type in design pixels; `most` is how far it grows with the text size, `small` its px at 800x480."""

    px: int
    line: int
    bold: bool = False
    fixed: bool = False
    most: int | None = None
    small: int | None = None
    spacing: int = 0


BUTTON = Face(32, 40, bold=True, most=46)
BUTTON_MAIN = Face(34, 40, bold=True, most=48, small=30)
FUNCTION = Face(26, 32, bold=True, most=32)
SYMBOL = Face(44, 44, bold=True, fixed=True, most=52)
CANDIDATE = Face(40, 44, bold=True, most=44)
DETAIL = Face(26, 38)
HINT = Face(26, 38, most=34)
UTILITY = Face(24, 32, bold=True, most=26, small=24)
STEP = Face(26, 34, bold=True, most=32, small=24)
MARK = Face(24, 34, bold=True, most=24)
CHOICE = Face(30, 42, bold=True)
VALUE = Face(32, 38, bold=True)
FIGURE = Face(54, 64, bold=True, fixed=True, most=54, spacing=1)


def _rgb(value: str) -> Colour:
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


@dataclass(frozen=True)
class Theme:
    """One theme on one panel at one text size."""

    kit: Kit = field(repr=False)
    name: ThemeName = ThemeName.LIGHT
    factor: float = 1.0
    text_factor: float = 1.0
    small: bool = False
    language: str = "ja"

    @cached_property
    def _colours(self) -> dict[str, Colour]:
        tokens = self.kit.tokens.themes[self.name]
        drawn = {f"illustration.{role}": value for role, value in tokens.illustration.items()}
        return {role: _rgb(value) for role, value in (tokens.colour | drawn).items()}

    @cached_property
    def _faces(self) -> dict[Type | Face, Setting]:
        return {}

    @property
    def illustration(self) -> dict[str, str]:
        """Return the twelve colours of pictures as #RRGGBB, by role."""
        return self.kit.tokens.themes[self.name].illustration

    @property
    def stark(self) -> bool:
        """Tell whether the theme has no tints and draws borders instead."""
        return self.kit.tokens.themes[self.name].border_px > self.kit.tokens.themes[ThemeName.LIGHT].border_px

    @property
    def folded(self) -> bool:
        """Tell whether the step bar names only the current step."""
        return self.small or self.text_factor >= STEPS_FOLD_FROM

    def colour(self, role: str) -> Colour:
        """Return the colour of a role; raises KeyError where there is none of that name."""
        return self._colours[role]

    def width(self, text: str, face: Type | Face) -> int:
        """Return how wide the widest line of an unbroken text is set, in panel pixels."""
        return self.kit.type.width(text, self.face(face))

    def height(self, text: str, face: Type | Face, width: int) -> int:
        """Return how high a text is when broken to a width, both in panel pixels."""
        setting = self.face(face)
        return len(self.kit.type.lines(text, setting, width)) * setting.line

    def picture_height(self, name: str, width: int) -> int:
        """Return how high an illustration is at a width, in panel pixels."""
        return self.kit.illustrations.height(name, width)

    def px(self, design: float) -> int:
        """Turn a design length into panel pixels, never to nothing."""
        return max(1, round(design * self.factor)) if design > 0 else round(design * self.factor)

    @property
    def line_px(self) -> int:
        """Return the width of a border that carries no meaning."""
        return self.px(self.kit.tokens.themes[self.name].border_px)

    @property
    def control_px(self) -> int:
        """Return the width of a border that can be touched."""
        return self.px(max(3, self.kit.tokens.themes[self.name].border_px))

    @property
    def key_px(self) -> int:
        """Return the width of a key's border."""
        return self.px(max(2, self.kit.tokens.themes[self.name].border_px - 1))

    def face(self, face: Type | Face) -> Setting:
        """Return a role of the type scale, or an odd size, as it is set here."""
        known = self._faces.get(face)
        if known is None:
            known = self._odd(face) if isinstance(face, Face) else self._role(face)
            line = max(known.line, round(known.px * READ_LINE)) if self.language in READ else known.line
            known = self._faces[face] = replace(known, line=line, region=region_of(self.language))
        return known

    def _role(self, role: Type) -> Setting:
        token = self.kit.tokens.type[role]
        odd = self.kit.tokens.type_800x480.get(role) if self.small else None
        bold, fixed = token.weight == "bold", token.font == "fixed"
        if isinstance(odd, TypeToken):
            heading = role in {Type.HEADING, Type.HEADING_SMALL}  # there the words need the room
            grown = odd.px if heading else self._grown(odd.px, None)
            return Setting(grown, _line(odd.px, odd.line_px, grown), bold, fixed)
        grown = self._grown(token.px, self._most(role, token.px))
        return self._on_panel(grown, _line(token.px, token.line_px, grown), bold=bold, fixed=fixed)

    @staticmethod
    def _most(role: Type, px: int) -> int | None:
        if role in {Type.HEADING, Type.HEADING_SMALL}:
            return LARGEST_HEADING
        return px if role in {Type.DISPLAY, Type.NUMBER, Type.KEY} else None

    def _odd(self, face: Face) -> Setting:
        if self.small and face.small is not None:
            return Setting(face.small, _line(face.px, face.line, face.small), face.bold, face.fixed, face.spacing)
        grown = self._grown(face.px, face.most)
        line = _line(face.px, face.line, grown)
        return self._on_panel(grown, line, bold=face.bold, fixed=face.fixed, spacing=face.spacing)

    def _grown(self, px: int, most: int | None) -> int:
        grown = round(px * self.text_factor)
        return grown if most is None else max(px, min(grown, most))

    def _on_panel(self, px: int, line: int, *, bold: bool, fixed: bool, spacing: int = 0) -> Setting:
        on_panel = max(int(px * self.factor + 0.01), min(px, SMALLEST))
        return Setting(on_panel, max(on_panel, round(line * self.factor)), bold, fixed, spacing)


def _line(px: int, line: int, grown: int) -> int:
    """Return the line of a grown size: large type needs less lead than small type."""
    return line if grown == px else max(round(grown * min(line / px, 1.38)), grown)


def theme_for(
    kit: Kit, area: Area, name: ThemeName = ThemeName.LIGHT, text_factor: float = 1.0, language: str = "ja"
) -> Theme:
    """Return a theme as it looks in an area, with the type that a language needs."""
    return Theme(kit, name, area.factor, text_factor, area.small, language)
