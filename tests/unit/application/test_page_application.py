"""The page: all that was answered is on it, in picture and in text, and the same bytes come every time."""

import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from application_samples import a_residence_application
from PIL import Image, ImageChops, ImageDraw, ImageFont

from kiosk.application.document import Answer, Origin
from kiosk.application.errors import FontUnusable, GlyphMissing, PageNotSet
from kiosk.application.fonts import DEBIAN_CHAIN, FontFiles
from kiosk.application.page import view_pdf
from kiosk.application.picture import page_count, render_page
from kiosk.application.typesetting import typeset

FONTS = FontFiles()
TEXT, WIDE, RARE = DEBIAN_CHAIN


def answered(*shown, label="氏名", origin=Origin.CARD, **changes):
    answers = tuple(Answer(f"q{index}", label, text, text, origin) for index, text in enumerate(shown))
    return a_residence_application(answers=answers, **changes)


def text_of(pdf, page=None):
    document = pypdfium2.PdfDocument(pdf)
    pages = range(len(document)) if page is None else [page]
    text = "".join(document[index].get_textpage().get_text_range() for index in pages)
    document.close()
    return text


def plain(text):
    return re.sub(r"\s", "", text)


def poppler_text(pdf):
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def test_every_fact_of_the_application_can_be_read():
    application = a_residence_application()
    text = plain(text_of(view_pdf(application, FONTS)))
    for answer in application.answers:
        assert plain(answer.label) in text
        assert plain(answer.shown) in text
    for fact in (application.form_title, application.consent_text, application.transaction_id, *application.checklist):
        assert plain(fact) in text
    assert "鶴ヶ島市長あて" in text
    assert "申請日2026.11.24" in text
    assert "署名用電子証明書" in text
    assert "1/1ページ" in text


def test_the_same_application_gives_the_same_bytes():
    application = answered("髙﨑　𠮷之", "𛀁")
    assert view_pdf(application, FONTS) == view_pdf(application, FONTS)


def test_the_date_is_the_japanese_one():
    evening = replace(a_residence_application(), created=a_residence_application().created + timedelta(hours=14))
    assert "申請日2026.11.25" in plain(text_of(view_pdf(evening, FONTS)))


def test_a_clock_that_nobody_checked_is_told():
    assert "端末の時計は未確認" in plain(text_of(view_pdf(a_residence_application(clock_trusted=False), FONTS)))
    assert "未確認" not in plain(text_of(view_pdf(a_residence_application(), FONTS)))


def test_a_demonstration_is_marked_on_each_page_and_a_real_application_nowhere():
    many = [f"回答その{index}" for index in range(60)]
    demonstration = view_pdf(answered(*many), FONTS)
    assert page_count(demonstration) > 1
    for page in range(page_count(demonstration)):
        assert "模擬" in text_of(demonstration, page)
        picture = render_page(demonstration, page, 210)
        assert picture.rgb[(14 * 210 + 30) * 3 :][:3] == bytes.fromhex("b3261e")
    assert "模擬" not in text_of(view_pdf(answered(*many, demo=False), FONTS))


def test_where_an_answer_comes_from_is_marked():
    def marks(origin):
        text = plain(text_of(view_pdf(answered("花子", origin=origin), FONTS)))
        return text.count("カード"), text.count("訂正")

    typed = marks(Origin.TYPED)
    assert marks(Origin.CARD) == (typed[0] + 3, typed[1])  # mark, legend's mark, legend
    assert marks(Origin.CORRECTED) == (typed[0] + 1, typed[1] + 3)


@pytest.mark.parametrize(
    "name", ["髙﨑　𠮷之", "𡈽橋　彅𛀁", "槗本　㐂𣘺閒", "NGUYỄN THỊ ÁNH", "葛\U000e0100飾", "葛\U000e0102飾"]
)
def test_names_are_right_in_the_text_of_the_page(name):
    assert name.replace("\u3000", " ") in poppler_text(view_pdf(answered(name), FONTS))


def ink(image):
    """Return the drawn part of a picture, black on white, at a fixed size."""
    grey = image.convert("L").point(lambda value: 0 if value < 140 else 255)
    box = ImageChops.invert(grey).getbbox()
    return grey.crop(box).resize((48, 48))


def on_the_page(pdf, char):
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    text_page = page.get_textpage()
    units = [pypdfium2.raw.FPDFText_GetUnicode(text_page, index) for index in range(text_page.count_chars())]
    wanted = units.index(int.from_bytes(char.encode("utf-16-be")[:2]))
    left, bottom, right, top = text_page.get_charbox(wanted)
    scale = 14
    picture = page.render(scale=scale).to_pil()
    height = page.get_height()
    pixels = [left - 0.3, height - top - 0.3, right + 0.3, height - bottom + 0.3]
    cut = picture.crop([round(value * scale) for value in pixels])
    document.close()
    return ink(cut)


def in_the_font(path, char):
    picture = Image.new("L", (260, 260), 255)
    ImageDraw.Draw(picture).text((40, 20), char, font=ImageFont.truetype(str(path), 160))
    return ink(picture)


def likeness(one, other):
    differing = ImageChops.difference(one, other).histogram()
    return sum(differing[:128]) / sum(differing)


