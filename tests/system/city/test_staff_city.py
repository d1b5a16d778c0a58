"""What staff see and do, by a browser's requests."""

from __future__ import annotations

import io
import json
import re
import uuid
import zipfile

import pytest
import requests
from city_filing import PAGE, an_application, container_of, document_of
from city_running import PASSWORD, KioskLine, StaffDesk, number_of, primary_key, run_verb

from kiosk.application.document import Answer, Origin
from kiosk.application.manifest import Entry
from kiosk.application.photograph import developed


@pytest.fixture
def filed(line, citizen, desk):
    """A newly filed application: its receipt number and its address at the staff's door."""
    answer = line.file(citizen)
    number = number_of(answer)
    return number, f"intake/application/{primary_key(desk, number)}/", answer.json()["receipt"]["transaction_id"]


def state(line: KioskLine, transaction_id: str) -> str:
    return line.get(f"{line.address}/{transaction_id}", timeout=20).json()["state"]


def test_without_logging_in_there_is_only_the_log_in_page(city, filed):
    _, address, _ = filed
    with StaffDesk(city) as anyone:
        for path in ("", "intake/application/", address, f"{address}view.pdf", f"{address}container"):
            answer = anyone.page(path)
            assert "/staff/login/" in answer.url
            assert "ログイン" in answer.text
        assert anyone.log_in("tanaka", "wrong").url.endswith("/login/")


def test_the_list_is_in_japanese_and_finds_numbers_however_typed(desk, filed):
    number, _, _ = filed
    first = desk.page().text
    assert "審査待ち" in first
    assert "ログアウト" in first
    listed = desk.page("intake/application/").text
    for word in ("申請の一覧", "受付番号", "住民票の写しの交付申請", "有効", "審査待ち", "模擬", number):
        assert word in listed
    assert number in desk.page(f"intake/application/?q={number.lower().replace('-', ' ')}").text
    # No names in the list: whoever needs to know opens the application, and that leaves a trace.
    assert "花子" not in listed


def test_an_application_is_shown_with_page_verdict_and_holder(city, desk, filed):
    number, address, _ = filed
    shown = desk.page(address).text
    for word in (
        number, "署名は正しく", "失効していません", "承認", "差戻し", "鶴ヶ島　花子", "カードから", "昭和29年",
    ):  # fmt: skip
        assert word in shown.replace("\n", "")
    page = desk.page(f"{address}view.pdf")
    assert (page.content, page.headers["Content-Type"]) == (PAGE, "application/pdf")
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in page.headers["Cache-Control"]
    assert f'"number": "{number}", "what": "page"' in city.log


def test_container_verdict_and_report_can_be_had(desk, filed):
    number, address, transaction_id = filed
    container = desk.page(f"{address}container")
    assert f'filename="{number}.asice"' in container.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(container.content)) as archive:
        assert archive.read("mimetype") == b"application/vnd.etsi.asic-e+zip"
    verdict = json.loads(desk.page(f"{address}verdict.json").content)
    assert (verdict["number"], verdict["transaction_id"]) == (number, transaction_id)
    assert verdict["verifications"][0]["revocation"] == "valid"
    assert len(verdict["verifications"][0]["revocation_evidence_sha256"]) == 64
    report = desk.page(f"{address}report").text
    assert "検証報告書" in report
    assert number in report


def test_photographs_are_seen_and_are_downloads(desk, line, citizen):
    transaction_id = str(uuid.uuid4())
    taken = developed(bytes(64 * 48 * 3), (64, 48), turned=0, pixels=10_000_000)
    picture = Entry("attachments/letter-1.jpg", taken.jpeg)
    answers = (Answer("letter", "委任状", [taken.sha256], "写真1枚", Origin.PHOTOGRAPHED),)
    document = document_of(an_application(transaction_id, answers=answers))
    container = container_of(document, citizen, attachments=(picture,))
    number = number_of(line.deliver(line.sealed(container, transaction_id), transaction_id))
    address = f"intake/application/{primary_key(desk, number)}/"
    page = desk.page(address).text
    assert re.search(rf"<img src=\"[^\"]*{address}attachments/letter-1[.]jpg\"", page)
    links = re.findall(rf"href=\"[^\"]*{address}attachments/letter-1[.]jpg\"", page)
    assert len(links) == 1, "what is seen as a photograph is not listed once more as an attachment"
    assert taken.sha256 in page
    assert taken.sha256 in desk.page(f"{address}report").text
    assert "写っている内容を自動では検査していません" in page
    answer = desk.page(f"{address}attachments/letter-1.jpg")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.content == picture.data
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert desk.page(f"{address}attachments/other.png").status_code == 404


