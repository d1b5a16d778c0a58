"""What a font can draw, by our own look-up and by fontTools, and the chain that never drops a character."""

import functools

import pytest
from fontTools.ttLib import TTFont

from kiosk.application.errors import FontUnusable, GlyphMissing
from kiosk.application.fonts import DEBIAN_CHAIN, FontFiles, missing_glyphs, runs
from kiosk.application.glyphs import Glyphs

TEXT, WIDE, RARE = DEBIAN_CHAIN
FONTS = FontFiles()


@functools.cache
def cmap_of(path):
    return TTFont(path, fontNumber=0, lazy=True)["cmap"]


def drawn_by(text):
    return [(run.font, run.text) for run in runs(text, FONTS)]


@pytest.mark.parametrize("path", DEBIAN_CHAIN, ids=lambda path: path.stem)
def test_characters_are_those_that_fonttools_finds(path):
    glyphs, expected = Glyphs(path), cmap_of(path).getBestCmap()
    around = {codepoint + step for codepoint in list(expected)[::5] for step in (-1, 0, 1)}
    assert [codepoint for codepoint in around if glyphs.has(codepoint) != (codepoint in expected)] == []
    assert not glyphs.has(0x10FFFF)


@pytest.mark.parametrize("path", DEBIAN_CHAIN, ids=lambda path: path.stem)
def test_variation_sequences_are_those_that_fonttools_finds(path):
    glyphs = Glyphs(path)
    table = next(table for table in cmap_of(path).tables if table.format == 14)
    for selector, pairs in table.uvsDict.items():
        known = {codepoint for codepoint, _ in pairs}
        around = {codepoint + step for codepoint in list(known)[::3] for step in (-1, 0, 1)}
        wrong = [point for point in around if glyphs.has_variation(point, selector) != (point in known)]
        assert wrong == []
    assert not glyphs.has_variation(ord("葛"), 0xE01EF)


@pytest.mark.parametrize(
    ("regular", "bold"),
    [
        (TEXT, TEXT.with_name("BIZUDPGothic-Bold.ttf")),
        (WIDE, WIDE.with_name("NotoSansCJK-Bold.ttc")),
    ],
    ids=["BIZ", "Noto"],
)
def test_the_bold_face_draws_what_the_regular_one_draws(regular, bold):
    assert cmap_of(bold).getBestCmap().keys() >= cmap_of(regular).getBestCmap().keys()


def test_each_character_goes_to_the_first_font_that_has_it():
    assert drawn_by("髙﨑　𠮷之𛀁") == [(TEXT, "髙﨑　"), (WIDE, "𠮷"), (TEXT, "之"), (RARE, "𛀁")]


def test_a_variation_sequence_goes_to_a_font_that_knows_it():
    assert drawn_by("葛\U000e0100飾") == [(TEXT, "葛\U000e0100飾")]
    assert drawn_by("葛\U000e0102飾") == [(RARE, "葛\U000e0102"), (TEXT, "飾")]


def test_marks_stay_with_their_letter():
    assert drawn_by("か\u3099") == [(TEXT, "か\u3099")]
    assert all(not run.text.startswith("\u0302") for run in runs("e\u0302", FONTS))


def test_all_that_is_missing_is_told_at_once():
    assert missing_glyphs("あ\U0001f600い\u1234う", FONTS) == {0x1F600, 0x1234}
    with pytest.raises(GlyphMissing) as caught:
        runs("あ\U0001f600い\u1234う", FONTS)
    assert caught.value.codepoints == {0x1F600, 0x1234}
    assert "1f600" not in str(caught.value).lower()


@pytest.mark.parametrize("char", ["\t", "\0", "\u200b", "\u202e", "\u2028", "\ue000", "\ufeff"])
def test_characters_without_a_picture_are_missing(char):
    assert missing_glyphs(f"山{char}田", FONTS) == {ord(char)}


def test_an_unknown_sequence_and_a_lone_selector_are_missing():
    assert missing_glyphs("葛\U000e01ee飾", FONTS) == {ord("葛"), 0xE01EE}
    assert missing_glyphs("\U000e0100", FONTS) == {0xE0100}


def test_an_empty_line_needs_no_font():
    assert runs("", FONTS) == ()


@pytest.mark.parametrize("data", [b"", b"no font", b"\0\1\0\0" + bytes(100), b"ttcf" + b"\xff" * 40])
def test_a_file_that_is_no_font_is_named(tmp_path, data):
    path = tmp_path / "broken.ttf"
    path.write_bytes(data)
    with pytest.raises(FontUnusable, match=r"broken\.ttf"):
        Glyphs(path)
    with pytest.raises(FontUnusable, match="nowhere"):
        Glyphs(tmp_path / "nowhere.ttf")
