"""The keys, stores and sources of the configuration, loaded once per process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from city.intake.forms import PublishedForms
from city.receipts.receipt import ReceiptKey
from city.verification.revocation import source_of
from city.verification.seal import Opener
from city.verification.trust import TrustStore
from city.verification.verifier import Verifier

if TYPE_CHECKING:
    from city.config import Config


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that taking in an application needs."""

    config: Config
    opener: Opener
    verifier: Verifier
    receipt_key: ReceiptKey
    forms: PublishedForms


def load_parts(config: Config) -> Parts:
    """Read every key and anchor; raises FileUnusable."""
    trust = config.trust
    store = TrustStore.load(config.paths(trust.anchors), trust.policies, allow_demo=trust.allow_demo)
    source = source_of(config.revocation.source, config.paths(config.revocation.lists))
    return Parts(
        config=config,
        opener=Opener.load(config.paths(config.keys.sealing)),
        verifier=Verifier(store, source),
        forms=PublishedForms.load(config.forms, config.path(config.catalogue.directory)),
        receipt_key=ReceiptKey.load(config.path(config.keys.receipt)),
    )


@cache
def parts() -> Parts:
    """Return the parts of the running configuration."""
    return load_parts(settings.CITY)
