import base64
import hmac
import json
from hashlib import sha256
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bar.documents.token import TokenProblem, make_token, read_token

KEY = Ed25519PrivateKey.from_private_bytes(b"\x11" * 32)
KEYS = {"k1": KEY.public_key()}
CLAIMS = {"number": "BAR-1/KPPN.017/2026", "sha256": "ab" * 32, "satker": "498765", "rev": 1}
BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def signed(header: dict[str, Any], claims: Any = CLAIMS) -> str:
    """A token with any header, truly signed by the key."""
    body = f"{encoded(header)}.{encoded(claims)}"
    return f"{body}.{base64.urlsafe_b64encode(KEY.sign(body.encode())).rstrip(b'=').decode()}"


def test_a_token_gives_its_claims_back() -> None:
    assert read_token(make_token(CLAIMS, KEY, "k1"), KEYS) == CLAIMS


def test_equal_claims_give_an_equal_token_whatever_their_order() -> None:
    assert make_token(dict(reversed(CLAIMS.items())), KEY, "k1") == make_token(CLAIMS, KEY, "k1")


def test_every_flipped_bit_of_the_text_is_refused() -> None:
    token = make_token(CLAIMS, KEY, "k1")
    for place in range(len(token)):
        for bit in range(8):
            changed = token[:place] + chr(ord(token[place]) ^ (1 << bit)) + token[place + 1 :]
            assert isinstance(read_token(changed, KEYS), TokenProblem), (place, bit)


def test_every_other_last_sign_of_each_part_is_refused() -> None:
    """Base64url leaves unused bits in a last sign: other spellings of the same bytes are other tokens."""
    header, claims, signature = make_token(CLAIMS, KEY, "k1").split(".")
    for part in range(3):
        for sign in BASE64URL:
            parts = [header, claims, signature]
            if parts[part].endswith(sign):
                continue
            parts[part] = parts[part][:-1] + sign
            assert isinstance(read_token(".".join(parts), KEYS), TokenProblem), (part, sign)


def test_another_spelling_of_the_same_signature_is_no_token_of_ours() -> None:
    """We do not leave this to the library: its strictness may change."""
    token = make_token(CLAIMS, KEY, "k1")
    last = BASE64URL.index(token[-1])
    for unused in range(1, 16):
        respelled = token[:-1] + BASE64URL[last ^ unused]
        assert base64.urlsafe_b64decode(respelled.split(".")[2] + "==") == base64.urlsafe_b64decode(
            token.split(".")[2] + "=="
        )
        assert read_token(respelled, KEYS) is TokenProblem.MALFORMED


def test_alg_none_is_refused() -> None:
    body = f"{encoded({'alg': 'none', 'typ': 'JWT', 'kid': 'k1'})}.{encoded(CLAIMS)}"
    assert read_token(f"{body}.", KEYS) is TokenProblem.HEADER


def test_hs256_keyed_with_the_public_key_is_refused() -> None:
    body = f"{encoded({'alg': 'HS256', 'typ': 'JWT', 'kid': 'k1'})}.{encoded(CLAIMS)}"
    public = KEYS["k1"].public_bytes(Encoding.Raw, PublicFormat.Raw)
    mac = base64.urlsafe_b64encode(hmac.digest(public, body.encode(), sha256)).rstrip(b"=").decode()
    assert read_token(f"{body}.{mac}", KEYS) is TokenProblem.HEADER


@pytest.mark.parametrize(
    "extra",
    [
        {"jku": "https://evil.example/jwks"},
        {"x5u": "https://evil.example"},
        {"jwk": {}},
        {"crit": ["exp"]},
        {"b64": False},
    ],
)
def test_a_header_that_brings_its_own_key_or_rules_is_refused_though_well_signed(
    extra: dict[str, Any],
) -> None:
    plain = {"alg": "EdDSA", "typ": "JWT", "kid": "k1"}
    assert read_token(signed(plain), KEYS) == CLAIMS
    assert read_token(signed(plain | extra), KEYS) is TokenProblem.HEADER


@pytest.mark.parametrize("kid", [None, 7, ["k1"]])
def test_a_kid_that_is_no_text_is_refused(kid: object) -> None:
    assert read_token(signed({"alg": "EdDSA", "typ": "JWT", "kid": kid}), KEYS) is TokenProblem.HEADER
    assert read_token(signed({"alg": "EdDSA", "typ": "JWT"}), KEYS) is TokenProblem.HEADER


def test_an_unknown_kid_is_named_as_such() -> None:
    assert read_token(make_token(CLAIMS, KEY, "k9"), KEYS) is TokenProblem.UNKNOWN_KEY


def test_another_persons_key_under_a_known_kid_is_refused() -> None:
    assert read_token(make_token(CLAIMS, Ed25519PrivateKey.generate(), "k1"), KEYS) is TokenProblem.SIGNATURE


def test_claims_that_are_no_object_are_refused() -> None:
    header = {"alg": "EdDSA", "typ": "JWT", "kid": "k1"}
    assert read_token(signed(header, ["a"]), KEYS) is TokenProblem.SIGNATURE


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        "a.b",
        "a.b.c.d",
        "é.b.c",
        "e30.e30",
        "A" * 5000,
        "\x00.\x00.\x00",
        "W10.e30.AAAA",
        "e3t7.e30.AAAA",
    ],
)
def test_rubbish_is_malformed_and_never_raises(text: str) -> None:
    assert read_token(text, KEYS) is TokenProblem.MALFORMED


def test_an_old_token_stays_true() -> None:
    assert read_token(signed({"alg": "EdDSA", "typ": "JWT", "kid": "k1"}, {"exp": 1, "aud": "x"}), KEYS) == {
        "exp": 1,
        "aud": "x",
    }


def test_other_readers_of_jws_agree() -> None:
    assert jwt.decode(make_token(CLAIMS, KEY, "k1"), KEYS["k1"], algorithms=["EdDSA"]) == CLAIMS
