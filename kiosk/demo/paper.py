"""An invented paper under an invented camera: the demonstration's register of a family that does not exist."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE: Final = (1944, 2592)  # a camera that is mounted upright
SHEET: Final = (1740, 2460)  # A4
FONT: Final = Path("/usr/share/fonts/truetype/bizud-gothic/BIZUDPGothic-Regular.ttf")
INK, RULE, SEAL, PAPER, DESK = (40, 40, 48), (150, 150, 150), (196, 60, 48), (250, 249, 244), (122, 104, 84)
ROWS: Final = (
    ("本籍", "埼玉県見本市中央一丁目１番"),
    ("氏名", "見本　一郎"),
    ("戸籍事項", "【改製日】平成二十四年三月十七日"),
    ("記録されている者", "【名】一郎　【生年月日】昭和四年五月六日\n【父】見本太助　【母】見本みち　【続柄】長男"),
    ("身分事項　婚姻", "【婚姻日】昭和二十八年十月十日\n【配偶者氏名】見本春子"),
    ("記録されている者", "【名】春子　【生年月日】昭和六年七月八日\n【父】例示三郎　【母】例示とめ　【続柄】二女"),
    ("記録されている者", "【名】花子　【生年月日】昭和二十九年四月一日\n【父】見本一郎　【母】見本春子　【続柄】長女"),
    ("身分事項　出生", "【出生日】昭和二十九年四月一日\n【出生地】埼玉県見本市"),
)


def write_paper(path: Path) -> None:
    """Draw the paper as a camera sees it, as JPEG, unless it is there; it says that it is a sample and names nobody."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{os.getpid()}.{path.name}")
    seen().save(part, "JPEG", quality=92)
    part.replace(path)


def seen() -> Image.Image:
    """Return the sheet on the desk, a little askew, a little soft, darker at one side."""
    desk = Image.new("RGB", SIZE, DESK)
    sheet = _sheet().rotate(0.6, Image.Resampling.BICUBIC, expand=True, fillcolor=DESK)
    desk.paste(sheet, ((SIZE[0] - sheet.width) // 2, (SIZE[1] - sheet.height) // 2))
    shade = Image.linear_gradient("L").resize(SIZE).point(lambda value: 255 - value // 8)
    lit = Image.composite(desk, Image.new("RGB", SIZE, (0, 0, 0)), shade)
    return lit.filter(ImageFilter.GaussianBlur(0.8))


def _sheet() -> Image.Image:
    page = Image.new("RGB", SHEET, PAPER)
    pen = ImageDraw.Draw(page)
    _middle(pen, 190, "戸籍全部事項証明書（見本）", 66)
    _middle(pen, 280, "この書類は模擬のために作ったもので、実在の人のものではありません。", 34)
    y = 350
    for name, said in ROWS:
        high = 70 + 66 * (said.count("\n") + 1)
        pen.rectangle((120, y, SHEET[0] - 120, y + high), outline=RULE, width=3)
        pen.line((560, y, 560, y + high), fill=RULE, width=3)
        pen.text((150, y + 46), name, INK, ImageFont.truetype(FONT, 40))
        pen.multiline_text((590, y + 40), said, INK, ImageFont.truetype(FONT, 42), spacing=24)
        y += high
    pen.text(
        (150, y + 90),
        "これは、戸籍に記録されている事項の全部を証明した書面の見本です。",
        INK,
        ImageFont.truetype(FONT, 42),
    )
    pen.text((150, y + 190), "令和八年十一月一日", INK, ImageFont.truetype(FONT, 42))
    pen.text((820, y + 270), "見本市長　例示　次郎", INK, ImageFont.truetype(FONT, 54))
    pen.rectangle((1390, y + 220, 1570, y + 400), outline=SEAL, width=10)
    pen.multiline_text((1416, y + 240), "見本\n之印", SEAL, ImageFont.truetype(FONT, 62), spacing=12)
    return page


def _middle(pen: ImageDraw.ImageDraw, y: int, text: str, px: int) -> None:
    pen.text((SHEET[0] // 2, y), text, INK, ImageFont.truetype(FONT, px), anchor="mm")
