"""Readings above the words, and each region's own forms of the same characters."""

import pygame
import pytest

from kiosk.screens.faces import face_file
from kiosk.screens.fonts import Chain, FontFiles, Region, region_of
from kiosk.screens.rich import Run, harmless, parse, plain, spoken
from kiosk.screens.theme import Type, theme_for
from kiosk.screens.tokens import ThemeName


def test_a_reading_belongs_to_the_kanji_before_it():
    assert parse("<b>申請《しんせい》</b>します") == (Run("申請", True, "しんせい"), Run("します", False))
    assert parse("この｜お金《おかね》は") == (Run("この", False), Run("お金", False, "おかね"), Run("は", False))


def test_words_are_told_without_readings_and_spoken_by_them():
    assert plain("<b>窓口《まどぐち》</b>へ") == "窓口へ"
    assert spoken("<b>窓口《まどぐち》</b>へ") == "まどぐちへ"


def test_what_a_citizen_typed_is_no_reading():
    assert not any(run.reading for run in parse(harmless("山《やま》")))


def test_a_word_with_a_reading_is_never_broken(kit, area):
    theme = theme_for(kit, area, language="ja-simple")
    setting = theme.face(Type.BODY)
    for width in range(40, 400, 12):
        text = "署名用電子証明書《しょめいようでんししょうめいしょ》の暗証番号《あんしょうばんごう》です"
        lines = kit.type.lines(text, setting, width)
        words = [run for line in lines for run in line if run.reading]
        assert [word.text for word in words] == ["署名用電子証明書", "暗証番号"]
        assert "".join(run.text for line in lines for run in line) == "署名用電子証明書の暗証番号です"


def test_a_reading_is_drawn_above_its_word_inside_the_line(kit, area):
    setting = theme_for(kit, area, language="ja-simple").face(Type.BODY)
    (bare,), (read,) = (kit.type.lines(text, setting, 900) for text in ("窓口", "窓口《まどぐち》"))
    (without, _), (with_reading, rise) = (kit.type.strip(line, setting, (0, 0, 0)) for line in (bare, read))
    ink = with_reading.get_bounding_rect(min_alpha=40)
    assert without.get_bounding_rect(min_alpha=40).h < ink.h
    assert kit.type.baseline(setting, (read,)) - rise + ink.top >= -1
    assert kit.type.baseline(setting, (read,)) - rise + ink.bottom <= setting.line + 1


@pytest.mark.parametrize(
    ("language", "region"), [("zh-Hans", Region.CHINA), ("ko", Region.KOREA), ("vi", Region.LATIN)]
)
def test_a_language_is_drawn_with_one_face(language, region):
    chain = Chain()
    assert region_of(language) is region
    words = {"zh-Hans": "直骨请选择办理的手续", "ko": "신청할 민원", "vi": "Ứng dụng chữ ký điện tử"}[language]
    chosen = {chain.pick(sign, bold=bold, fixed=False, region=region).path for sign in words for bold in (False, True)}
    assert len(chosen) == 2  # one file for each weight
    if region is not Region.LATIN:
        assert all(region.value in path.name for path in chosen)


@pytest.mark.parametrize("sign", ["直", "骨"])
def test_the_regions_draw_their_own_forms(kit, area, sign):
    drawn = {}
    for language in ("zh-Hans", "vi"):
        setting = theme_for(kit, area, ThemeName.LIGHT, 1.0, language).face(Type.HEADING)
        surface, _ = kit.type.strip(parse(sign), setting, (0, 0, 0))
        drawn[language] = pygame.image.tobytes(surface, "RGBA")
    assert drawn["zh-Hans"] != drawn["vi"]  # the Chinese and the Japanese form of one family


def test_a_name_is_still_drawn_in_every_region():
    chain = Chain()
    for region in Region:
        assert all(chain.pick(sign, bold=True, fixed=False, region=region) for sign in "髙﨑𠮷")


def test_the_same_collection_gives_the_same_face(tmp_path):
    made = [face_file(FontFiles().wide, "SC", tmp_path / name) for name in ("one", "two")]
    assert made[0].read_bytes() == made[1].read_bytes()


def test_figures_of_the_fixed_face_stay_fixed():
    chain = Chain()
    assert "BIZUDGothic" in chain.pick("7", bold=False, fixed=True, region=Region.CHINA).path.name
    assert "SC" in chain.pick("次", bold=False, fixed=True, region=Region.CHINA).path.name
