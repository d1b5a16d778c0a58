# ruff: noqa: INP001, T201  # runs in the booted machine, and says on its console what it sees
"""Tell which readers the card service has and which card lies on them, whenever that changes."""

from __future__ import annotations

import time

from smartcard import scard

SELECT = [0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01]  # JPKI
SECONDS = 900

told = None
end = time.monotonic() + SECONDS
while time.monotonic() < end:
    result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    if result != scard.SCARD_S_SUCCESS:
        print(f"PROBE no card service: {result & 0xFFFFFFFF:x}", flush=True)
        time.sleep(10)
        continue
    _, names = scard.SCardListReaders(context, [])
    _, states = scard.SCardGetStatusChange(context, 0, [(name, scard.SCARD_STATE_UNAWARE) for name in names or ()])
    seen = [(name, bytes(atr).hex()) for name, _, atr in states or ()]
    if seen != told:
        told = seen
        print(f"PROBE readers={len(seen)} {seen}", flush=True)
        for name, atr in seen:
            if atr:
                result, card, protocol = scard.SCardConnect(context, name, scard.SCARD_SHARE_SHARED, 3)
                sent, answer = scard.SCardTransmit(card, protocol, SELECT) if result == 0 else (result, [])
                print(f"PROBE protocol={protocol} select={sent & 0xFFFFFFFF:x} {bytes(answer).hex()}", flush=True)
                if result == 0:
                    scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
    scard.SCardReleaseContext(context)
    time.sleep(2)