def test_approval_is_given_once_and_told_to_the_kiosk(desk, line, filed):
    number, address, transaction_id = filed
    assert f"申請 {number} を承認しました。" in desk.press(f"{address}approve").text
    assert state(line, transaction_id) == "approved"
    assert "すでに審査されています" in desk.press(f"{address}approve").text
    assert "すでに審査されています" in desk.press(f"{address}return", reason="おそい").text
    assert state(line, transaction_id) == "approved"


def test_sending_back_needs_a_reason(desk, line, filed):
    number, address, transaction_id = filed
    for reason in ("", "　 ", "長" * 501):
        assert "理由を500文字以内で" in desk.press(f"{address}return", reason=reason).text
    assert state(line, transaction_id) == "accepted"
    shown = desk.press(f"{address}return", reason="通数をご確認ください <b>").text
    assert f"申請 {number} を差し戻しました。" in shown
    assert "通数をご確認ください &lt;b&gt;" in shown
    assert state(line, transaction_id) == "returned"


@pytest.mark.parametrize("action", ["approve", "return", "verify"])
def test_deciding_needs_a_post_with_its_token(city, desk, line, filed, action):
    _, address, transaction_id = filed
    assert desk.page(f"{address}{action}").status_code == 405
    assert desk.post(f"{desk.root}{address}{action}", data={"reason": "x"}, timeout=20).status_code == 403
    assert state(line, transaction_id) == "accepted"


def test_an_account_without_the_permission_only_looks(city, desk, line, filed):
    _, address, transaction_id = filed
    with StaffDesk(city, "kacho") as chief:
        chief.page("auth/user/add/")
        username, password = f"u{uuid.uuid4().hex[:8]}", "minarai-2026"
        made = chief.press(
            "auth/user/add/", username=username, usable_password="true", password1=password, password2=password
        )
        # The new account's own page; staff, and in no group.
        chief.press(made.url.removeprefix(chief.root), username=username, is_active="on", is_staff="on")
    with StaffDesk(city) as looker:
        looker.log_in(username, password)
        assert looker.page(address).status_code == 403
        assert looker.press(f"{address}approve").status_code == 403
    assert state(line, transaction_id) == "accepted"


def test_applications_cannot_be_added_changed_or_removed(desk, filed):
    _, address, _ = filed
    assert desk.page("intake/application/add/").status_code == 403
    assert desk.press(f"{address}delete/").status_code == 403
    assert desk.press(f"{address}change/", number="x").status_code == 405


def test_refusals_are_listed_with_their_reason(desk, line, authority):
    answer = line.file(authority.citizen(days=(-400, -1)))
    assert answer.status_code == 422
    listed = desk.page("intake/refusal/").text
    assert "証明書の有効期間外" in listed


def test_a_disabled_kiosk_is_shut_out_with_the_next_request(own_city, citizen):
    city = own_city()
    assert run_verb(city.folder, "createstaff", "kacho", "--chief", typed=f"{PASSWORD}\n").returncode == 0
    with KioskLine(city) as line, StaffDesk(city, "kacho") as chief:
        assert line.file(citizen).status_code == 201
        chief.page("intake/kiosk/1/change/")
        chief.press("intake/kiosk/1/change/", place="1階ロビー", _save="")
        assert line.file(citizen).status_code == 403
        chief.press("intake/kiosk/1/change/", place="1階ロビー", enabled="on", _save="")
        assert line.file(citizen).status_code == 201


def test_the_pages_tell_browsers_to_stay_here(city, desk):
    answer = desk.page("intake/application/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        requests.get(f"{city.staff_url}/static/city/staff.css", timeout=20)
        .headers["Content-Type"]
        .startswith("text/css")
    )
    for name in ("../settings.py", "..%2f..%2fsettings.py", "city/../../settings.py", "city/none.css", "admin"):
        assert requests.get(f"{city.staff_url}/static/{name}", timeout=20).status_code == 404


def test_another_host_name_is_refused(city):
    answer = requests.get(f"{city.staff_url}/staff/", headers={"Host": "evil.example"}, timeout=20)
    assert answer.status_code == 400
