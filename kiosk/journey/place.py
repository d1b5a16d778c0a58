"""Where the kiosk stands: facts of the city that scenes show and the application names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Names, counters and hours, from the configuration."""

    city: str  # 鶴ヶ島市
    seal: str  # one character for the mark in the header: 鶴
    service: str  # 電子申請
    receiver: str  # 申請先, as consent and document name it
    counter: str  # where problems are solved: 2番窓口（市民課）
    pick_up: str  # where the certificate is handed out: 3番窓口（市民課）
    hours: str  # 8:30〜17:15
    kiosk: str  # 申請機 03
    demo: bool  # 模擬 on every scene and in the document
    banner: str = ""  # a further notice for developers, e.g. that the direct reader is in use
