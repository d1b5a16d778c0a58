"""The staff's words for what was found: one sentence for each finding, and the mark it gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from city.intake.models import Decision, Standing

if TYPE_CHECKING:
    from city.intake.models import Verification

GOOD, WAIT, BAD = "good", "wait", "bad"
MARKS: Final = {GOOD: "✓", WAIT: "…", BAD: "✕"}

SIGNATURE: Final = {
    "good": (GOOD, "署名は正しく、署名後に内容は変更されていません。"),
    "content_changed": (BAD, "署名の対象と内容が一致しません。"),
    "false": (BAD, "署名の値が証明書の公開鍵と一致しません。"),
    "malformed": (BAD, "署名の形式が定めと異なります。"),
}
CERTIFICATE: Final = {
    "good": (GOOD, "信頼する認証局が発行した署名用電子証明書で、受付時に有効期間内でした。"),
    "untrusted": (BAD, "信頼する認証局が発行した証明書ではありません。"),
    "unsuitable": (BAD, "署名用電子証明書ではありません。"),
    "expired": (BAD, "受付時に有効期間が過ぎていました。"),
    "not_yet_valid": (BAD, "受付時に有効期間が始まっていませんでした。"),
    "not_checked": (BAD, "署名が正しくないため確認していません。"),
}
REVOCATION: Final = {
    "valid": (GOOD, "失効していません。"),
    "revoked": (BAD, "失効しています。"),
    "unknown": (WAIT, "この認証局の失効情報がなく、確認できていません。"),
    "unavailable": (WAIT, "失効情報を取得できず、確認できていません。"),
    "": (BAD, "証明書が有効でないため確認していません。"),
}
TIME: Final = {
    "good": (GOOD, "端末が示す署名時刻と受付時刻に矛盾はありません。"),
    "clock_untrusted": (WAIT, "端末の時計が同期されていませんでした。受付時刻を基準にしてください。"),
    "ahead": (WAIT, "端末が示す署名時刻が受付時刻より5分以上進んでいます。"),
    "disagrees": (WAIT, "申請書の作成時刻と署名時刻が離れています。"),
    "not_checked": (WAIT, "署名が正しくないため確認していません。"),
}
STANDING_MARK: Final = {Standing.ACCEPTED: GOOD, Standing.ON_HOLD: WAIT, Standing.REFUSED: BAD}
DECISION_MARK: Final = {Decision.WAITING: WAIT, Decision.APPROVED: GOOD, Decision.RETURNED: BAD}
ORIGIN: Final = {"card": "カードから", "typed": "入力", "corrected": "カードから（本人が訂正）", "photographed": "撮影"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the verdict table."""

    name: str
    mark: str
    sign: str
    sentence: str


def verdict_rows(found: Verification) -> list[Row]:
    """Return the four lines 署名, 証明書, 失効, 時刻 of one verification."""
    told = (
        ("署名", SIGNATURE[found.signature]),
        ("証明書", CERTIFICATE[found.certificate]),
        ("失効", REVOCATION[found.revocation]),
        ("時刻", TIME[found.time]),
    )
    return [Row(name, mark, MARKS[mark], sentence) for name, (mark, sentence) in told]
