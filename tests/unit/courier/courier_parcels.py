"""Sealed applications for tests, and the moment at which they are made."""

import hashlib
import uuid
from datetime import UTC, datetime

from kiosk.courier.parcel import Parcel, holding_number

NOON = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)


def parcel(name: str = "one", size: int = 3000, created: datetime = NOON) -> Parcel:
    transaction = str(uuid.uuid5(uuid.NAMESPACE_OID, name))
    sealed = hashlib.shake_256(name.encode()).digest(size)
    return Parcel(transaction, holding_number(transaction), sealed, "0123456789abcdef", created)
