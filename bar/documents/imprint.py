"""What a BAR is about, written into the PDF for programs: it stands below both signatures.

It is the keywords of the document, so that any reader shows it: `nomor=…; satker=…; kppn=…; periode=…; sidik=…`.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any

_NAMES = ("nomor", "satker", "kppn", "periode", "sidik")
_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Imprint:
    """Number, satker, KPPN, period (`2026-09`) and the SHA-256 of the facts, as the pages print them."""

    number: str
    satker: str
    kppn: str
    period: str
    content_hash: str


def imprint_of(content: Mapping[str, Any]) -> str:
    """The keywords of a BAR; empty for content that was frozen without codes."""
    codes = content.get("kode")
    if not codes:
        return ""
    values = (content["nomor"], codes["satker"], codes["kppn"], codes["periode"], content["sidik_isi"])
    return _BETWEEN.join(f"{name}={value}" for name, value in zip(_NAMES, values, strict=True))


def read_imprint(keywords: str) -> Imprint | None:
    """The facts in the keywords of a document; None for any other text."""
    parts = [part.partition("=") for part in keywords.split(_BETWEEN)]
    if tuple(name for name, _, _ in parts) != _NAMES:
        return None
    return Imprint(*(value for _, _, value in parts))


def differs_from(found: Imprint, claims: Mapping[str, Any]) -> list[str]:
    """The names of what a token says otherwise."""
    told = tuple(claims.get(name) for name in ("no", "satker", "kppn", "periode", "sha256"))
    return [name for name, mine, other in zip(_NAMES, astuple(found), told, strict=True) if mine != other]
