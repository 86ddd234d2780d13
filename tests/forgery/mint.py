"""An installation in memory: an authority, its people with keys made from seeds, and the BARs that they sign."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from bar.documents.content import build_content
from bar.documents.pdf import Unsigned, render_unsigned
from bar.documents.stamps import SignatureBlock, render_stamp
from bar.documents.status_list import StatusList, Voided, make_status_list, read_status_list
from bar.documents.token import make_token
from bar.documents.verify_id import ALPHABET
from bar.signing.authority import Authority, CertificateSubject
from bar.signing.certificates import loaded
from bar.signing.keys import key_fingerprint, sign_digest
from bar.signing.pades import Layer, certify, countersign
from bar.verify.anchors import Anchors, read_anchors
from erekon.lib.keyring import key_id
from tests.unit.bar.documents.builders import ADDRESS, DIFFERING, EQUAL

ISSUED = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)
SIGNED = datetime(2026, 10, 8, 3, 0, tzinfo=UTC)
NOW = datetime(2026, 10, 9, 3, 0, tzinfo=UTC)
HOST = "https://contoh.go.id"
KPA, KASI_VERA = "KPA", "KASI_VERA"


def seeded_key(seed: str) -> ec.EllipticCurvePrivateKey:
    """Always the same P-256 key for a seed."""
    return ec.derive_private_key(int.from_bytes(sha256(seed.encode()).digest()) >> 1, ec.SECP256R1())


@dataclass(frozen=True)
class Person:
    """A signer with an opened key and a certificate, as `Layer` wants its session."""

    role: str
    name: str
    nip: str
    key: ec.EllipticCurvePrivateKey
    certificate: bytes
    authority: bytes

    @property
    def key_id(self) -> str:
        return key_fingerprint(self.key.public_key())

    @property
    def serial(self) -> int:
        return loaded(self.certificate).serial_number

    def sign_digest(self, digest: bytes) -> bytes:
        return sign_digest(self.key, digest)


@dataclass(frozen=True)
class Wish:
    """How a BAR is to be made; everything that is not honest is said here."""

    number: int = 1
    signers: tuple[Person, Person] | None = None
    claims: dict[str, Any] | None = None  # laid over the honest ones
    token: str | None = None
    contacts: tuple[str | None, str | None] = (None, None)
    at: datetime = SIGNED
    between: Callable[[bytes], bytes] = bytes


class Mint:
    """One installation; `seed` tells two of them apart though they bear the same names."""

    def __init__(self, folder: Path, seed: str = "asli") -> None:
        self.seed = seed
        self.folder = folder
        self.token_key = Ed25519PrivateKey.from_private_bytes(sha256(f"token {seed}".encode()).digest())
        self.kid = key_id(self.token_key.public_key())
        self.kpa = self.person(KPA, "Bambang Setiawan", "197505051998041002")
        self.kasi_vera = self.person(KASI_VERA, "Hendra Suryana", "198012122005011003")
        self.other_kpa = self.person(KPA, "Sri Lestari", "197701012003122001")
        self.other_kasi_vera = self.person(KASI_VERA, "Dewi Anggraini", "198203032006042002")

    def authority(self, now: datetime = ISSUED) -> Authority:
        return Authority(self.folder, installation="contoh.go.id", now=now)

    def person(self, role: str, name: str, nip: str, *, issued: datetime = ISSUED) -> Person:
        """A signer certified at `issued`."""
        key, authority = seeded_key(f"{self.seed} {nip}"), self.authority(issued)
        certificate = authority.issue(key.public_key(), CertificateSubject(name, nip, role, "498765"))
        return Person(role, name, nip, key, certificate, authority.ca_pem())

    def jwks(self) -> str:
        """The key set as it is published."""
        x5c = base64.b64encode(self.authority().certificate.public_bytes(Encoding.DER)).decode()
        raw = base64.urlsafe_b64encode(self.token_key.public_key().public_bytes_raw()).rstrip(b"=").decode()
        token_key = {"kty": "OKP", "crv": "Ed25519", "x": raw, "kid": self.kid, "alg": "EdDSA", "use": "sig"}
        return json.dumps({"keys": [token_key, {"kty": "EC", "crv": "P-256", "kid": "ca", "x5c": [x5c]}]})

    def anchors(self) -> Anchors:
        return read_anchors(self.jwks())

    def status(self, *voided: Voided, revoked: dict[int, datetime] | None = None) -> StatusList:
        text = self.status_text(*voided, revoked=revoked)
        found = read_status_list(text, self.anchors().keys)
        assert isinstance(found, StatusList)
        return found

    def status_text(self, *voided: Voided, revoked: dict[int, datetime] | None = None) -> str:
        return make_status_list(voided, revoked or {}, issuer=HOST, now=NOW, key=self.token_key, kid=self.kid)

    def unsigned(self, number: int = 1) -> Unsigned:
        """The n-th BAR before anybody signed; every third has differences."""
        facts = replace(
            DIFFERING if number % 3 == 0 else EQUAL,
            number=f"BAR-{number}/KPPN.912/2020",
            content_hash=content_hash(number),
        )
        return render_unsigned(build_content(facts), verify_address=ADDRESS)

    def claims(self, wish: Wish) -> dict[str, Any]:
        """What the token says."""
        honest = {
            "id": verify_id(wish.number),
            "no": f"BAR-{wish.number}/KPPN.912/2020",
            "rev": 1,
            "satker": "498765",
            "kppn": "912",
            "periode": "2020-09",
            "sha256": content_hash(wish.number),
            "ttd": [
                [role, person.key_id, int(at.timestamp())]
                for role, person, at in zip((KPA, KASI_VERA), self.signers(wish), times(wish), strict=True)
            ],
            "jejak": [1234, "ab" * 16],
        }
        return honest | (wish.claims or {})

    def signers(self, wish: Wish) -> tuple[Person, Person]:
        return wish.signers or (self.kpa, self.kasi_vera)

    def token(self, wish: Wish) -> str:
        return make_token(self.claims(wish), self.token_key, self.kid) if wish.token is None else wish.token

    def sealed(self, wish: Wish) -> bytes:
        """A BAR with both signatures."""
        certified = wish.between(self.certified(wish))
        return countersign(certified, self.layer(wish, KASI_VERA))

    def certified(self, wish: Wish) -> bytes:
        """A BAR with the first signature."""
        bar = self.unsigned(wish.number)
        return certify(bar.pdf, bar.places, self.layer(wish, KPA))

    def layer(self, wish: Wish, field_role: str) -> Layer:
        """The signature that goes into the field of a role, whoever makes it."""
        place = (KPA, KASI_VERA).index(field_role)
        person, at = self.signers(wish)[place], times(wish)[place]
        plain = f"{HOST}/v/{verify_id(wish.number)}"
        honest = (plain, f"{plain}#{self.token(wish)}")[place]
        contact = wish.contacts[place] if wish.contacts[place] is not None else honest
        shown = SignatureBlock(person.role, person.name, person.nip, at, person.key_id, contact or plain)
        stamp = render_stamp(shown, zone="Asia/Jakarta")
        return Layer(field_role, person, (person.certificate, person.authority), at, stamp, contact)


def times(wish: Wish) -> tuple[datetime, datetime]:
    return wish.at, wish.at + timedelta(hours=2)


def content_hash(number: int) -> str:
    return sha256(f"isi {number}".encode()).hexdigest()


def verify_id(number: int) -> str:
    """26 signs that stand for a number."""
    bits = int.from_bytes(sha256(f"kode {number}".encode()).digest()[:16])
    return "".join(ALPHABET[(bits >> shift) & 31] for shift in range(125, -1, -5))
