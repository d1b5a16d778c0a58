from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.screens.fonts import Chain, FontFile, FontFiles, FontMissing, Region, clusters

NAMES = "髙﨑𠮷葛辻邉邊𠀋𡈽彅閒德濵桒槗栁𣘺𛀁㐂"


@pytest.fixture
def chain(kit):
    return Chain()


def pick(chain, cluster, *, bold=False, fixed=False):
    found = chain.pick(cluster, bold=bold, fixed=fixed)
    return None if found is None else found.path.name


def test_common_characters_come_from_the_first_font(chain):
    assert pick(chain, "鶴") == "BIZUDPGothic-Regular.ttf"
    assert pick(chain, "A", bold=True, fixed=True) == "BIZUDGothic-Bold.ttf"


def test_rare_characters_come_from_the_next_ones(chain):
    assert pick(chain, "𠮷") == "NotoSansCJK-Regular.ttc"
    assert pick(chain, "𠮷", bold=True) == "NotoSansCJK-Bold.ttc"
    assert pick(chain, "𛀁") == "ipamjm.ttf"


def test_every_character_of_hard_names_is_drawn(chain):
    for sign in NAMES:
        assert pick(chain, sign) is not None, f"U+{ord(sign):04X}"


def test_a_character_that_no_font_has_is_known_as_such(chain):
    assert pick(chain, "\U000f0000") is None


def test_the_last_font_is_read_only_when_it_is_needed(kit):
    chain = Chain()
    pick(chain, "髙")
    names = chain._chains[Region.JAPAN, False, False][2]
    assert "_maps" not in vars(names)
    pick(chain, "𛀁")
    assert "_maps" in vars(names)


def test_a_variation_is_drawn_by_a_font_that_knows_it(chain):
    assert pick(chain, "葛\U000e0100") == "BIZUDPGothic-Regular.ttf"
    assert pick(chain, "葛\U000e0102") == "ipamjm.ttf"


def test_clusters_keep_selectors_and_marks_together():
    assert clusters("葛\U000e0100飾") == ["葛\U000e0100", "飾"]
    assert clusters("か\u3099き") == ["か\u3099", "き"]
    assert clusters("a\u2068b\u2069") == ["a", "b"]


def test_files_of_a_family_cover_the_same_characters(kit):
    files = FontFiles()
    for one, others in (
        (files.text, (files.text_bold, files.fixed, files.fixed_bold)),
        (files.wide, (files.wide_bold,)),
    ):
        maps = FontFile(one)._maps
        for other in others:
            assert FontFile(other)._maps == maps, other


def test_the_em_is_as_many_pixels_as_asked(kit):
    fixed = Chain().main(bold=False, fixed=True)
    assert [fixed.at(px).size("鶴" * 10)[0] for px in (24, 40, 112)] == [240, 400, 1120]


def test_a_missing_font_names_its_package(kit):
    with pytest.raises(FontMissing) as caught:
        Chain(replace(FontFiles(), names=Path("/nowhere/ipamjm.ttf")))
    assert caught.value.package == "fonts-ipamj-mincho"
    assert "fonts-ipamj-mincho" in str(caught.value)
