"""Pictures of the page: the asked width, the paper's shape, and nothing between the rows."""

import pytest
from application_samples import a_residence_application

from kiosk.application.fonts import FontFiles
from kiosk.application.page import view_pdf
from kiosk.application.picture import page_count, render_page


@pytest.fixture(scope="module")
def page():
    return view_pdf(a_residence_application(), FontFiles())


@pytest.mark.parametrize("width", [1, 211, 316, 1184])
def test_the_width_is_the_asked_one_and_the_height_that_of_a4(page, width):
    picture = render_page(page, 0, width)
    assert picture.width == width
    assert abs(picture.height - width * 297 / 210) <= 1
    assert len(picture.rgb) == picture.width * picture.height * 3


def test_paper_is_white_and_the_demonstration_mark_red(page):
    picture = render_page(page, 0, 211)
    assert picture.rgb[:3] == b"\xff\xff\xff"
    assert picture.rgb[-3:] == b"\xff\xff\xff"
    red, green, blue = picture.rgb[(14 * 211 + 30) * 3 :][:3]
    assert red > 150
    assert green < 80
    assert blue < 80


def test_there_is_one_page_and_no_second(page):
    assert page_count(page) == 1
    with pytest.raises(IndexError):
        render_page(page, 1, 100)
    with pytest.raises(IndexError):
        render_page(page, -1, 100)