@pytest.mark.parametrize(
    ("char", "path"),
    [("髙", TEXT), ("﨑", TEXT), ("𡈽", TEXT), ("𠮷", WIDE), ("槗", WIDE), ("𛀁", RARE)],
)
def test_names_are_right_in_the_picture_of_the_page(char, path):
    drawn = on_the_page(view_pdf(answered(f"{char}之", demo=False), FONTS), char)
    assert likeness(drawn, in_the_font(path, char)) > 0.9
    assert likeness(drawn, in_the_font(path, "之")) < 0.85


def test_a_variation_sequence_changes_the_picture():
    def picture(name):
        return render_page(view_pdf(answered(name, demo=False), FONTS), 0, 1200).rgb

    assert len({picture("葛飾"), picture("葛\U000e0100飾"), picture("葛\U000e0102飾")}) == 3


def test_fonts_are_embedded_as_subsets(tmp_path):
    path = tmp_path / "view.pdf"
    path.write_bytes(view_pdf(answered("𠮷𛀁"), FONTS))
    listed = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    assert len(listed) == 4
    for line in listed:
        assert re.search(r"^[A-Z]{6}\+.* yes yes yes ", line), line


def test_only_fonts_that_are_needed_are_in_it():
    assert b"IPAmj" not in view_pdf(a_residence_application(), FONTS)
    assert b"NotoSans" not in view_pdf(a_residence_application(), FONTS)


def test_it_calls_itself_archivable_and_accessible():
    pdf = view_pdf(a_residence_application(), FONTS)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


@pytest.mark.parametrize(
    "changes",
    [
        {"answers": (Answer("name", "氏名", "x", "山\U0001f600田", Origin.TYPED),)},
        {"answers": (Answer("name", "氏\U0001f600名", "x", "山田", Origin.TYPED),)},
        {"form_title": "\U0001f600"},
        {"receiver": "\U0001f600"},
        {"consent_text": "一行目\n二行目\U0001f600"},
        {"checklist": ("\U0001f600",)},
        {"kiosk_id": "\U0001f600"},
        {"form_id": "\U0001f600"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_no_character_is_dropped_silently_anywhere_on_the_page(changes):
    with pytest.raises(GlyphMissing) as caught:
        view_pdf(a_residence_application(**changes), FONTS)
    assert caught.value.codepoints == {0x1F600}


def test_a_rare_character_is_missing_when_the_chain_is_short():
    with pytest.raises(GlyphMissing) as caught:
        view_pdf(answered("𠮷之"), FontFiles((TEXT,)))
    assert caught.value.codepoints == {0x20BB7}


def inside_the_paper(pdf):
    """Tell whether every character of every page lies within the margins of the paper."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text_page = page.get_textpage()
        for index in range(text_page.count_chars()):
            if unicodedata.category(text_page.get_text_range(index, 1)[:1] or " ") in {"Zs", "Cc"}:
                continue
            left, bottom, right, top = text_page.get_charbox(index)
            if left < 60 or right > page.get_width() - 60 or bottom < 30 or top > page.get_height() - 25:
                return False
    return True


@pytest.mark.parametrize(
    "shown",
    [
        "埼玉県鶴ヶ島市大字太田ヶ谷字松原一丁目二十三番地" * 8,
        "x" * 300,
        "very.long.mail.address." * 9 + "@example.com",
        "ー" * 200,
        "この欄には長い文章が入ります。\n" * 120,
        "この欄には長い文章が入ります。" * 200,
    ],
    ids=["address", "word", "mail", "dashes", "many lines", "long text"],
)
def test_long_answers_stay_inside_and_complete(shown):
    pdf = view_pdf(answered(shown, demo=False), FONTS)
    assert plain(text_of(pdf)).replace("\ufffe", "").count(plain(shown)[:6]) >= 1
    assert inside_the_paper(pdf)


def test_many_answers_take_several_pages_with_numbers():
    many = [f"回答その{index}" for index in range(45)]
    pdf = view_pdf(answered(*many, label="とても長い見出しがここに入りますので何行にも折り返します"), FONTS)
    pages = page_count(pdf)
    assert pages > 2
    text = plain(text_of(pdf))
    assert all(shown in text for shown in many)
    for page in range(pages):
        assert f"{page + 1}/{pages}ページ" in plain(text_of(pdf, page))
    assert inside_the_paper(pdf)


def test_text_is_never_taken_for_a_command_of_the_typesetter():
    wild = "*x* #let $1$ <a> @b _u_ `c` ] [ \\ // = ~"
    pdf = view_pdf(answered(wild, label="#panic()", origin=Origin.TYPED), FONTS)
    assert plain(wild) in plain(text_of(pdf))


def test_empty_answers_empty_lines_and_no_checklist_are_set():
    assert page_count(view_pdf(answered("", "一\n\n三\n", checklist=()), FONTS)) == 1


def test_a_missing_font_is_named(tmp_path):
    with pytest.raises(FontUnusable, match="nowhere"):
        view_pdf(a_residence_application(), FontFiles((tmp_path / "nowhere.ttf",)))


@pytest.mark.parametrize("template", ["#panic()", "#set text(fallback: false); 漢字"], ids=["panic", "no font for it"])
def test_a_page_that_cannot_be_set_is_no_page(template, tmp_path):
    with pytest.raises(PageNotSet):
        typeset(template, None, [tmp_path / "empty.ttf"])


def test_the_typesetter_never_comes_into_the_kiosk_itself():
    check = "import sys, kiosk.application.page; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
