import hashlib

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from bar.signing import keys
from tests.forgery.bytes_changed import twin

CONTENT = b'{"nomor":"BAR-1"}'
CONTENT_HASH = hashlib.sha256(CONTENT).hexdigest()


def signed(key: ec.EllipticCurvePrivateKey, content_hash: str) -> str:
    return keys.sign_digest(key, keys.digest_of(content_hash)).hex()


def test_a_signature_holds_for_its_hash_and_key_only() -> None:
    key, other = keys.new_key(), keys.new_key()
    signature = signed(key, CONTENT_HASH)
    assert keys.verify(key.public_key(), CONTENT_HASH, signature)
    assert not keys.verify(other.public_key(), CONTENT_HASH, signature)
    assert not keys.verify(key.public_key(), "00" * 32, signature)
    assert not keys.verify(key.public_key(), CONTENT_HASH, signature[:-2] + "00")


def test_a_signature_is_the_ordinary_one_over_the_canonical_bytes() -> None:
    key = keys.new_key()
    signature = bytes.fromhex(signed(key, CONTENT_HASH))
    key.public_key().verify(signature, CONTENT, ec.ECDSA(hashes.SHA256()))


def test_of_the_two_values_that_hold_the_lower_is_written() -> None:
    key = keys.new_key()
    for _ in range(20):  # unguarded, half of them would be the higher
        signature = bytes.fromhex(signed(key, CONTENT_HASH))
        other = twin(signature)
        assert keys.verify(key.public_key(), CONTENT_HASH, other.hex())
        assert keys.is_low_s(signature)
        assert not keys.is_low_s(other)
        assert keys.low_s(*decode_dss_signature(other)) == signature


@pytest.mark.parametrize("signature", ["", "zz", "3045"])
def test_text_that_is_no_signature_verifies_nothing(signature: str) -> None:
    assert not keys.verify(keys.new_key().public_key(), CONTENT_HASH, signature)


@pytest.mark.parametrize("content_hash", ["", "ab" * 31, "xx" * 32])
def test_only_a_sha256_is_signed(content_hash: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (bytes.fromhex words it)
        signed(keys.new_key(), content_hash)


def test_fingerprints_tell_keys_apart() -> None:
    key = keys.new_key().public_key()
    assert keys.key_fingerprint(key) == keys.key_fingerprint(key)
    assert keys.key_fingerprint(key) != keys.key_fingerprint(keys.new_key().public_key())
