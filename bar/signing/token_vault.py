"""Signers' keys in a PKCS#11 token (an HSM): made inside it, used inside it, never given out.

The token's own PIN belongs to the server; a signer's PIN opens the envelope that holds the name of his key.
"""

import os
import secrets
from threading import Lock
from typing import Any

import pkcs11
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters

from bar.signing.keys import key_fingerprint, low_s
from bar.signing.vaults import OpenKey

_NAME = 16
_HALF = 32  # bytes of r and of s
# A token allows one sign-in per process, and a session one thing at a time.
_sessions: dict[tuple[int, str, str], Any] = {}
_turn = Lock()


class TokenVault:
    """The token `label` of a PKCS#11 module."""

    kind = "tanda tangan elektronik tidak tersertifikasi, kunci dalam perangkat aman"
    code = "TOKEN"

    def __init__(self, module: str, label: str, pin: str) -> None:
        self._module, self._label, self._pin = module, label, pin

    def make(self) -> tuple[ec.EllipticCurvePublicKey, bytes]:
        """A key made inside the token, and its random name there."""
        name = secrets.token_bytes(_NAME)
        with _turn:
            session = self._session()
            curve = session.create_domain_parameters(
                pkcs11.KeyType.EC,
                {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")},
                local=True,
            )
            public, private = curve.generate_keypair(
                id=name, store=True, capabilities=pkcs11.MechanismFlag.SIGN | pkcs11.MechanismFlag.VERIFY
            )
            half = _public_key(public)
            for each in (public, private):
                each[pkcs11.Attribute.LABEL] = key_fingerprint(half)
        return half, name

    def open(self, secret: bytes) -> OpenKey:
        """The key of this name."""
        if len(secret) != _NAME:
            raise ValueError("not the name of a key in a token")
        with _turn:
            try:
                public = self._session().get_key(pkcs11.ObjectClass.PUBLIC_KEY, id=secret)
                private = self._session().get_key(pkcs11.ObjectClass.PRIVATE_KEY, id=secret)
            except pkcs11.NoSuchKey as error:
                raise ValueError("the token has no such key") from error
            return _KeyInToken(_public_key(public), private)

    def destroy(self, key_id: str) -> None:
        """Delete the key from the token; nothing happens when it is gone already."""
        with _turn:
            for each in list(self._session().get_objects({pkcs11.Attribute.LABEL: key_id})):
                each.destroy()

    def _session(self) -> Any:
        place = (os.getpid(), self._module, self._label)
        if place not in _sessions:
            token = pkcs11.lib(self._module).get_token(token_label=self._label)
            _sessions[place] = token.open(user_pin=self._pin, rw=True)
        return _sessions[place]


class _KeyInToken:
    def __init__(self, public_key: ec.EllipticCurvePublicKey, private: Any) -> None:
        self.public_key = public_key
        self._private = private

    def sign_digest(self, digest: bytes) -> bytes:
        """The DER signature over a SHA-256, with the lower s; the token signs the digest as it is."""
        with _turn:
            raw = self._private.sign(digest, mechanism=pkcs11.Mechanism.ECDSA)
        return low_s(int.from_bytes(raw[:_HALF], "big"), int.from_bytes(raw[_HALF:], "big"))


def _public_key(public: Any) -> ec.EllipticCurvePublicKey:
    key = load_der_public_key(encode_ec_public_key(public))
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise TypeError("the token's key is no elliptic curve key")
    return key
