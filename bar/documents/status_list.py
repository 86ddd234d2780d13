"""The signed list of voided BARs: a compact JWS of its own type, so that no token of a BAR passes for it.

Claims: `iss` the installation, `iat` as of when, `batal` the voided BARs, oldest first, each
`{id, waktu, surat, tanggal, pengganti}`, `cabut` the revoked certificates, each `[serial in hex, from when on]`.
What it does not name was in force at `iat`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bar.documents.token import TokenProblem, make_token, read_token

LIST_TYPE = "erekon-status+jwt"
_LONGEST = 64 * 1024 * 1024
_ROUND = 60


@dataclass(frozen=True, slots=True)
class Voided:
    """A BAR that no longer counts: its verify id, when it was voided, the satker's letter, and the number of the
    BAR that replaces it (empty: none yet)."""

    verify_id: str
    at: datetime
    letter_number: str
    letter_date: date
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class StatusList:
    """As of an instant: what was voided, by verify id, and from when on a certificate does not count, by its serial
    number."""

    issuer: str
    issued_at: datetime
    voided: Mapping[str, Voided]
    revoked: Mapping[int, datetime]


def make_status_list(
    voided: Iterable[Voided],
    revoked: Mapping[int, datetime],
    *,
    issuer: str,
    now: datetime,
    key: Ed25519PrivateKey,
    kid: str,
) -> str:
    """The signed list. Its time is that of the last voided BAR or the full minute, whichever is later: within a
    minute an unchanged list is the same text."""
    rows = sorted(voided, key=lambda each: (each.at, each.verify_id))
    last = int(rows[-1].at.timestamp()) if rows else 0
    stamp = int(now.timestamp())
    claims = {
        "iss": issuer,
        "iat": max(last, stamp - stamp % _ROUND),
        "batal": [_row(each) for each in rows],
        "cabut": sorted([f"{serial:x}", int(since.timestamp())] for serial, since in revoked.items()),
    }
    return make_token(claims, key, kid, kind=LIST_TYPE)


def read_status_list(text: str, keys: Mapping[str, Ed25519PublicKey]) -> StatusList | TokenProblem:
    """The list when one of the keys signed it, or the problem; never raises for what a stranger sends."""
    claims = read_token(text.strip(), keys, kind=LIST_TYPE, longest=_LONGEST)
    if isinstance(claims, TokenProblem):
        return claims
    try:
        rows = [_voided(row) for row in claims["batal"]]
        revoked = {int(serial, 16): _moment(since) for serial, since in claims["cabut"]}
        voided = {row.verify_id: row for row in rows}
        return StatusList(claims["iss"], _moment(claims["iat"]), voided, revoked)
    except (KeyError, TypeError, ValueError, OverflowError):
        return TokenProblem.MALFORMED


def _row(each: Voided) -> dict[str, Any]:
    return {
        "id": each.verify_id,
        "waktu": int(each.at.timestamp()),
        "surat": each.letter_number,
        "tanggal": each.letter_date.isoformat(),
        "pengganti": each.replaced_by,
    }


def _voided(row: Mapping[str, Any]) -> Voided:
    return Voided(
        row["id"], _moment(row["waktu"]), row["surat"], date.fromisoformat(row["tanggal"]), row["pengganti"]
    )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
