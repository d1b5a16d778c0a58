"""What can go wrong with an application and its signature: small types with facts, never personal data in messages."""

from __future__ import annotations


class ApplicationError(Exception):
    """Anything that keeps an application from being made, signed, sealed or answered."""


class DocumentUnfit(ApplicationError):
    """The application cannot be written as canonical JSON (RFC 8785): a number out of range, a broken string."""


class GlyphMissing(ApplicationError):
    """No font of the chain can draw these code points; a page without them must not be signed."""

    def __init__(self, codepoints: frozenset[int]) -> None:
        super().__init__(f"{len(codepoints)} code points without a glyph")
        self.codepoints = codepoints


class FontUnusable(ApplicationError):
    """A font file of the chain is missing or broken."""

    def __init__(self, path: str) -> None:
        super().__init__(f"font cannot be used: {path}")
        self.path = path


class PageNotSet(ApplicationError):
    """The page could not be set: the typesetter failed, hung, or is not there."""


class TrustFileUnusable(ApplicationError):
    """A certificate or key file of the installation is missing, broken or of the wrong kind."""

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(f"{path}: expected {expected}")
        self.path = path
        self.expected = expected


class CertificateRefused(ApplicationError):
    """The citizen's certificate cannot carry this signature."""


class CertificateExpired(CertificateRefused):
    """Its last day has passed."""


class CertificateNotYetValid(CertificateRefused):
    """Its first day has not come."""


class CertificateUntrusted(CertificateRefused):
    """No authority of the trust store has issued it."""


class CertificateUnsuitable(CertificateRefused):
    """It is not a certificate for signatures as this kiosk knows them; `rule` names what it breaks."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class HolderDiffers(ApplicationError):
    """The card that signs is not the card that filled in the form."""


class CertificateOutdated(ApplicationError):
    """The certificate is of the same person, but no longer says what the card says: it was issued before a change."""


class SignatureMismatch(ApplicationError):
    """The signature is not the certificate's signature over these attributes."""


class ContainerFaulty(ApplicationError):
    """A container does not hold together; `rule` names what is broken."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class ReceiptFaulty(ApplicationError):
    """An answer that is not the city's receipt for this application; `rule` names what is broken."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule
