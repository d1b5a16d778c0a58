"""One signature in the making: what the card is asked to sign once its certificate is known, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.application.certificate import check_certificate
from kiosk.application.certified import same_person
from kiosk.application.container import build_container, verify_container
from kiosk.application.errors import CertificateOutdated, HolderDiffers
from kiosk.application.manifest import manifest_xml
from kiosk.application.signature import cades, check_signature, digest_to_sign, signed_attributes

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from kiosk.application.certified import CertifiedHolder, HolderFields
    from kiosk.application.prepared import Prepared
    from kiosk.application.trust import TrustStore


class Signing:
    """Binds a prepared application to the certificate of the card on the tray."""

    def __init__(
        self,
        prepared: Prepared,
        store: TrustStore,
        policies: AbstractSet[str],
        moment: datetime,
        holder: HolderFields | None = None,
    ) -> None:
        """Sign at `moment`; when `holder` filled in the form, only a card of the same person may sign it."""
        self._prepared = prepared
        self._store = store
        self._policies = policies
        self._moment = moment
        self._holder = holder
        self._certificate = b""
        self._attributes = b""

    def decide(self, certificate_der: bytes) -> bytes:
        """Return the digest for the card to sign; raises CertificateRefused or HolderDiffers and nothing is signed."""
        facts = check_certificate(certificate_der, self._store, self._moment, self._policies)
        if self._holder is not None:
            _compare(self._holder, facts.attributes)
        manifest = manifest_xml(self._prepared.entries)
        self._certificate = certificate_der
        self._attributes = signed_attributes(manifest, certificate_der, self._moment)
        return digest_to_sign(self._attributes)

    def finish(self, signature: bytes) -> bytes:
        """Return the container; raises SignatureMismatch or ContainerFaulty when it does not verify."""
        check_signature(self._certificate, self._attributes, signature)
        container = build_container(self._prepared.entries, cades(self._certificate, self._attributes, signature))
        verify_container(container)
        return container


def _compare(holder: HolderFields, certified: CertifiedHolder) -> None:
    """Tell another person's card from a certificate that was issued before its holder moved or changed names."""
    if same_person(holder, certified):
        return
    if holder.birth == certified.birth:
        raise CertificateOutdated
    raise HolderDiffers
