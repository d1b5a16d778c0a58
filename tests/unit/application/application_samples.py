"""An invented application, complete as the journey makes it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from kiosk.application.document import Answer, Application, Origin

CONSENT = (
    "上記のとおり申請します。"
    "電子署名に用いた署名用電子証明書の氏名・住所・生年月日・性別が申請先に伝わることに同意します。"
)


def a_residence_application(**changes: object) -> Application:
    facts = {
        "transaction_id": "0192f3a5-7c1e-7b60-8f7e-1a2b3c4d5e6f",
        "form_id": "juminhyo",
        "form_version": "1",
        "form_sha256": "ab" * 32,
        "form_title": "住民票の写しの交付申請書",
        "receiver": "鶴ヶ島市長",
        "answers": some_answers(),
        "consent_id": "consent-1",
        "consent_sha256": hashlib.sha256(CONSENT.encode()).hexdigest(),
        "consent_text": CONSENT,
        "checklist": ("マイナンバーカードを持っています", "署名用パスワードがわかります", "申請する本人です"),
        "language": "ja",
        "kiosk_id": "kiosk-demo",
        "created": datetime(2026, 11, 24, 1, 43, tzinfo=UTC),
        "clock_trusted": True,
        "demo": True,
    }
    return Application(**(facts | changes))


def some_answers() -> tuple[Answer, ...]:
    return (
        Answer("name", "氏名", "鶴ヶ島　花子", "鶴ヶ島　花子", Origin.CARD),
        Answer("birth", "生年月日", "1954-04-01", "昭和29年4月1日", Origin.CARD),
        Answer("sex", "性別", "2", "女", Origin.CARD),
        Answer(
            "address",
            "住所",
            {"postcode": "3502201", "text": "埼玉県鶴ヶ島市富士見一丁目０番０号"},
            "〒350-2201\n埼玉県鶴ヶ島市富士見一丁目０番０号",
            Origin.CORRECTED,
        ),
        Answer("phone", "電話番号", "049-000-1234", "049-000-1234", Origin.TYPED),
        Answer("kind", "証明の種類", "part", "住民票の写し（世帯の一部）", Origin.TYPED),
        Answer("head", "世帯主の氏名", "渡辺　一郎", "渡辺　一郎", Origin.TYPED),
        Answer("copies", "必要な通数", 1, "1通", Origin.TYPED),
        Answer("purpose", "使いみち", "pension", "年金の手続き", Origin.TYPED),
    )
