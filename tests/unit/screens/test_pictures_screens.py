import re

import pygame
import pytest

from kiosk.screens.kit import THEMES
from kiosk.screens.pictures import PictureMissing
from kiosk.screens.tokens import ThemeName

ILLUSTRATIONS = sorted(path.stem for path in (THEMES / "illustrations").glob("*.svg"))
ICONS = sorted(path.stem for path in (THEMES / "icons").glob("*.svg"))


def test_all_drawings_of_the_design_are_there():
    assert {"kiosk", "card", "lay-card", "take-card", "accepted", "held", "have-card"} <= set(ILLUSTRATIONS)
    assert {"back", "next", "check", "cross", "bell", "text", "warn", "info", "erase"} <= set(ICONS)
    assert len(ILLUSTRATIONS) >= 22


@pytest.mark.parametrize("name", ILLUSTRATIONS)
def test_illustrations_use_the_named_colours_only(kit, name):
    source = (THEMES / "illustrations" / f"{name}.svg").read_text()
    named = {value.lower() for value in kit.tokens.themes[ThemeName.LIGHT].illustration.values()}
    assert {found.lower() for found in re.findall(r"#[0-9A-Fa-f]{6}", source)} <= named
    assert "<text" not in source


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_leaves_ink_in_the_colour_asked(kit, name):
    drawn = kit.icons.get(name, 48, 5, (200, 10, 20))
    solid = [drawn.get_at((x, y)) for x in range(48) for y in range(48) if drawn.get_at((x, y)).a == 255]
    assert solid
    assert {tuple(colour)[:3] for colour in solid} == {(200, 10, 20)}


def test_a_heavier_line_leaves_more_ink(kit):
    thin, thick = (pygame.mask.from_surface(kit.icons.get("check", 48, w, (0, 0, 0))).count() for w in (3, 8))
    assert thick > 1.5 * thin


def test_another_theme_draws_in_its_own_colours(kit):
    dark = kit.tokens.themes[ThemeName.DARK].illustration
    light = kit.tokens.themes[ThemeName.LIGHT].illustration
    drawn = [kit.illustrations.get("held", 132, colours) for colours in (light, dark)]
    assert drawn[0].get_size() == drawn[1].get_size() == (132, 132)
    mists = [tuple(int(colours["mist"][i : i + 2], 16) for i in (1, 3, 5)) for colours in (light, dark)]
    for surface, mist in zip(drawn, mists, strict=True):
        assert tuple(surface.get_at((66, 14)))[:3] == mist


def test_no_dark_fringe_around_a_drawing(kit):
    drawn = kit.illustrations.get("held", 132, kit.tokens.themes[ThemeName.LIGHT].illustration)
    ground = pygame.Surface((132, 132))
    ground.fill((247, 244, 238))
    ground.blit(drawn, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
    edge = [sum(tuple(ground.get_at((x, y)))[:3]) for y in range(132) for x in range(12)]
    assert min(edge) >= sum((230, 237, 253)) - 12


def test_a_missing_drawing_is_an_error(kit):
    with pytest.raises(PictureMissing):
        kit.illustrations.height("unicorn", 10)
    with pytest.raises(PictureMissing):
        kit.icons.get("unicorn", 10, 5, (0, 0, 0))
