# ruff: noqa: INP001, T201  # runs in the booted machine
"""Tell which readers the card service has, and what the applet of a card on them answers; one line of JSON."""

from __future__ import annotations

import json

from smartcard import scard

SELECT = [0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01]  # JPKI

result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
if result != scard.SCARD_S_SUCCESS:
    raise SystemExit(f"no card service: {result & 0xFFFFFFFF:x}")
_, names = scard.SCardListReaders(context, [])
_, states = scard.SCardGetStatusChange(context, 0, [(name, scard.SCARD_STATE_UNAWARE) for name in names or ()])
seen = {}
for name, _, atr in states or ():
    seen[name] = {"atr": bytes(atr).hex(), "select": ""}
    if atr:
        result, card, protocol = scard.SCardConnect(context, name, scard.SCARD_SHARE_SHARED, 3)
        sent, answer = scard.SCardTransmit(card, protocol, SELECT) if result == 0 else (result, [])
        seen[name]["select"] = bytes(answer).hex() or f"{sent & 0xFFFFFFFF:x}"
        if result == 0:
            scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
scard.SCardReleaseContext(context)
print(json.dumps(seen))
