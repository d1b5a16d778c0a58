"""Scenes say exactly what their goldens say, and look nearly as they do; `make gallery ACCEPT=1` renews both."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.gallery import goldens
from tests.gallery.drawing import as_image, picture_of
from tests.gallery.easel import BIG
from tests.gallery.variants import Variant


def _picture(variant, panels):
    easel = panels[variant.size]
    name, view, widgets = next(variant.scenes(easel))
    return name, as_image(picture_of(variant, easel, view, widgets))


@pytest.mark.parametrize("language", goldens.TOLD)
def test_scenes_say_what_they_said(language, panels):
    kept = goldens.read_meanings(language)
    said = {
        name: goldens.meaning(widgets)
        for variant in goldens.golden_variants(language)
        for name, _, widgets in variant.scenes(panels[BIG])
    }
    assert said.keys() == kept.keys()
    for name, meaning in said.items():
        assert meaning == kept[name], name


@pytest.fixture(scope="session")
def _same_fonts():
    other = goldens.other_fonts()
    if other:
        pytest.skip(f"the goldens were drawn with other versions of these fonts: {other}")


@pytest.mark.usefixtures("_same_fonts")
@pytest.mark.parametrize("variant", goldens.pictured_variants(), ids=lambda variant: variant.name())
def test_scenes_look_as_they_did(variant, panels):
    name, picture = _picture(variant, panels)
    with Image.open(goldens.golden_picture(name)) as golden:
        share, _ = goldens.difference(golden, picture)
    assert share <= goldens.SHARE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("checklist.one", "checklist"),
        ("password.eight", "password.six"),
        ("form-page.contact.filled", "form-page.contact.most"),
    ],
)
def test_one_tick_or_number_is_a_difference(one, other, panels):
    before, after = (_picture(Variant(state, "ja", BIG), panels)[1] for state in (one, other))
    share, marked = goldens.difference(goldens.kept(before), after)
    assert share > goldens.SHARE
    assert marked.getbbox() is not None
    assert goldens.difference(goldens.kept(before), before)[0] == 0.0


def test_the_difference_is_shown_where_it_is(panels):
    before, after = (_picture(Variant(state, "ja", BIG), panels)[1] for state in ("checklist.one", "checklist"))
    _, marked = goldens.difference(goldens.kept(before), after)
    shown = goldens.shown_difference(after, marked)
    left, top, right, bottom = (edge * goldens.QUARTER for edge in marked.getbbox())
    reds = [
        (x, y) for x in range(left, right, 4) for y in range(top, bottom, 4) if shown.getpixel((x, y)) == (210, 0, 40)
    ]
    assert reds
    assert shown.getpixel((10, 400)) != (210, 0, 40)
