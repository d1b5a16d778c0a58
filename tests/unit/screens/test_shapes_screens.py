import pygame
import pytest

from kiosk.screens.outline import Outline, dashes
from kiosk.screens.rect import Rect
from kiosk.screens.shapes import Box, Shapes, _box_sprite

GROUND, FILL, BORDER, EDGE = (247, 244, 238), (255, 255, 255), (111, 103, 92), (236, 230, 218)
BUTTON = Box(FILL, BORDER, 3, 16, EDGE, 6)


@pytest.fixture
def surface(kit):
    made = pygame.Surface((400, 300))
    made.fill(GROUND)
    return made


def at(surface, x, y):
    return tuple(surface.get_at((x, y)))[:3]


def test_a_box_has_border_face_and_lower_edge(surface):
    Shapes().box(surface, Rect(10, 10, 232, 96), BUTTON)
    assert [at(surface, 120, y) for y in (9, 10, 12, 13, 96, 97, 102, 103, 105, 106)] == [
        *(GROUND, BORDER, BORDER, FILL, FILL, EDGE, EDGE, BORDER, BORDER, GROUND),
    ]
    assert [at(surface, x, 50) for x in (9, 10, 12, 13, 238, 239, 241, 242)] == [
        *(GROUND, BORDER, BORDER, FILL, FILL, BORDER, BORDER, GROUND),
    ]


def test_corners_are_round_and_smooth(surface):
    Shapes().box(surface, Rect(10, 10, 232, 96), BUTTON)
    assert at(surface, 10, 10) == GROUND
    steps = {at(surface, x, 10) for x in range(10, 40)}
    assert len(steps - {GROUND, BORDER}) >= 3


def test_a_stretched_box_looks_like_one_drawn_whole(surface, kit):
    rect = Rect(0, 0, 200, 96)
    Shapes().box(surface, rect, BUTTON)
    whole = pygame.Surface((400, 300))
    whole.fill(GROUND)
    whole.blit(_box_sprite(200, 96, BUTTON), (0, 0))
    assert pygame.image.tobytes(surface, "RGB") == pygame.image.tobytes(whole, "RGB")


def test_a_small_box_is_drawn_too(surface):
    Shapes().box(surface, Rect(50, 50, 4, 30), Box(FILL, FILL, 0, 2))
    assert at(surface, 51, 60) == FILL
    assert at(surface, 49, 60) == GROUND


def test_dashes_are_even_and_twice_as_long_as_wide():
    outline = Outline(448, 96, 16, 3)
    found = list(dashes(outline, 3))
    period = outline.length / len(found)
    assert 8 < period < 10
    assert outline.at(0)[0] == pytest.approx(outline.at(outline.length)[0])


def test_a_dashed_box_without_fill_leaves_its_inside(surface):
    Shapes().dashed_box(surface, Rect(10, 10, 32, 32), Box(None, BORDER, 4, 16))
    assert at(surface, 26, 26) == GROUND
    drawn = {at(surface, x, y) for x in range(10, 42) for y in range(10, 42)}
    assert any(sum(colour) < sum(BORDER) + 20 for colour in drawn)


def test_a_ring_loses_its_part_clockwise_from_the_top(surface):
    Shapes().ring(surface, Rect(0, 0, 100, 100), BORDER, 10, 0.75)
    assert at(surface, 78, 14) == BORDER
    assert at(surface, 50, 95) == BORDER
    assert at(surface, 19, 15) == GROUND


def test_an_outline_leaves_its_inside(surface):
    Shapes().outline(surface, Rect(10, 10, 100, 60), BORDER, 4, 20)
    assert at(surface, 60, 40) == GROUND
    assert at(surface, 60, 11) == at(surface, 12, 40) == BORDER
