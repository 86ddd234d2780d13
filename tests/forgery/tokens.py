"""Sixty tokens that nobody may believe: every trick on JWS that has a name, and ours."""

import base64
import hmac
import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bar.documents.status_list import LIST_TYPE
from tests.forgery.mint import HOST, Mint, Wish

Forged = Iterator[tuple[str, str]]
THIEF = Ed25519PrivateKey.from_private_bytes(b"\x66" * 32)
NONE = ("none", "None", "NONE", "nOnE", "nonE", "", " none", "none\u0000", "null")
OTHER_ALGORITHMS = ("HS256", "HS384", "HS512", "ES256", "RS256", "PS256", "Ed25519", "eddsa", "EDDSA")


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def part(value: Any) -> str:
    return b64(json.dumps(value).encode())


def signed(header: str, claims: str, key: Ed25519PrivateKey) -> str:
    """Truly signed by this key, whatever the parts say."""
    return f"{header}.{claims}.{b64(key.sign(f'{header}.{claims}'.encode()))}"


def forged(mint: Mint) -> Forged:
    """Name and text of each."""
    header = {"alg": "EdDSA", "kid": mint.kid, "typ": "JWT"}
    claims, genuine = part(mint.claims(Wish())), mint.token(Wish())
    yield from _algorithms(mint, header, claims)
    yield from _headers(mint, header, claims)
    yield from _spellings(mint, genuine)
    yield from _claims(mint, header, genuine)


def _algorithms(mint: Mint, header: dict[str, Any], claims: str) -> Forged:
    for name in NONE:
        yield f"alg {name!r} unsigned", f"{part({**header, 'alg': name})}.{claims}."
    for name in OTHER_ALGORITHMS:
        yield (
            f"alg {name}, signed by the true key",
            signed(part({**header, "alg": name}), claims, mint.token_key),
        )
    public = mint.token_key.public_key()
    secrets = {
        "raw": public.public_bytes_raw(),
        "PEM": public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "DER": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "its name": mint.kid.encode(),
    }
    for name, secret in secrets.items():
        body = f"{part({**header, 'alg': 'HS256'})}.{claims}"
        yield f"HS256 by the public key, {name}", f"{body}.{b64(hmac.digest(secret, body.encode(), sha256))}"
    body = f"{part({**header, 'alg': 'ES256'})}.{claims}"
    yield "ES256 by the KPA's own key", f"{body}.{b64(mint.kpa.key.sign(body.encode(), ec.ECDSA(SHA256())))}"


def _headers(mint: Mint, header: dict[str, Any], claims: str) -> Forged:
    thief = {"kty": "OKP", "crv": "Ed25519", "x": b64(THIEF.public_key().public_bytes_raw())}
    for name, extra in {
        "jwk": {"jwk": thief},
        "jku": {"jku": f"{HOST}.evil.example/jwks.json"},
        "x5u": {"x5u": "https://evil.example/ca.pem"},
        "x5c": {"x5c": ["AAAA"]},
        "crit": {"crit": ["exp"]},
        "b64": {"b64": False},
        "cty": {"cty": "JWT"},
        "zip": {"zip": "DEF"},
    }.items():
        yield f"{name}, by a thief", signed(part(header | extra), claims, THIEF)
        yield f"{name}, by the true key", signed(part(header | extra), claims, mint.token_key)
    for kid in (
        "asing",
        "../../dev/null",
        "' OR 1=1 --",
        "/proc/self/environ",
        "",
        f"{mint.kid}\u0000",
        None,
        7,
        [mint.kid],
    ):
        yield f"kid {kid!r}", signed(part({**header, "kid": kid}), claims, THIEF)
    yield "a thief under our kid", signed(part(header), claims, THIEF)
    for kind in (LIST_TYPE, "jwt", "JWS", "at+jwt", None):
        yield f"typ {kind!r}", signed(part({**header, "typ": kind}), claims, mint.token_key)
    for missing in ("alg", "kid", "typ"):
        rest = {name: value for name, value in header.items() if name != missing}
        yield f"without {missing}", signed(part(rest), claims, mint.token_key)
    twice = b64(f'{{"alg":"none","alg":"EdDSA","kid":"{mint.kid}","typ":"JWT"}}'.encode())
    yield "alg twice", signed(twice, claims, THIEF)
    yield "a header that is a list", signed(part([header]), claims, mint.token_key)


def _spellings(mint: Mint, genuine: str) -> Forged:
    header, claims, signature = genuine.split(".")
    yield "padded", ".".join(each + "=" * (-len(each) % 4) for each in (header, claims, signature))
    yield "the usual base64", f"{header}.{claims}.{signature.replace('-', '+').replace('_', '/')}+"
    yield "spaces around", f" {genuine} "
    yield "a line end", f"{genuine}\n"
    yield "a line end inside", f"{header}.{claims[:40]}\n{claims[40:]}.{signature}"
    yield "four parts", f"{genuine}.{signature}"
    yield "an encrypted one by its shape", f"{header}.{claims}.{signature}.{signature}.{signature}"
    yield "no signature", f"{header}.{claims}."
    yield "two parts", f"{header}.{claims}"
    yield "half a signature", f"{header}.{claims}.{signature[:43]}"
    yield "a signature of zeros", f"{header}.{claims}.{b64(bytes(64))}"
    raw = base64.urlsafe_b64decode(signature + "==")
    order = 2**252 + 27742317777372353535851937790883648493
    grown = raw[:32] + (int.from_bytes(raw[32:], "little") + order).to_bytes(32, "little")
    yield "the same signature, its scalar grown by the order", f"{header}.{claims}.{b64(grown)}"
    yield "another byte order mark", f"\ufeff{genuine}"
    yield "far too long", f"{header}.{claims * 20}.{signature}"


def _claims(mint: Mint, header: dict[str, Any], genuine: str) -> Forged:
    other = mint.token(Wish(2)).split(".")
    first, body, signature = genuine.split(".")
    yield "the claims of another BAR", f"{first}.{other[1]}.{signature}"
    yield "the signature of another BAR", f"{first}.{body}.{other[2]}"
    for name, value in {"no": "BAR-9/2020", "sha256": "0" * 64, "satker": "1", "ttd": []}.items():
        yield f"another {name}", f"{first}.{part(mint.claims(Wish()) | {name: value})}.{signature}"
    yield "a list of claims", signed(part(header), part([mint.claims(Wish())]), mint.token_key)
    yield "claims of nothing", signed(part(header), part(None), mint.token_key)
    yield "the status list", mint.status_text()
