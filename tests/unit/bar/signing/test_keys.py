import hashlib

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from bar.signing import keys

SECRET = b"\x22" * 32
CONTENT = b'{"nomor":"BAR-1"}'
CONTENT_HASH = hashlib.sha256(CONTENT).hexdigest()


def wrapped(key: ec.EllipticCurvePrivateKey) -> bytes:
    return keys.wrap(key, pin="381173", server_secret=SECRET, owner="nip-1")


def test_a_wrapped_key_opens_with_pin_secret_and_owner() -> None:
    key = keys.new_key()
    opened = keys.unwrap(wrapped(key), pin="381173", server_secret=SECRET, owner="nip-1")
    assert opened.private_numbers() == key.private_numbers()
    assert isinstance(opened.curve, ec.SECP256R1)


@pytest.mark.parametrize("other", [{"pin": "381174"}, {"server_secret": b"\x23" * 32}, {"owner": "nip-2"}])
def test_one_wrong_part_keeps_the_key_shut(other: dict[str, object]) -> None:
    right = {"pin": "381173", "server_secret": SECRET, "owner": "nip-1"}
    with pytest.raises(keys.WrongPinError):
        keys.unwrap(wrapped(keys.new_key()), **(right | other))


def test_a_changed_byte_anywhere_keeps_the_key_shut() -> None:
    whole = wrapped(keys.new_key())
    for place in (0, 1, 20, 40, len(whole) - 1):
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises((keys.WrongPinError, ValueError)):
            keys.unwrap(bytes(changed), pin="381173", server_secret=SECRET, owner="nip-1")


def test_the_same_key_is_never_wrapped_the_same_way() -> None:
    key = keys.new_key()
    assert wrapped(key) != wrapped(key)


def test_a_signature_holds_for_its_hash_and_key_only() -> None:
    key, other = keys.new_key(), keys.new_key()
    signature = keys.sign(key, CONTENT_HASH)
    assert keys.verify(key.public_key(), CONTENT_HASH, signature)
    assert not keys.verify(other.public_key(), CONTENT_HASH, signature)
    assert not keys.verify(key.public_key(), "00" * 32, signature)
    assert not keys.verify(key.public_key(), CONTENT_HASH, signature[:-2] + "00")


def test_a_signature_is_the_ordinary_one_over_the_canonical_bytes() -> None:
    key = keys.new_key()
    signature = bytes.fromhex(keys.sign(key, CONTENT_HASH))
    key.public_key().verify(signature, CONTENT, ec.ECDSA(hashes.SHA256()))


@pytest.mark.parametrize("signature", ["", "zz", "3045"])
def test_text_that_is_no_signature_verifies_nothing(signature: str) -> None:
    assert not keys.verify(keys.new_key().public_key(), CONTENT_HASH, signature)


@pytest.mark.parametrize("content_hash", ["", "ab" * 31, "xx" * 32])
def test_only_a_sha256_is_signed(content_hash: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (bytes.fromhex words it)
        keys.sign(keys.new_key(), content_hash)


def test_fingerprints_tell_keys_apart() -> None:
    key = keys.new_key().public_key()
    assert keys.key_fingerprint(key) == keys.key_fingerprint(key)
    assert keys.key_fingerprint(key) != keys.key_fingerprint(keys.new_key().public_key())
