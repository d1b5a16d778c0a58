"""Photographs at the city: what the answers name, byte for byte, bare, decodable, as many as the form wants."""

from __future__ import annotations

import hashlib
import io
import random
from pathlib import Path

import pytest
from city_filing import an_application, container_of, document_of
from PIL import Image

from city.catalogue.digest import form_digest
from city.config import Forms, Limits
from city.intake.forms import PublishedForms
from city.verification.container import read_container
from city.verification.document import read_document
from city.verification.photographs import check_photographs
from city.verification.refusal import Code, Refused
from kiosk.application.document import Answer, Origin
from kiosk.application.manifest import Entry
from kiosk.application.photograph import MOST_BYTES, developed, name_of
from kiosk.forms.legible import MOST_PIXELS

FORMS = Path(__file__).parents[3] / "config" / "forms"
PAPERS = {"proof": (1, 2)}


def picture(seed: int = 1, size: tuple[int, int] = (64, 48)) -> bytes:
    """Return what the kiosk makes of a frame."""
    rgb = random.Random(seed).randbytes(size[0] * size[1] * 3)
    return developed(rgb, size, turned=0, pixels=MOST_PIXELS).jpeg


ONE, OTHER = picture(1), picture(2)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def container(citizen, pictures=(ONE,), value=None, *, field="proof", extra=(), language="ja", **changes):
    """Return a container whose answer names the pictures, or says `value` behind the kiosk's back."""
    named = [digest(each) for each in pictures] if value is None else value
    answers = (Answer(field, "戸籍の写し", named, "写真", Origin.PHOTOGRAPHED),)
    document = document_of(an_application("txn-00000001", answers=answers, language=language, **changes))
    entries = [Entry(f"attachments/{name_of(field, at)}", data) for at, data in enumerate(pictures)]
    raw = container_of(document, citizen, attachments=(*extra, *entries))
    return read_container(raw, Limits())


def refusal(found, papers=PAPERS, limits=None) -> str:
    with pytest.raises(Refused) as refused:
        check_photographs(found, limits or Limits(), papers)
    assert refused.value.code is Code.CONTAINER_INVALID
    return refused.value.rule


def test_what_the_kiosk_takes_the_city_accepts(citizen):
    check_photographs(container(citizen), Limits(), PAPERS)
    check_photographs(container(citizen, (ONE, OTHER)), Limits(), PAPERS)
    check_photographs(container(citizen, (ONE, OTHER)), Limits(), None)


def test_the_limits_have_room_for_what_the_kiosk_makes():
    assert Limits().photograph >= MOST_BYTES
    assert Limits().pixels >= MOST_PIXELS


def test_the_page_in_the_language_shown_is_no_photograph(citizen):
    shown = Entry("attachments/shown-en.pdf", b"%PDF-1.7")
    check_photographs(container(citizen, language="en", extra=(shown,)), Limits(), PAPERS)
    assert refusal(container(citizen, extra=(shown,))) == "attachment named"


