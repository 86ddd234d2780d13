"""The parts of a BAR in words: parties, clauses, signatures; each from the frozen content alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from bar.documents.wording import SIGNATURE_KIND
from erekon.lib.indonesian import long_moment
from erekon.lib.pdf.layout import columns
from erekon.lib.pdf.parts import Qr
from erekon.lib.pdf.sheet import WIDTH
from erekon.lib.pdf.text import BODY, MUTED_SMALL, SMALL, STRONG, block, labelled

_GUTTER = 20  # points between the two signers
_QR_SIDE = 33 * mm  # a full token then has modules above a third of a millimetre, which phones read
_SHOWN_SIGNATURE = 32  # hex digits of a signature on paper; the whole one is kept with the BAR


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """One signature as it stands: whose, when (aware), with which key; `signature_hex` is the whole
    value, `kind` the signer's honest word for what it is worth."""

    role: str
    name: str
    nip: str
    signed_at: datetime
    key_id: str
    signature_hex: str
    kind: str = SIGNATURE_KIND


def parties(content: Mapping[str, Any]) -> list[Flowable]:
    """The two parties, numbered, each with its capacity."""
    parts: list[Flowable] = []
    for number, party in enumerate(content["pihak"], 1):
        nip = f"NIP {party['nip']}, " if party["nip"] else ""
        cells = [block(f"{number}.", BODY), labelled(f"{party['nama']},", f"{nip}{party['uraian']}")]
        parts += [columns(cells, [14, WIDTH - 14], gap=0), Spacer(0, 2)]
    return parts


def clause_list(content: Mapping[str, Any]) -> list[Flowable]:
    """The numbered clauses."""
    return [
        columns([block(f"{number}."), block(text)], [14, WIDTH - 14], gap=0)
        for number, text in enumerate(content["butir"], 1)
    ]


def signature_row(
    content: Mapping[str, Any], signatures: Sequence[SignatureBlock], codes: Mapping[str, str | None]
) -> Flowable:
    """Both signers side by side; one who has not signed shows an empty place. `codes`: QR text by role."""
    signed = {each.role: each for each in signatures}
    cells = []
    for signer in content["penandatangan"]:
        each = signed.get(signer["peran"])
        cells.append(
            [block(signer["jabatan"]), block(signer["unit"]), *_signature(signer, each, content, codes)]
        )
    return columns(cells, gap=_GUTTER)


def _signature(
    signer: Mapping[str, str],
    each: SignatureBlock | None,
    content: Mapping[str, Any],
    codes: Mapping[str, str | None],
) -> list[Flowable]:
    if each is None:
        name = [block(signer["nama"], STRONG), block(f"NIP {signer['nip']}")] if signer["nip"] else []
        return [
            Spacer(0, 12 * mm),
            *(name or [block(signer["nama"], STRONG)]),
            block("Belum ditandatangani", SMALL),
        ]
    code = codes.get(each.role)
    proof = [
        block("Ditandatangani secara elektronik", SMALL),
        block(long_moment(each.signed_at, content["zona"]), SMALL),
        block(f"Kunci {each.key_id}", MUTED_SMALL),
        block(f"ECDSA P-256 {_grouped(each.signature_hex[:_SHOWN_SIGNATURE])} \u2026", MUTED_SMALL),
        block(_sentence(each.kind), MUTED_SMALL),
    ]
    person = [block(each.name, STRONG), block(f"NIP {each.nip}")]
    if not code:
        return [Spacer(0, 6), *proof, Spacer(0, 6), *person]
    side, gap = _QR_SIDE, 12
    body = columns([Qr(code, side), proof], [side + gap, WIDTH / 2 - side - gap - _GUTTER], gap=gap)
    return [Spacer(0, 9), body, Spacer(0, 9), *person]


def _grouped(digits: str) -> str:
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4)).upper()


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
