import pygame

from kiosk.screens.rich import parse
from kiosk.screens.theme import FIGURE, Type

INK = 30, 27, 24


def ink_box(surface):
    return pygame.mask.from_surface(surface, 100).get_bounding_rects()


def ink(surface):
    return pygame.mask.from_surface(surface, 100).count()


def test_the_baseline_lies_where_css_puts_it(theme):
    assert theme.kit.type.baseline(theme.face(Type.BODY)) == 7 + 25
    assert theme.kit.type.baseline(theme.face(Type.LEAD)) == 8 + 28


def test_kanji_stand_on_the_baseline_within_a_pixel(theme):
    setting = theme.face(Type.LEAD)
    drawn, rise = theme.kit.type.strip(parse("国", bold=True), setting, INK)
    bottom = max(box.bottom for box in ink_box(drawn))
    assert abs(bottom - (rise + 0.085 * setting.px)) <= 1.5


def test_edges_are_smooth(theme):
    drawn, _ = theme.kit.type.strip(parse("へ"), theme.face(Type.BODY), INK)
    alphas = {drawn.get_at((x, y)).a for x in range(drawn.get_width()) for y in range(drawn.get_height())}
    assert len(alphas) > 12
    colours = {tuple(drawn.get_at((x, y)))[:3] for x in range(drawn.get_width()) for y in range(drawn.get_height())}
    assert colours == {INK}


def test_an_unknown_character_is_a_box_with_its_code(theme):
    setting = theme.face(Type.BODY)
    one, other = (theme.kit.type.strip(parse(sign), setting, INK)[0] for sign in ("\U000f0000", "\U000f0001"))
    assert ink(one) > 150
    assert theme.width("\U000f0000", Type.BODY) == setting.px
    assert pygame.image.tobytes(one, "RGBA") != pygame.image.tobytes(other, "RGBA")


def test_selectors_change_the_glyph_and_not_the_width(theme):
    setting = theme.face(Type.HEADING)
    base, variant = (theme.kit.type.strip(parse(name), setting, INK)[0] for name in ("葛", "葛\U000e0100"))
    assert base.get_size() == variant.get_size()
    assert pygame.image.tobytes(base, "RGBA") != pygame.image.tobytes(variant, "RGBA")


def test_receipt_numbers_are_spaced(theme):
    setting = theme.face(FIGURE)
    wide = theme.kit.type.line_width(parse("K7P4-29XD-6M", bold=True), setting)
    assert wide == 12 * (27 + 1)


def test_the_same_line_is_drawn_once(theme):
    setting = theme.face(Type.BODY)
    first, _ = theme.kit.type.strip(parse("鶴ヶ島"), setting, INK)
    assert theme.kit.type.strip(parse("鶴ヶ島"), setting, INK)[0] is first


def test_forgetting_leaves_nothing_that_was_typed(theme):
    setting = theme.face(Type.BODY)
    first, _ = theme.kit.type.strip(parse("鶴ヶ島　花子"), setting, INK)
    theme.kit.type.lines("鶴ヶ島　花子", setting, 400)
    theme.kit.forget()
    kept = repr([vars(theme.kit.type), vars(theme.kit.type._chain)["_chosen"]])
    assert "花子" not in kept
    assert theme.kit.type._drawn.used_bytes == 0
    assert theme.kit.type.strip(parse("鶴ヶ島　花子"), setting, INK)[0] is not first
