"""Why an application is not accepted: a closed list of codes, part of the protocol."""

from __future__ import annotations

from enum import StrEnum

from city.errors import CityError


class Code(StrEnum):
    """The `code` of a 422 answer (docs/protocol.md)."""

    NOT_OPENED = "not-opened"
    CONTAINER_INVALID = "container-invalid"
    TRANSACTION_MISMATCH = "transaction-mismatch"
    OTHER_BYTES = "other-bytes"
    FORM_UNKNOWN = "form-unknown"
    ANSWERS_INVALID = "answers-invalid"
    SIGNATURE_INVALID = "signature-invalid"
    CERTIFICATE_UNTRUSTED = "certificate-untrusted"
    CERTIFICATE_EXPIRED = "certificate-expired"
    CERTIFICATE_REVOKED = "certificate-revoked"


class Refused(CityError):
    """This application will never be accepted as it is; `rule` names what it breaks, never with its content."""

    def __init__(self, code: Code, rule: str) -> None:
        super().__init__(f"{code}: {rule}")
        self.code = code
        self.rule = rule
