"""pyHanko's view of a signer: it hands over bytes and gets a signature back; the private key stays with the session."""

from typing import Any

from asn1crypto.algos import SignedDigestAlgorithm
from asn1crypto.cms import CMSAttribute, CMSAttributes
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from pyhanko.sign.general import simple_cms_attribute
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from bar.signing.certificates import parsed
from bar.signing.signer import SigningSession

_MECHANISM = SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"})
_LONGEST_SIGNATURE = 72  # a P-256 signature in DER
_MOST_KEPT = 4096
# Of each certificate, the signed attributes that are the same in all its signatures: putting them together takes
# asn1crypto longer than everything else in a signature.
_steady: dict[bytes, tuple[bytes, ...]] = {}


class SessionSigner(Signer):
    """Signs with an opened key under its certificate; `chain` is PEM, the signer's own first."""

    def __init__(self, session: SigningSession, chain: tuple[bytes, ...]) -> None:
        own, *above = (parsed(pem) for pem in chain)
        super().__init__(
            signing_cert=own,
            cert_registry=SimpleCertificateStore.from_certs(above),  # type: ignore[no-untyped-call]
            signature_mechanism=_MECHANISM,
            embed_roots=True,
        )
        self._session = session
        self._name = chain[0]

    async def signed_attrs(self, data_digest: bytes, *args: Any, **kwargs: Any) -> CMSAttributes:
        """The attributes that are signed: the document's digest, and what the certificate decides."""
        if self._name not in _steady:
            whole = await super().signed_attrs(data_digest, *args, **kwargs)
            if len(_steady) >= _MOST_KEPT:
                _steady.clear()
            _steady[self._name] = tuple(
                each.dump() for each in whole if each["type"].native != "message_digest"
            )
        steady = [CMSAttribute.load(each) for each in _steady[self._name]]
        digest = simple_cms_attribute("message_digest", data_digest)  # type: ignore[no-untyped-call]
        return CMSAttributes.load(CMSAttributes([digest, *steady]).dump())

    async def async_sign_raw(self, content: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The DER signature over SHA-256 of `content`."""
        if dry_run:
            return b"\x00" * _LONGEST_SIGNATURE
        digest = Hash(SHA256())
        digest.update(content)
        return self._session.sign_digest(digest.finalize())
