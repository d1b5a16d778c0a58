"""One examination from front to back: a ladder that reads top to bottom and accepts only at its last rung."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from city.verification.refusal import Code
from city.verification.revocation import RevocationState
from city.verification.signature import Signature, SignatureMalformed, check_signature, read_signature
from city.verification.trust import TrustStore, broken_rule, is_demo
from city.verification.verdict import CertificateFinding, Outcome, SignatureFinding, TimeFinding, Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from city.verification.container import Container
    from city.verification.document import Document
    from city.verification.revocation import Moments, RevocationAnswer, RevocationSource

SKEW = timedelta(minutes=5)


def _time_finding(document: Document, signed_at: datetime, at: datetime) -> TimeFinding:
    if not document.clock_trusted:
        return TimeFinding.CLOCK_UNTRUSTED
    if signed_at > at + SKEW:
        return TimeFinding.AHEAD
    # The document is made before the password is typed; the signature follows within the session.
    return TimeFinding.GOOD if abs(signed_at - document.created) <= SKEW * 4 else TimeFinding.DISAGREES


def _signature_fault(at: datetime, finding: SignatureFinding, rule: str, sub_indication: str) -> Verdict:
    return Verdict(
        outcome=Outcome.REFUSED,
        refusal=Code.SIGNATURE_INVALID,
        rule=rule,
        signature=finding,
        certificate=CertificateFinding.NOT_CHECKED,
        revocation=None,
        time=TimeFinding.NOT_CHECKED,
        sub_indication=sub_indication,
        at=at,
    )


@dataclass(frozen=True, slots=True)
class Verifier:
    """Everything an examination needs beside the container."""

    trust: TrustStore
    revocation: RevocationSource

    def examine(self, container: Container, when: Moments) -> Verdict:
        """Return the verdict on a container whose shape is right; never raises for what the container holds.

        Dates count at the moment for which the city itself can prove that the signature existed: its reception.
        """
        at = when.proven
        try:
            signature = read_signature(container.signature)
            checked = check_signature(signature, container.manifest, self.trust.anchors, at)
        except SignatureMalformed as error:
            return _signature_fault(when.now, SignatureFinding.MALFORMED, str(error), "FORMAT_FAILURE")
        if not checked.intact:
            return _signature_fault(when.now, SignatureFinding.CONTENT_CHANGED, "digest", "HASH_FAILURE")
        if not checked.valid:
            return _signature_fault(when.now, SignatureFinding.FALSE, "signature value", "SIG_CRYPTO_FAILURE")
        good = Verdict(
            outcome=Outcome.ACCEPTED,
            refusal=None,
            rule="",
            signature=SignatureFinding.GOOD,
            certificate=CertificateFinding.GOOD,
            revocation=RevocationState.VALID,
            time=_time_finding(container.document, signature.claimed_time, at),
            sub_indication="",
            at=when.now,
            signed_at=signature.claimed_time,
            demo=container.document.demo,
        )
        return self._examine_certificate(good, signature, when, "" if checked.path_good else checked.sub_indication)

    def _examine_certificate(self, verdict: Verdict, signature: Signature, when: Moments, path_problem: str) -> Verdict:
        certificate, at = signature.certificate, when.proven
        refused = replace(verdict, outcome=Outcome.REFUSED, refusal=Code.CERTIFICATE_UNTRUSTED, revocation=None)
        issuer = self.trust.issuer_of(certificate, at)
        if issuer is None:
            finding, problem = CertificateFinding.UNTRUSTED, "NO_CERTIFICATE_CHAIN_FOUND"
            return replace(refused, certificate=finding, rule="chain", sub_indication=problem)
        if at > certificate.not_valid_after_utc:
            finding, problem = CertificateFinding.EXPIRED, "OUT_OF_BOUNDS_NO_POE"
            refused = replace(refused, refusal=Code.CERTIFICATE_EXPIRED)
            return replace(refused, certificate=finding, rule="dates", sub_indication=problem)
        if at < certificate.not_valid_before_utc:
            finding, problem = CertificateFinding.NOT_YET_VALID, "NOT_YET_VALID"
            refused = replace(refused, refusal=Code.CERTIFICATE_EXPIRED)
            return replace(refused, certificate=finding, rule="dates", sub_indication=problem)
        rule = broken_rule(certificate, self.trust.policies)
        if rule or path_problem:
            finding, problem = CertificateFinding.UNSUITABLE, path_problem or "CHAIN_CONSTRAINTS_FAILURE"
            return replace(refused, certificate=finding, rule=rule or "path", sub_indication=problem)
        answer = self.revocation.answer(certificate, issuer, when)
        return _revocation_decides(replace(verdict, demo=verdict.demo or is_demo(issuer)), answer)


def _revocation_decides(verdict: Verdict, answer: RevocationAnswer) -> Verdict:
    """Only `valid` accepts, only `revoked` refuses, everything else waits."""
    asked = replace(verdict, revocation=answer.state, revocation_reason=answer.reason, evidence=answer.evidence)
    if answer.state is RevocationState.VALID:
        return asked
    if answer.state is RevocationState.REVOKED:
        refused = replace(asked, outcome=Outcome.REFUSED, refusal=Code.CERTIFICATE_REVOKED)
        return replace(refused, rule="revoked", sub_indication="REVOKED_NO_POE")
    return replace(asked, outcome=Outcome.ON_HOLD, rule="revocation", sub_indication="TRY_LATER")
