"""The program as a whole: starting, refusing to start, stopping, crashing, exporting."""

from __future__ import annotations

import csv
import json
import os
import select
import sqlite3
import uuid

import pytest
from city_filing import a_container
from city_running import PASSWORD, KioskLine, StaffDesk, furnish, number_of, primary_key, run_verb


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (["kiosk_door.port=high"], ["config/city.toml", "kiosk_door.port", "'high'", "int"]),
        (["trust.allow_demo=false"], ["sign_ca.pem", "allow_demo"]),
        (["keys.receipt=sealing.key"], ["sealing.key", "Ed25519"]),
        (["kiosk_door.certificate=kiosk.pem"], ["kiosk.pem", "city.key"]),
        (["kiosk_door.client_ca=missing.pem"], ["missing.pem", "authority"]),
        (["trust.anchors=['crl.pem']"], ["crl.pem", "certificates"]),
        (["forms.directory=nowhere"], ["nowhere", "forms"]),
    ],
)
def test_it_does_not_start_with_something_wrong_and_says_what(tmp_path, authority, settings, words):
    furnish(tmp_path, authority)
    done = run_verb(tmp_path, "serve", settings=settings)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    for word in words:
        assert word in done.stderr


def test_it_announces_its_ports_stops_cleanly_and_keeps_everything(own_city, citizen):
    city = own_city()
    assert set(city.ports) == {"event", "pid", "kiosk_port", "staff_port"}
    assert city.ports["kiosk_port"] != city.ports["staff_port"]
    txn = str(uuid.uuid4())
    with KioskLine(city) as line:
        sealed = line.sealed(a_container(citizen, txn), txn)
        first = line.deliver(sealed, txn)
    assert city.stop() == 0
    again = own_city()
    with KioskLine(again) as line:
        second = line.deliver(sealed, txn)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.content == second.content


def test_a_receipt_survives_a_kill(own_city, citizen):
    city = own_city()
    acknowledged = []
    with KioskLine(city) as line:
        for _ in range(5):
            answer = line.file(citizen)
            assert answer.status_code == 201
            acknowledged.append(answer.json())
    city.kill()
    with KioskLine(own_city()) as line:
        for known in acknowledged:
            txn = known["receipt"]["transaction_id"]
            assert line.get(f"{line.address}/{txn}", timeout=20).json() == known | {"state": "accepted"}


def test_it_ends_when_its_master_is_gone(own_city):
    city = own_city()
    worker = int(city.workers()[0])
    os.kill(city.process.pid, 9)
    city.process.wait(10)
    city.process.stdout.close()
    handle = os.pidfd_open(worker)
    try:
        assert select.select([handle], [], [], 15)[0], "the worker lives on without its master"
    finally:
        os.close(handle)


def test_held_until_the_list_is_back_then_verified_again(own_city, authority, citizen):
    city = own_city()
    assert run_verb(city.folder, "createstaff", "tanaka", typed=f"{PASSWORD}\n").returncode == 0
    crl = city.folder / "crl.pem"
    content = crl.read_bytes()
    crl.unlink()
    with KioskLine(city) as line, StaffDesk(city, "tanaka") as desk:
        answer = line.file(citizen)
        receipt = answer.json()["receipt"]
        assert (answer.status_code, receipt["status"]) == (201, "on_hold")
        address = f"intake/application/{primary_key(desk, number_of(answer))}/"
        shown = desk.page(address).text
        assert "受付保留" in shown
        assert "失効情報を取得できず" in shown
        assert "承認できません" in desk.press(f"{address}approve").text
        crl.write_bytes(content)
        assert "失効していません" in desk.press(f"{address}verify").text
        later = line.get(f"{line.address}/{receipt['transaction_id']}", timeout=20).json()
        assert (later["state"], later["receipt"]["status"]) == ("accepted", "on_hold")
        assert "を承認しました" in desk.press(f"{address}approve").text
        verdict = json.loads(desk.page(f"{address}verdict.json").content)
    assert [row["outcome"] for row in verdict["verifications"]] == ["on_hold", "accepted"]
    assert verdict["decision"] == "approved"


def test_a_certificate_revoked_meanwhile_becomes_invalid_when_verified_again(own_city, authority):
    citizen = authority.citizen()
    city = own_city("revocation.source=unavailable")
    with KioskLine(city) as line:
        answer = line.file(citizen)
        assert answer.json()["receipt"]["status"] == "on_hold"
    city.kill()
    (city.folder / "crl.pem").write_bytes(authority.revocation_list([citizen]))
    again = own_city()
    assert run_verb(city.folder, "createstaff", "tanaka", typed=f"{PASSWORD}\n").returncode == 0
    with StaffDesk(again, "tanaka") as desk, KioskLine(again) as line:
        address = f"intake/application/{primary_key(desk, number_of(answer))}/"
        shown = desk.press(f"{address}verify").text
        assert "失効しています" in shown
        assert "無効" in shown
        assert line.file(citizen).json()["code"] == "certificate-revoked"


def test_forms_that_are_not_published_are_refused(own_city, citizen):
    city = own_city("forms.any=false", f'forms.accepted={{juminhyo=["{"ab" * 32}"]}}')
    with KioskLine(city) as line:
        assert line.file(citizen).status_code == 201
        for changes in ({"form_sha256": "cd" * 32}, {"form_id": "other"}):
            answer = line.file(citizen, **changes)
            assert (answer.status_code, answer.json()["code"]) == (422, "form-unknown")


def test_a_database_that_cannot_be_written_asks_to_come_back(own_city, citizen):
    city = own_city()
    with KioskLine(city) as line:
        assert line.file(citizen).status_code == 201
        holder = sqlite3.connect(city.folder / "city.sqlite3", isolation_level=None)
        try:
            holder.execute("BEGIN EXCLUSIVE")
            holder.execute("DROP TABLE intake_verification")
            holder.execute("COMMIT")
        finally:
            holder.close()
        answer = line.file(citizen)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert int(answer.headers["Retry-After"]) > 0


def test_export_writes_one_or_all(own_city, citizen, tmp_path):
    city = own_city()
    with KioskLine(city) as line:
        answers = [line.file(citizen) for _ in range(2)]
    transaction_id = answers[0].json()["receipt"]["transaction_id"]
    one = tmp_path / "one"
    done = run_verb(city.folder, "export", "--transaction", transaction_id, "--out", str(one))
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in one.iterdir()) == ["application.asice", "receipt.json", "verdict.json"]
    assert (one / "receipt.json").read_bytes() == answers[0].content
    assert json.loads((one / "verdict.json").read_bytes())["standing"] == "accepted"
    everything = tmp_path / "all"
    assert run_verb(city.folder, "export", "--out", str(everything)).returncode == 0
    with (everything / "applications.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["number"] for row in rows] == [number_of(answer) for answer in answers]
    assert all((everything / row["number"] / "application.asice").exists() for row in rows)
    missing = run_verb(city.folder, "export", "--transaction", "txn-00000000", "--out", str(one))
    assert missing.returncode == 2
    assert "txn-00000000" in missing.stderr


def test_weak_passwords_and_taken_names_are_refused(own_city):
    folder = own_city().folder
    assert run_verb(folder, "createstaff", "sato", typed="short\n").returncode == 2
    assert run_verb(folder, "createstaff", "sato", typed=f"{PASSWORD}\n").returncode == 0
    again = run_verb(folder, "createstaff", "sato", typed=f"{PASSWORD}\n")
    assert again.returncode == 2
    assert "sato" in again.stderr
