"""`application.json` is read strictly, and what it holds never shows in a refusal."""

from __future__ import annotations

import json

import pytest
from city_filing import an_application, document_of

from city.verification.document import read_document
from city.verification.refusal import Refused

RAW = document_of(an_application("txn-00000001"))


def changed(**members) -> bytes:
    return document_of(an_application("txn-00000001"), **members)


def rule(raw: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_document(raw)
    return refused.value.rule


def test_the_kiosks_document_is_read():
    document = read_document(RAW)
    assert document.kiosk == "kiosk-demo"
    assert document.created.utcoffset().total_seconds() == 9 * 3600
    assert [answer.origin for answer in document.answers] == ["card", "typed"]


@pytest.mark.parametrize(
    ("members", "where"),
    [
        ({"spec": "madoguchi/application/2"}, "$.spec"),
        ({"demo": "yes"}, "$.demo"),
        ({"created": "yesterday"}, "$.created"),
        ({"created": "2026-11-24T10:43:00"}, "$.created"),
        ({"transaction_id": ""}, "$.transaction_id"),
        ({"form": {}}, "$.form"),
        ({"page": {"name": "view.pdf", "sha256": "AB" * 32}}, "$.page.sha256"),
        ({"answers": [{"field": "x"}]}, "$.answers[0]"),
        ({"checklist": ["x" * 5000]}, "$.checklist[0]"),
    ],
)
def test_a_member_that_is_wrong_is_named(members, where):
    assert rule(changed(**members)) == f"document {where}"


def test_unknown_members_are_refused():
    assert rule(changed(number="123")).startswith("document")


def test_a_refusal_never_holds_what_the_document_held():
    secret = "渡辺　一郎"
    raw = changed(answers=[{"field": "name", "label": "氏名", "value": secret, "shown": secret, "origin": secret}])
    assert secret not in rule(raw)


@pytest.mark.parametrize(
    "raw",
    [
        RAW + b"\n",
        json.dumps(json.loads(RAW), ensure_ascii=False, indent=1).encode(),
        RAW.replace(b'"demo":true', b'"demo":true,"demo":true'),
    ],
)
def test_what_is_not_canonical_is_refused(raw):
    assert rule(raw) == "document canonical form"


@pytest.mark.parametrize("raw", [b"", b"{", b"[1,2", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_what_is_no_document_is_refused(raw):
    assert rule(raw).startswith("document")
