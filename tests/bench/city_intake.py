"""How many applications a second the city takes in, and how much of a core each costs it."""

from __future__ import annotations

import base64
import json
import os
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import requests
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key

from kiosk.application.container import entries_of
from kiosk.application.document import JAPAN, Answer, Application, Origin
from kiosk.application.envelope import CityKey, seal
from kiosk.application.fonts import FontFiles
from kiosk.application.page import view_pdf
from kiosk.application.prepared import Prepared
from kiosk.application.signing import Signing
from kiosk.application.trust import TrustStore
from kiosk.demo.launcher import Demonstration
from kiosk.demo.setting import KIOSK_ID, TEST_POLICY, Setting
from kiosk.forms.loader import load_forms
from tests.bench.process_table import cpu_ticks, family
from tests.sample_answers import ANSWERS

MANY = 200
AT_ONCE = 4
Rows = dict[str, tuple[float, str]]


def measure_city(folder: Path, many: int = MANY) -> Rows:
    setting = Setting(folder, folder / "trust")
    demonstration = Demonstration(setting)
    demonstration.prepare()
    made = _applications(setting.trust, many)
    demonstration.start_city()
    try:
        _post_all(demonstration.city_port, setting.trust, made[:AT_ONCE])  # the worker is there and warm
        pids = family(demonstration.city.pid)
        before, began = sum(map(cpu_ticks, pids)), time.monotonic()
        _post_all(demonstration.city_port, setting.trust, made[AT_ONCE:])
        wall = time.monotonic() - began
        cpu = (sum(map(cpu_ticks, pids)) - before) / os.sysconf("SC_CLK_TCK")
    finally:
        demonstration.stop()
    return {
        "city, applications a second (4 at once)": (len(made[AT_ONCE:]) / wall, "1/s"),
        "city, applications a second for each core": (len(made[AT_ONCE:]) / cpu, "1/s"),
        "city, CPU for one application": (1000 * cpu / len(made[AT_ONCE:]), "ms"),
    }


def _applications(trust: Path, many: int) -> list[tuple[str, bytes]]:
    card = json.loads((trust / "cards/hanako.json").read_text(encoding="utf-8"))["applets"][0]
    key = load_der_private_key(base64.b64decode(card["keys"]["26"]["pkcs8"]), None)
    certificate = base64.b64decode(card["files"]["1"]["data"])
    store = TrustStore.load([trust / "sign_ca.pem"], allow_demo=True)
    city_key = CityKey.load(trust / "sealing.pub")
    form = next(form for form in load_forms(Path("config/forms"), ("ja",)) if form.id == "juminhyo")
    made = []
    # Setting the page is the kiosk's work, so one page serves them all.
    page = view_pdf(_application(form.id, form.version, form.sha256), FontFiles())
    for _ in range(many + AT_ONCE):
        application = _application(form.id, form.version, form.sha256)
        prepared = Prepared(application, entries_of(application, page), ())
        signing = Signing(prepared, store, {TEST_POLICY}, datetime.now(UTC))
        signature = key.sign(signing.decide(certificate), PKCS1v15(), Prehashed(SHA256()))
        sealed = seal(signing.finish(signature), city_key, KIOSK_ID, application.transaction_id)
        made.append((application.transaction_id, sealed))
    return made


def _application(form: str, version: str, digest: str) -> Application:
    answers = tuple(Answer(name, name, value, str(value), Origin.TYPED) for name, value in ANSWERS.items())
    return Application(
        str(uuid.uuid4()), form, version, digest, "住民票の写しの交付申請", "鶴ヶ島市", answers, "c", "0" * 64, "…",
        ("card",), "ja", KIOSK_ID, datetime.now(JAPAN), clock_trusted=True, demo=True,
    )  # fmt: skip


def _post_all(port: int, trust: Path, made: list[tuple[str, bytes]]) -> None:
    session = requests.Session()
    session.trust_env = False
    session.verify = str(trust / "city_ca.pem")
    session.cert = (str(trust / "kiosk.pem"), str(trust / "kiosk.key"))
    key = CityKey.load(trust / "sealing.pub").key_id

    def post(each: tuple[str, bytes]) -> int:
        headers = {
            "Content-Type": "application/vnd.madoguchi.sealed", "Idempotency-Key": each[0], "Sealing-Key": key,
        }  # fmt: skip
        return session.post(f"https://127.0.0.1:{port}/v1/applications", data=each[1], headers=headers).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(post, made))
    if set(answers) != {201}:
        raise SystemExit(f"the city answered {sorted(set(answers))}")
