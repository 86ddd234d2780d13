"""The form on paper: a pure rendering of its content; equal content gives equal bytes."""

from collections.abc import Mapping
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Indenter, KeepTogether, Spacer

from erekon.lib.pdf.layout import columns, kop, pairs
from erekon.lib.pdf.parts import rule
from erekon.lib.pdf.sheet import WIDTH, Sheet, render
from erekon.lib.pdf.text import (
    BODY,
    LINE,
    MUTED_SMALL,
    SMALL,
    STRONG,
    SUBTITLE,
    TABLE,
    TABLE_HEAD,
    block,
    heading,
    labelled,
)

_NUMBER = 8 * mm
_SHOWN_HASH = 16  # hex digits, as the BAR shows them


def render_form(content: Mapping[str, Any]) -> bytes:
    """The whole form as PDF bytes."""
    story = [*_head(content), *_differences(content), *_closing(content)]
    return render(story, _sheet(content))


def _head(content: Mapping[str, Any]) -> list[Flowable]:
    office = content["kop"]
    return [
        *kop([office["ba"], office["es1"]], office["satker"], content["kode"]),
        heading(content["judul"]),
        block(content["subjudul"], SUBTITLE),
        Spacer(0, 10),
        *(block(line, BODY) for line in content["tujuan"]),
        Spacer(0, 8),
        block(content["pembuka"]),
        Spacer(0, 6),
        pairs(
            [(block(label, MUTED_SMALL), block(value, SMALL)) for label, value in content["kepala"]], 32 * mm
        ),
        Spacer(0, 8),
    ]


def _differences(content: Mapping[str, Any]) -> list[Flowable]:
    """Each difference with its sums and words; paragraphs, not cells, so that they run over to the next page."""
    parts: list[Flowable] = []
    for row in content["selisih"]:
        named = [block(row["elemen"], TABLE_HEAD), block(row["akun"], TABLE)]
        parts += [
            CondPageBreak(34 * mm),
            rule(0.5, LINE, before=2, after=4),
            columns([block(row["no"], TABLE), named], [_NUMBER, WIDTH - _NUMBER], gap=0),
            Spacer(0, 3),
            Indenter(left=_NUMBER),
            columns(_sums(row), [(WIDTH - _NUMBER) / 3] * 3, gap=6),
            Spacer(0, 2),
            *(part for label, text in row["penjelasan"] for part in (labelled(label, text, SMALL), _gap())),
            *_evidence(row),
            Indenter(left=-_NUMBER),
        ]
    return parts


def _sums(row: Mapping[str, Any]) -> list[Flowable]:
    named = (("SiAP (KPPN):", "siap"), ("SAI (satker):", "sai"), ("Selisih:", "selisih"))
    return [labelled(label, row[key], TABLE) for label, key in named]


def _evidence(row: Mapping[str, Any]) -> list[Flowable]:
    return [labelled("Bukti:", "; ".join(row["bukti"]), SMALL), _gap()] if row["bukti"] else []


def _gap() -> Spacer:
    return Spacer(0, 1.5)


def _closing(content: Mapping[str, Any]) -> list[Flowable]:
    signer = [
        block(content["tempat_tanggal"]),
        block(content["jabatan"]),
        block(content["unit"]),
        Spacer(0, 18 * mm),
        block(content["nama"], STRONG),
        *([block(content["nip"])] if content["nip"] else []),
    ]
    # The empty half keeps the signer on the right, where Indonesian letters have him.
    place = columns([[Spacer(0, 1)], signer])
    return [
        rule(0.5, LINE, before=2, after=8),
        KeepTogether([block(content["penutup"]), Spacer(0, 10), place]),
    ]


def _sheet(content: Mapping[str, Any]) -> Sheet:
    shown = content["sidik_isi"][:_SHOWN_HASH].upper()
    return Sheet(
        title=f"Formulir Penjelasan Selisih {content['unit']}",
        author=content["unit"],
        subject=content["subjudul"],
        footer="Dibuat dari e-Rekon-LK menurut penjelasan yang tersimpan; ditandatangani di luar aplikasi bila diminta.",
        footer_left=f"Sidik isi SHA-256 {shown} \u2026",
        footer_right=content["unit"],
    )
