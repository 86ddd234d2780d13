"""The parts of a BAR, each made from the frozen content alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from bar.documents.wording import SIGNATURE_KIND
from erekon.lib.indonesian import long_moment
from erekon.lib.pdf.layout import columns, grid
from erekon.lib.pdf.parts import Qr, Verdict
from erekon.lib.pdf.sheet import WIDTH
from erekon.lib.pdf.text import (
    AMOUNT,
    AMOUNT_HEAD,
    BODY,
    MUTED_SMALL,
    SMALL,
    STRONG,
    TABLE,
    TABLE_HEAD,
    block,
    labelled,
)

_SHOWN_SIGNATURE = 32  # hex digits of a signature on paper; the whole one is kept with the BAR


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """One signature as it stands: whose, when (aware), with which key; `signature_hex` is the whole value."""

    role: str
    name: str
    nip: str
    signed_at: datetime
    key_id: str
    signature_hex: str


def parties(content: Mapping[str, Any]) -> list[Flowable]:
    """The two parties, numbered, each with its capacity."""
    parts: list[Flowable] = []
    for number, party in enumerate(content["pihak"], 1):
        nip = f", NIP {party['nip']}" if party["nip"] else ""
        text = f"{nip.removeprefix(', ')}{', ' if nip else ''}{party['uraian']} {party['sebutan']}."
        cells = [block(f"{number}.", BODY), labelled(f"{party['nama']},", text)]
        parts += [columns(cells, [14, WIDTH - 14], gap=0), Spacer(0, 2)]
    return parts


def result_table(content: Mapping[str, Any]) -> Flowable:
    """All elements: Uraian, SiAP, SAI, Selisih, Keterangan."""
    head = [block("Elemen", TABLE_HEAD), *_amount_heads(), block("Keterangan", TABLE_HEAD)]
    rows = [
        [block(row["uraian"], TABLE), *_amounts(row), Verdict(_verdict(row), row["keterangan"])]
        for row in content["elemen"]
    ]
    return grid([head, *rows], _widths(33, 33, 27, 27), padding=1.9)


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
    return columns(cells, gap=20)


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
        block(SIGNATURE_KIND.capitalize(), MUTED_SMALL),
    ]
    side = 29 * mm
    half = WIDTH / 2
    body = columns([Qr(code, side), proof], [side + 2, half - side - 22], gap=2) if code else proof
    return [
        Spacer(0, 2),
        *(body if isinstance(body, list) else [body]),
        block(each.name, STRONG),
        block(f"NIP {each.nip}"),
    ]


def lhr_head(content: Mapping[str, Any]) -> Flowable:
    """The case header of Lampiran I."""
    cells = [
        [block(label, MUTED_SMALL) for label, _ in content["lhr"]],
        [block(v, SMALL) for _, v in content["lhr"]],
    ]
    return columns(cells, [32 * mm, WIDTH - 32 * mm], gap=4)


def lhr_table(content: Mapping[str, Any]) -> Flowable:
    """Every element with its code and the verdict at each grain."""
    head = [
        block("No", TABLE_HEAD),
        block("Kode", TABLE_HEAD),
        block("Uraian", TABLE_HEAD),
        *_amount_heads(),
        block("Rp", TABLE_HEAD),
        block("CoA", TABLE_HEAD),
        block("Baris beda", AMOUNT_HEAD),
    ]
    rows = [
        [
            block(str(row["no"]), TABLE),
            block(row["kode"], TABLE),
            block(row["uraian"], TABLE),
            *_amounts(row),
            Verdict(row["rupiah_sama"] if row["berlaku"] else None, ""),
            Verdict(row["coa_sama"] if row["berlaku"] else None, ""),
            block(str(row["baris_beda"]), AMOUNT),
        ]
        for row in content["elemen"]
    ]
    fixed = [8 * mm, 18 * mm, 0, 28 * mm, 28 * mm, 23 * mm, 8 * mm, 9.5 * mm, 13 * mm]
    fixed[2] = WIDTH - sum(fixed)
    return grid([head, *rows], fixed)


def difference_parts(content: Mapping[str, Any]) -> list[Flowable]:
    """Lampiran II: each difference with its sums, then cause, words and decision."""
    head = [block("No", TABLE_HEAD), block("Elemen dan akun", TABLE_HEAD), *_amount_heads()]
    rows: list[list[Any]] = [head]
    for row in content["selisih"]:
        told = [block(row["elemen"], TABLE_HEAD), block(row["akun"], TABLE), *_told(row["penjelasan"])]
        rows.append([block(str(row["no"]), TABLE), told, *_amounts(row)])
    return [grid(rows, [8 * mm, WIDTH - 92 * mm, 29 * mm, 29 * mm, 26 * mm], padding=4)]


def _told(told: Mapping[str, str] | None) -> list[Flowable]:
    if told is None:
        return [block("Belum dijelaskan satker.", SMALL)]
    return [
        Spacer(0, 2),
        labelled("Letak:", told["letak"], SMALL),
        labelled("Sebab:", told["sebab"], SMALL),
        labelled("Penjelasan:", told["uraian"], SMALL),
        labelled("Keputusan:", told["keputusan"], SMALL),
    ]


def _amount_heads() -> list[Flowable]:
    return [block(word, AMOUNT_HEAD) for word in ("SiAP", "SAI", "Selisih")]


def _amounts(row: Mapping[str, Any]) -> list[Flowable]:
    return [block(row[key], AMOUNT) for key in ("siap", "sai", "selisih")]


def _verdict(row: Mapping[str, Any]) -> bool | None:
    return row["sama"] if row["berlaku"] else None


def _widths(*millimetres: float) -> list[float]:
    """Fixed columns after a first one that takes what is left."""
    fixed = [each * mm for each in millimetres]
    return [WIDTH - sum(fixed), *fixed]


def _grouped(digits: str) -> str:
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4)).upper()