@pytest.mark.parametrize("at", [0, 30, len(ONE) // 2, len(ONE) - 1])
def test_a_changed_byte_is_refused(citizen, at):
    changed = bytearray(ONE)
    changed[at] ^= 1
    assert refusal(container(citizen, (bytes(changed),), [digest(ONE)])) == "attachment digest"


def test_a_byte_that_changes_on_its_way_is_refused_by_the_manifest(citizen):
    answers = (Answer("proof", "戸籍の写し", [digest(ONE)], "写真", Origin.PHOTOGRAPHED),)
    document = document_of(an_application("txn-00000001", answers=answers))
    raw = container_of(document, citizen, attachments=(Entry("attachments/proof-1.jpg", ONE),))
    at = raw.index(ONE) + len(ONE) // 2
    with pytest.raises(Refused) as refused:
        read_container(raw[:at] + bytes((raw[at] ^ 1,)) + raw[at + 1 :], Limits())
    assert refused.value.code is Code.CONTAINER_INVALID


@pytest.mark.parametrize(
    ("pictures", "value", "rule"),
    [
        ((ONE,), [digest(ONE), digest(OTHER)], "attachment named"),
        ((ONE, OTHER), [digest(ONE)], "attachment named"),
        ((OTHER, ONE), [digest(ONE), digest(OTHER)], "attachment digest"),
        ((ONE, ONE), [digest(ONE)] * 2, "attachment answer"),
        ((ONE,), digest(ONE), "attachment answer"),
        ((ONE,), [1], "attachment answer"),
        ((ONE,), [digest(ONE).upper()], "attachment answer"),
        ((), [], "attachment answer"),
        ((), {}, "attachment answer"),
    ],
)
def test_answers_and_files_must_be_the_same(citizen, pictures, value, rule):
    assert refusal(container(citizen, pictures, value)) == rule


def test_a_file_that_nobody_answered_is_refused(citizen):
    for name in ("attachments/other-1.jpg", "attachments/proof-1.png", "attachments/letter.pdf"):
        assert refusal(container(citizen, extra=(Entry(name, ONE),))) == "attachment named"


def test_there_are_never_more_than_an_application_may_have(citizen):
    pictures = tuple(picture(seed) for seed in range(4))
    assert refusal(container(citizen, pictures), papers=None) == "attachment count"


def with_exif() -> bytes:
    image = Image.open(io.BytesIO(ONE))
    exif = image.getexif()
    exif[0x010F] = "a camera"
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif)
    return file.getvalue()


def with_comment() -> bytes:
    file = io.BytesIO()
    Image.open(io.BytesIO(ONE)).save(file, "JPEG", comment=b"who and where")
    return file.getvalue()


def png() -> bytes:
    file = io.BytesIO()
    Image.open(io.BytesIO(ONE)).save(file, "PNG")
    return file.getvalue()


def undecodable() -> bytes:
    """Return a JPEG whose shape is right and whose quantisation tables are missing."""
    at = ONE.index(b"\xff\xdb")
    end = ONE.index(b"\xff\xc0")
    return ONE[:at] + ONE[end:]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (with_exif(), "attachment metadata"),
        (with_comment(), "attachment metadata"),
        (ONE + b"hidden behind\xff\xd9", "attachment metadata"),
        (png(), "attachment metadata"),
        (b"", "attachment metadata"),
        (b"\xff\xd8\xff\xd9", "attachment metadata"),
        (ONE[:200] + b"\xff\xd9", "attachment metadata"),
        (undecodable(), "attachment picture"),
    ],
    ids=["exif", "comment", "behind", "png", "empty", "nothing", "torn", "undecodable"],
)
def test_what_is_no_bare_picture_is_refused(citizen, data, rule):
    assert refusal(container(citizen, (data,))) == rule


def test_sizes_are_limited(citizen):
    assert refusal(container(citizen), limits=Limits(photograph=len(ONE) - 1)) == "attachment size"
    assert refusal(container(citizen), limits=Limits(pixels=64 * 48 - 1)) == "attachment pixels"


@pytest.mark.parametrize("papers", [{}, {"proof": (2, 2)}, {"letter": (1, 2)}])
def test_the_form_says_what_is_photographed_and_how_many(citizen, papers):
    assert refusal(container(citizen), papers) == "attachment form"


def test_a_photographed_field_cannot_be_typed(citizen):
    typed = Answer("proof", "戸籍の写し", [digest(ONE)], "写真", Origin.TYPED)
    document = document_of(an_application("txn-00000001", answers=(typed,)))
    found = read_container(container_of(document, citizen), Limits())
    assert refusal(found) == "attachment form"


def test_the_citys_forms_say_what_is_photographed(tmp_path):
    forms = PublishedForms.load(Forms(directory=str(FORMS)), tmp_path)
    assert forms.papers(_document("fuhyo", form_digest(FORMS / "fuhyo"))) == {"proof": (1, 2)}
    assert forms.papers(_document("inkan", form_digest(FORMS / "inkan"))) == {}
    assert forms.papers(_document("fuhyo", "ab" * 32)) is None


def _document(form: str, sha256: str):
    return read_document(document_of(an_application("txn-00000001", form_id=form, form_sha256=sha256)))
