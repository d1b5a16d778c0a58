"""The document: canonical, complete, and silent about people where it must be."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from application_samples import a_residence_application

from kiosk.application.document import Answer, Origin, application_json
from kiosk.application.errors import DocumentUnfit

DIGEST = "0f" * 32


def written(application) -> dict:
    return json.loads(application_json(application, DIGEST))


def test_every_fact_of_the_application_is_in_the_json():
    application = a_residence_application(catalogue_serial=12)
    document = written(application)
    assert document["spec"] == "madoguchi/application/1"
    assert document["transaction_id"] == application.transaction_id
    assert document["kiosk"] == "kiosk-demo"
    assert document["form"] == {
        "id": application.form_id,
        "version": application.form_version,
        "sha256": application.form_sha256,
        "title": application.form_title,
    }
    assert document["catalogue"] == {"serial": 12}
    assert document["consent"]["text"] == application.consent_text
    assert document["checklist"] == list(application.checklist)
    assert document["language"] == "ja"
    assert document["clock_trusted"] is True
    assert document["demo"] is True
    assert document["page"] == {"name": "view.pdf", "sha256": DIGEST}
    assert [answer["field"] for answer in document["answers"]] == [answer.field for answer in application.answers]
    assert document["answers"][0] == {
        "field": "name",
        "label": "氏名",
        "value": "鶴ヶ島　花子",
        "shown": "鶴ヶ島　花子",
        "origin": "card",
    }


def test_the_json_is_canonical():
    text = application_json(a_residence_application(), DIGEST)
    sorted_again = json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert text == sorted_again.encode()


def test_characters_beyond_the_first_plane_and_variation_selectors_stay_as_they_are():
    name = "\u9ad9\ufa11\U000e0100\u3000\U00020bb7\ufa19"
    application = replace(a_residence_application(), answers=(Answer("name", "氏名", name, name, Origin.CARD),))
    assert written(application)["answers"][0]["value"] == name


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-5))])
def test_the_time_is_japanese_whatever_zone_it_came_in(zone):
    moment = datetime(2026, 11, 24, 1, 43, 0, 999_999, tzinfo=UTC).astimezone(zone)
    assert written(replace(a_residence_application(), created=moment))["created"] == "2026-11-24T10:43:00+09:00"


def test_a_time_without_zone_is_refused():
    with pytest.raises(DocumentUnfit):
        application_json(replace(a_residence_application(), created=datetime(2026, 11, 24)), DIGEST)  # noqa: DTZ001


@pytest.mark.parametrize("value", [2**53, float("nan"), "\ud842"])
def test_values_that_json_cannot_carry_are_refused_without_being_told(value):
    answer = Answer("copies", "必要な通数", value, "x", Origin.TYPED)
    with pytest.raises(DocumentUnfit) as caught:
        application_json(replace(a_residence_application(), answers=(answer,)), DIGEST)
    assert repr(value).strip("'") not in str(caught.value)


def test_neither_application_nor_answer_shows_its_content_when_printed():
    application = a_residence_application()
    assert "花子" not in repr(application)
    assert "花子" not in repr(application.answers)
