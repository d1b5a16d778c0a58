"""Whose certificate it is: the otherNames of a 署名用電子証明書, for the staff to compare with the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asn1crypto import core
from cryptography import x509

if TYPE_CHECKING:
    from collections.abc import Mapping

_ARC = "1.2.392.200149.8.5.5."
_NAME, _NAME_FLAGS, _SEX, _BIRTH, _ADDRESS, _ADDRESS_FLAGS = (f"{_ARC}{number}" for number in (1, 2, 3, 4, 5, 6))
_SEXES = {"1": "男", "2": "女", "3": "不明"}
_ERAS = {"1": ("明治", 1867), "2": ("大正", 1911), "3": ("昭和", 1925), "4": ("平成", 1988), "5": ("令和", 2018)}


@dataclass(frozen=True, slots=True, repr=False)
class Spelled:
    """A text and, for each character, whether the certificate had to use a substitute (代替文字)."""

    characters: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The characters alone."""
        return "".join(character for character, _ in self.characters)


@dataclass(frozen=True, slots=True, repr=False)
class CertifiedHolder:
    """The person the certificate was issued to; empty where it says nothing."""

    name: Spelled
    birth: str
    sex: str
    address: Spelled


def _spelled(text: str, flags: str) -> Spelled:
    # Flag strings need not have exactly the text's length.
    return Spelled(tuple((character, flags[index : index + 1] == "1") for index, character in enumerate(text)))


def _birth(value: str) -> str:
    """Return 9 digits `EYYYYMMDD` as people write dates; parts unknown to the register are said to be so."""
    if len(value) != 9 or not value.isdigit():
        return value
    era, year, month, day = value[0], int(value[1:5]), int(value[5:7]), int(value[7:])
    if not year:
        return "不詳"
    name, before = _ERAS.get(era, ("", 0))
    japanese = f"（{name}{year - before}年）" if name else ""
    return f"{year}年{japanese}" + (f"{month}月" if month else "月不詳") + (f"{day}日" if day else "日不詳")


def _texts(certificate: x509.Certificate) -> Mapping[str, str]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return {}
    texts = {}
    for other in names.get_values_for_type(x509.OtherName):
        try:
            texts[other.type_id.dotted_string] = str(core.UTF8String.load(other.value).native)  # type: ignore[no-untyped-call]
        except ValueError:
            continue
    return texts


def certified_holder(certificate: x509.Certificate) -> CertifiedHolder:
    """Return what the certificate says about its holder; unknown otherNames are passed over."""
    texts = _texts(certificate)
    return CertifiedHolder(
        name=_spelled(texts.get(_NAME, ""), texts.get(_NAME_FLAGS, "")),
        birth=_birth(texts.get(_BIRTH, "")),
        sex=_SEXES.get(texts.get(_SEX, ""), ""),
        address=_spelled(texts.get(_ADDRESS, ""), texts.get(_ADDRESS_FLAGS, "")),
    )
