"""The four attributes inside a signing certificate, and whether they are those of a holder."""

# asn1crypto carries no types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import Protocol

from asn1crypto import core
from cryptography import x509

from kiosk.application.errors import CertificateUnsuitable

# subjectAltName otherNames of JPKI: https://www.jpki.go.jp, arc 1.2.392.200149.8.5.5. Unknown ones are ignored:
# the profile grows.
_ARC = "1.2.392.200149.8.5.5."
_NAME, _NAME_FLAGS, _SEX, _BIRTH, _ADDRESS, _ADDRESS_FLAGS = (f"{_ARC}{number}" for number in range(1, 7))

_BIRTH_FORM = re.compile(r"[0-5]([0-9]{8})")


@dataclass(frozen=True, slots=True, repr=False)
class CertifiedHolder:
    """Name, birth date (`YYYYMMDD`, unknown parts zero), sex (1 male, 2 female, 3 unknown) and address as certified.

    A `1` in the flags marks a character that stands in for one the certificate's character set has not (代替文字).
    """

    name: str
    name_flags: str
    birth: str
    sex: str
    address: str
    address_flags: str

    def __repr__(self) -> str:
        return "<CertifiedHolder>"


class HolderFields(Protocol):
    """The four attributes as the card's text applet gives them."""

    @property
    def name(self) -> str:
        """Family and given name."""

    @property
    def address(self) -> str:
        """Address without postcode."""

    @property
    def birth(self) -> str:
        """Date as `YYYYMMDD`, unknown parts zero."""

    @property
    def sex(self) -> str:
        """ISO 5218 digit."""


def _other_names(certificate: x509.Certificate) -> dict[str, str]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return {
            name.type_id.dotted_string: core.UTF8String.load(name.value, strict=True).native
            for name in names.get_values_for_type(x509.OtherName)
            if name.type_id.dotted_string.startswith(_ARC) and name.value[:1] == b"\x0c"  # UTF8String
        }
    except (x509.ExtensionNotFound, ValueError, TypeError):
        raise CertificateUnsuitable("holder") from None


def certified_holder(certificate: x509.Certificate) -> CertifiedHolder:
    """Return the attributes of a signing certificate; raises CertificateUnsuitable when one is not there."""
    names = _other_names(certificate)
    birth = _BIRTH_FORM.fullmatch(names.get(_BIRTH, ""))
    if birth is None or not {_NAME, _SEX, _ADDRESS} <= names.keys():
        raise CertificateUnsuitable("holder")
    return CertifiedHolder(
        name=names[_NAME],
        name_flags=names.get(_NAME_FLAGS, ""),
        birth=birth[1],
        sex=names[_SEX],
        address=names[_ADDRESS],
        address_flags=names.get(_ADDRESS_FLAGS, ""),
    )


# Characters of registers that JIS X 0208 and X 0212 have not, and what usually stands in for them.
_VARIANTS = str.maketrans("髙﨑德瀨𠮷閒ヶ", "高崎徳瀬吉間ケ")
_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\uff0d-]")
_UNSEEN = re.compile("[\\s\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def _folded(text: str) -> str:
    """Return a form for comparing only: width, spaces, dashes, selectors and usual variants made equal."""
    plain = unicodedata.normalize("NFKC", text).translate(_VARIANTS)
    return _DASHES.sub("-", _UNSEEN.sub("", plain))


def _pattern(text: str, flags: str) -> str:
    """Return a regular expression for folded text; each run of substitutes stands for one to as many characters."""
    marked = zip(text, flags.ljust(len(text), "0"), strict=False)
    runs = [(flag, [char for char, _ in run]) for flag, run in itertools.groupby(marked, key=lambda pair: pair[1])]
    return "".join(f".{{1,{len(run)}}}" if flag == "1" else re.escape(_folded("".join(run))) for flag, run in runs)


def _same_text(shown: str, certified: str, flags: str) -> bool:
    return re.fullmatch(_pattern(certified, flags), _folded(shown), re.DOTALL) is not None


def _same_sex(card: str, certified: str) -> bool:
    """The card writes 0 (unknown) and 9 (not applicable) where the certificate has 3 (unknown)."""
    return card == certified or (card in {"0", "9"} and certified == "3")


def same_person(holder: HolderFields, certified: CertifiedHolder) -> bool:
    """Tell whether the card's four attributes are those of its certificate, substitutes being no difference.

    False is not fraud but a reason to look: a certificate ends when its holder moves or changes the name.
    """
    return (
        holder.birth == certified.birth
        and _same_sex(holder.sex, certified.sex)
        and _same_text(holder.name, certified.name, certified.name_flags)
        and _same_text(holder.address, certified.address, certified.address_flags)
    )
