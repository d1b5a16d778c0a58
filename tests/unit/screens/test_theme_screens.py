import pytest

from kiosk.screens.area import area_of
from kiosk.screens.theme import SYMBOL, Face, Type, theme_for
from kiosk.screens.tokens import ThemeName


def luminance(colour):
    parts = [c / 255 for c in colour]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", list(ThemeName))
def test_contrasts_are_as_written_and_high_enough(kit, area, name):
    theme = theme_for(kit, area, name)
    pairs = kit.tokens.themes[name].contrast
    assert len(pairs) > 20
    for pair, asked in pairs.items():
        upper, lower = pair.split(" on ")
        measured = contrast(theme.colour(upper), theme.colour(lower))
        assert measured == pytest.approx(asked.ratio, abs=0.02), pair
        assert measured >= asked.at_least, pair


def test_all_themes_know_the_same_roles(kit):
    roles = [(set(theme.colour), set(theme.illustration)) for theme in kit.tokens.themes.values()]
    assert all(found == roles[0] for found in roles)
    assert len(kit.tokens.themes) == len(ThemeName)


def test_an_unknown_role_is_an_error(theme):
    with pytest.raises(KeyError):
        theme.colour("mauve")


def test_the_standard_size_is_the_design(theme, kit):
    for role in Type:
        token, setting = kit.tokens.type[role], theme.face(role)
        assert (setting.px, setting.line) == (token.px, token.line_px)


def test_words_grow_and_headings_stop(kit, area):
    largest = theme_for(kit, area, text_factor=1.6)
    assert largest.face(Type.BODY).px == 45
    assert largest.face(Type.ENTRY).px == 64
    assert largest.face(Type.HEADING).px == 56
    assert largest.face(Type.DISPLAY).px == 68
    assert largest.face(SYMBOL).px == 52
    assert largest.px(88) == 88


def test_text_never_shrinks_when_the_size_grows(kit, area):
    sizes = [theme_for(kit, area, text_factor=size) for size in (1.0, 1.2, 1.4, 1.6)]
    for role in Type:
        grown = [theme.face(role) for theme in sizes]
        assert grown == sorted(grown, key=lambda setting: setting.px)
        assert all(setting.line >= setting.px for setting in grown)


def test_the_seven_inch_panel_keeps_the_millimetres(kit):
    small = theme_for(kit, area_of(kit.tokens, (800, 480), (154, 86)))
    assert small.face(Type.BODY).px == 24
    assert small.face(Type.HEADING).px == 36
    assert small.face(Type.LEAD).px == 28
    assert small.face(Face(20, 28)).px >= 20
    assert small.folded


def test_stark_themes_have_thick_borders(kit, area):
    stark = theme_for(kit, area, ThemeName.HIGH_CONTRAST)
    assert stark.stark
    assert (stark.line_px, stark.control_px, stark.key_px) == (4, 4, 3)
    light = theme_for(kit, area)
    assert not light.stark
    assert (light.line_px, light.control_px, light.key_px) == (2, 3, 2)
