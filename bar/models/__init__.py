"""BARs and their register, signatures, PINs and keys, nonces, reset requests, looks."""

from bar.models.document import Bar, BarNumber, BarStatus, Signature
from bar.models.pin import IssuedCertificate, PinActivation, SignerKey, SignerPin, SigningNonce
from bar.models.reset import ResetRequest, ResetState

__all__ = [
    "Bar",
    "BarNumber",
    "BarStatus",
    "IssuedCertificate",
    "PinActivation",
    "ResetRequest",
    "ResetState",
    "Signature",
    "SignerKey",
    "SignerPin",
    "SigningNonce",
]
