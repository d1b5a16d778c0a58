"""What is kept: kiosks, applications stored once, and everything found out about them, which is only ever added to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from city.errors import CityError
from city.verification.refusal import Code
from city.verification.verdict import Outcome


class AppendOnly(CityError):
    """A row that records what was found out cannot be changed or removed."""


class Kiosk(models.Model):
    """A kiosk in the register; disabling the row shuts the door on it with the next request."""

    kiosk_id = models.CharField("端末番号", max_length=64, unique=True)
    place = models.CharField("設置場所", max_length=100, blank=True)
    enabled = models.BooleanField("使用中", default=True)
    entered = models.DateTimeField("登録日時", auto_now_add=True)
    certificate_until = models.DateTimeField("端末証明書の期限", null=True, blank=True)  # None: not made here

    class Meta:
        """Names in the staff's language."""

        verbose_name = verbose_name_plural = "端末"
        ordering: ClassVar = ["kiosk_id"]

    def __str__(self) -> str:
        return self.kiosk_id


class Enrolment(models.Model):
    """A code by which one kiosk gets a certificate, once; of the code only its digest is kept."""

    kiosk = models.ForeignKey(Kiosk, models.CASCADE, verbose_name="端末")
    code_sha256 = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField("期限")
    used = models.DateTimeField("登録日時", null=True, blank=True)
    public_key = models.TextField(blank=True)  # hex of its SubjectPublicKeyInfo
    certificate = models.TextField(blank=True)  # PEM, as it was answered

    class Meta:
        """Names in the staff's language."""

        verbose_name = verbose_name_plural = "端末の登録"

    def __str__(self) -> str:
        return f"{self.kiosk_id} {self.expires:%Y-%m-%d}"


class Renewal(models.Model):
    """The certificate that a kiosk got last for the one it had, kept because its answer can get lost."""

    kiosk = models.OneToOneField(Kiosk, models.CASCADE, verbose_name="端末")
    at = models.DateTimeField("更新日時")
    public_key = models.TextField()  # hex of its SubjectPublicKeyInfo
    certificate = models.TextField()  # PEM, as it was answered

    class Meta:
        """Names in the staff's language."""

        verbose_name = verbose_name_plural = "端末証明書の更新"

    def __str__(self) -> str:
        return f"{self.kiosk_id} {self.at:%Y-%m-%d}"


class Decision(models.TextChoices):
    """What the staff decided."""

    WAITING = "waiting", "審査待ち"
    APPROVED = "approved", "承認"
    RETURNED = "returned", "差戻し"


class Standing(models.TextChoices):
    """How the latest verification left the application."""

    ACCEPTED = Outcome.ACCEPTED.value, "有効"
    ON_HOLD = Outcome.ON_HOLD.value, "受付保留"
    REFUSED = Outcome.REFUSED.value, "無効"


class Application(models.Model):
    """One application: its container as it was opened, its receipt as it was answered, the staff's decision."""

    number = models.CharField("受付番号", max_length=12, unique=True)
    transaction_id = models.CharField("取引番号", max_length=64, unique=True)
    kiosk = models.ForeignKey(Kiosk, models.PROTECT, verbose_name="端末")
    received = models.DateTimeField("受付日時", db_index=True)
    form_id = models.CharField("様式", max_length=200)
    form_version = models.CharField("様式の版", max_length=200)
    form_title = models.CharField("手続き", max_length=200)
    demo = models.BooleanField("模擬", default=False)
    standing = models.CharField("検証", max_length=16, choices=Standing)
    decision = models.CharField("審査", max_length=16, choices=Decision, default=Decision.WAITING)
    decided_at = models.DateTimeField("審査日時", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="審査者"
    )
    reason = models.CharField("差戻しの理由", max_length=500, blank=True)
    container = models.BinaryField()
    container_sha256 = models.CharField("申請データの SHA-256", max_length=64)
    sealed_sha256 = models.CharField(max_length=64)
    receipt = models.BinaryField()

    class Meta:
        """Names in the staff's language."""

        verbose_name = verbose_name_plural = "申請"
        ordering: ClassVar = ["-received"]
        permissions: ClassVar = [("decide_application", "申請を承認または差し戻すことができる")]

    def __str__(self) -> str:
        return self.number


class Evidence(models.Model):
    """A revocation list that verifications relied on, kept once however often it was used."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256


class Verification(models.Model):
    """What one examination found; a later one adds a row and changes none."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="verifications", verbose_name="申請")
    at = models.DateTimeField("検証日時")
    outcome = models.CharField("結果", max_length=16, choices=Standing)
    signature = models.CharField("署名", max_length=20)
    certificate = models.CharField("証明書", max_length=20)
    revocation = models.CharField("失効", max_length=20, blank=True)
    revocation_reason = models.CharField(max_length=60, blank=True)
    time = models.CharField("時刻", max_length=20)
    signed_at = models.DateTimeField("端末が示す署名時刻", null=True)
    sub_indication = models.CharField("ETSI 表示", max_length=60, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    validator = models.CharField("検証ソフト", max_length=120)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True)

    class Meta:
        """Names in the staff's language; the newest last."""

        verbose_name = verbose_name_plural = "検証"
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; raises AppendOnly for one that is already there."""
        if self.pk is not None:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, using: str | None = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:  # noqa: FBT001, FBT002 - Django's signature
        """Refuse."""
        del using, keep_parents
        raise AppendOnly


class Reason(models.TextChoices):
    """The staff's words for the protocol's codes."""

    NOT_OPENED = Code.NOT_OPENED.value, "暗号を解けない"
    CONTAINER_INVALID = Code.CONTAINER_INVALID.value, "申請データの形式が定めと異なる"
    TRANSACTION_MISMATCH = Code.TRANSACTION_MISMATCH.value, "取引番号または端末番号が署名の内容と異なる"
    OTHER_BYTES = Code.OTHER_BYTES.value, "同じ取引番号で別のデータが届いた"
    FORM_UNKNOWN = Code.FORM_UNKNOWN.value, "公開していない様式"
    ANSWERS_INVALID = Code.ANSWERS_INVALID.value, "回答が様式の定めと異なる"
    SIGNATURE_INVALID = Code.SIGNATURE_INVALID.value, "署名が正しくない"
    CERTIFICATE_UNTRUSTED = Code.CERTIFICATE_UNTRUSTED.value, "証明書を信頼できない"
    CERTIFICATE_EXPIRED = Code.CERTIFICATE_EXPIRED.value, "証明書の有効期間外"
    CERTIFICATE_REVOKED = Code.CERTIFICATE_REVOKED.value, "証明書が失効している"


class Refusal(models.Model):
    """That a transaction was refused and why, without anything of its content; the same refusal is counted."""

    kiosk = models.ForeignKey(Kiosk, models.PROTECT, verbose_name="端末")
    transaction_id = models.CharField("取引番号", max_length=64)
    code = models.CharField("理由", max_length=32, choices=Reason)
    rule = models.CharField("詳細", max_length=60)
    first = models.DateTimeField("最初", auto_now_add=True)
    last = models.DateTimeField("最後", auto_now=True)
    times = models.PositiveIntegerField("回数", default=1)

    class Meta:
        """Names in the staff's language."""

        verbose_name = verbose_name_plural = "受け付けなかった申請"
        ordering: ClassVar = ["-last"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kiosk", "transaction_id", "code", "rule"], name="refusal_once")
        ]

    def __str__(self) -> str:
        return f"{self.transaction_id} {self.code}"
