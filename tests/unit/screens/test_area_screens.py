import pytest

from kiosk.screens.area import Layout, area_of
from kiosk.screens.rect import Rect

SMALL = (800, 480), (154, 86)


def test_the_design_panel_has_the_regions_of_the_tokens(kit, area):
    assert area.factor == 1.0
    assert area.layout is Layout.STANDARD
    for name in (
        "header",
        "brand",
        "content",
        "action_bar",
        "heading",
        "back",
        "main_action",
        "staff_call",
        "step_bar",
    ):
        assert getattr(area, name).as_tuple() == kit.tokens.regions[name]


def test_the_seven_inch_panel_has_its_own_regions(kit):
    area = area_of(kit.tokens, *SMALL)
    assert area.small
    assert area.factor == 0.88
    for name in ("header", "content", "action_bar", "display_settings", "staff_call", "back", "main_action"):
        assert getattr(area, name).as_tuple() == kit.tokens.regions_800x480[name]


def test_design_pixels_count_from_the_content(area):
    assert area.at(0, 160, 1184, 116) == Rect(48, 264, 1184, 116)


def test_the_factor_goes_by_millimetres_and_not_by_resolution(kit):
    fine = area_of(kit.tokens, (1920, 1200), (217, 136))
    assert fine.factor == 1.5
    assert fine.staff_call == Rect(1596, 12, 252, 132)
    assert fine.px(88) == 132


def test_buttons_keep_to_the_corners_of_a_larger_panel(kit):
    wide = area_of(kit.tokens, (1920, 1080), (325, 183))
    assert wide.factor == 1.0
    assert wide.header.w == wide.action_bar.w == 1920
    assert wide.main_action.right == 1920 - 48
    assert wide.main_action.bottom == 1080 - 16
    assert wide.back.x == 48
    assert wide.content.centre[0] == 960


def test_a_finer_seven_inch_panel_is_small_too(kit):
    area = area_of(kit.tokens, (1024, 600), (154, 86))
    assert area.small
    assert area.main_action.right <= 1024
    assert area.action_bar.bottom == 600


def test_lower_half_keeps_every_button_below_the_middle(kit):
    area = area_of(kit.tokens, (1280, 800), (217, 136), lower_half=True)
    for button in (area.back, area.main_action, area.staff_call, area.display_settings):
        assert button.y >= 400


@pytest.mark.parametrize("panel", [((1280, 800), (217, 136)), SMALL])
def test_nothing_touchable_of_the_furniture_is_too_small(kit, panel):
    area = area_of(kit.tokens, *panel)
    least = 88 if not area.small else kit.tokens.regions_800x480["target_min_px"]
    for button in (area.back, area.main_action, area.staff_call, area.display_settings):
        assert button.h >= least
        assert button.w >= least
