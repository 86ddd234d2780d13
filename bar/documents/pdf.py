"""The BAR on paper: a pure rendering of frozen content; equal input gives equal bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer

from bar.documents import blocks, tables
from bar.documents.imprint import imprint_of
from bar.documents.lpj_parts import lpj_parts
from erekon.lib.indonesian import long_date
from erekon.lib.pdf.layout import kop
from erekon.lib.pdf.parts import Place, Spot
from erekon.lib.pdf.sheet import Sheet, render
from erekon.lib.pdf.text import BODY, MUTED_SMALL, STRONG, SUBTITLE, block, heading, labelled

SIGNER_ROLES = ("KPA", "KASI_VERA")
_SHOWN_HASH = 16  # hex digits, in groups of four, as the public page shows them
_DRAFT_LINE = "DRAFT - belum ditandatangani, bukan dokumen resmi"


@dataclass(frozen=True, slots=True)
class VoidNote:
    """Why a BAR is no longer in force: the day, the satker's letter, and the number that replaces it; `original` is
    the name of the signed PDF where that lies inside the file."""

    voided_on: date
    letter_number: str
    letter_date: date
    replaced_by: str | None = None
    original: str = ""


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A BAR before anybody signed: its bytes, and where each role's signature goes."""

    pdf: bytes
    places: Mapping[str, Spot]


def render_draft(content: Mapping[str, Any], *, verify_address: str) -> bytes:
    """The whole BAR with its attachments for reading: marked on every page, without places to sign."""
    story = [*_front(content), *_closing(content, {}), *_attachments(content)]
    return render(story, _sheet(content, verify_address, draft=True))


def render_unsigned(content: Mapping[str, Any], *, verify_address: str) -> Unsigned:
    """The whole BAR with its attachments as it is to be signed; equal content gives equal bytes."""
    places = {role: Place(blocks.PLACE_WIDTH, blocks.PLACE_HEIGHT) for role in SIGNER_ROLES}
    story = [*_front(content), *_closing(content, places), *_attachments(content)]
    pdf = render(story, _sheet(content, verify_address))
    return Unsigned(pdf, {role: place.spot() for role, place in places.items()})


def render_voided_cover(content: Mapping[str, Any], *, voided: VoidNote, verify_address: str) -> bytes:
    """The sheet handed out in place of a voided BAR: one page, what was voided, why, and what replaces it."""
    satker, kppn = content["penandatangan"]
    replaced = voided.replaced_by or "belum ada penggantinya"
    story = [
        *_kop(content),
        heading("BERITA ACARA REKONSILIASI DIBATALKAN"),
        block(f"Nomor {content['nomor_tampil']}", SUBTITLE),
        Spacer(0, 14),
        block(
            f"Berita acara rekonsiliasi antara {satker['unit']} dan {kppn['unit']} untuk periode sampai dengan "
            f"{content['periode']} telah dibatalkan dan tidak berlaku lagi."
        ),
        Spacer(0, 10),
        labelled("Tanggal pembatalan:", long_date(voided.voided_on)),
        labelled("Dasar:", f"surat {voided.letter_number} tanggal {long_date(voided.letter_date)}"),
        labelled("Digantikan oleh:", replaced),
        labelled("Sidik isi yang dibatalkan:", content["sidik_isi"]),
        *_attached(voided),
        Spacer(0, 10),
        block(f"Keadaan terakhir dapat diperiksa pada {verify_address}.", MUTED_SMALL),
    ]
    return render(story, _sheet(content, verify_address, voided=voided))


def _attached(voided: VoidNote) -> list[Flowable]:
    if not voided.original:
        return []
    words = "berkas yang ditandatangani, tidak diubah, ada di dalam PDF ini sebagai lampiran"
    return [labelled("Dokumen asli:", f"{words} {voided.original}")]


def short_hash(digest: str) -> str:
    """The first 16 hex digits in groups of four, upper case: `9F3A 71C2 04BE D85E`."""
    shown = digest[:_SHOWN_HASH].upper()
    return " ".join(shown[start : start + 4] for start in range(0, len(shown), 4))


def _kop(content: Mapping[str, Any]) -> list[Flowable]:
    office = content["kop"]
    return kop(
        [office["kementerian"], office["direktorat"], office["kanwil"]], office["kantor"], office["alamat"]
    )


def _front(content: Mapping[str, Any]) -> list[Flowable]:
    return [
        *_kop(content),
        heading(content["judul"]),
        block(content["subjudul"], SUBTITLE),
        block(f"Nomor {content['nomor_tampil']}", SUBTITLE),
        Spacer(0, 8),
        block(content["pembuka"]),
        Spacer(0, 3),
        *blocks.parties(content),
        block(content["pengantar_hasil"]),
        Spacer(0, 4),
        tables.result_table(content),
        Spacer(0, 6),
        *blocks.clause_list(content),
    ]


def _closing(content: Mapping[str, Any], places: Mapping[str, Place]) -> list[Flowable]:
    row = blocks.signature_row(content, places)
    return [KeepTogether([Spacer(0, 8), block(content["tempat_tanggal"]), Spacer(0, 5), row])]


def _attachments(content: Mapping[str, Any]) -> list[Flowable]:
    parts: list[Flowable] = [
        PageBreak(),
        heading("LAMPIRAN I"),
        block("Laporan Hasil Rekonsiliasi (ringkasan)", SUBTITLE),
        Spacer(0, 8),
        tables.lhr_head(content),
        Spacer(0, 8),
        tables.lhr_table(content),
        Spacer(0, 5),
        block(content["kesimpulan"], STRONG if content["semua_sama"] else BODY),
        *lpj_parts(content),
    ]
    if content["selisih"]:
        parts += [
            PageBreak(),
            heading("LAMPIRAN II"),
            block("Penjelasan Selisih", SUBTITLE),
            Spacer(0, 8),
            *tables.difference_parts(content),
        ]
    return parts


def _sheet(
    content: Mapping[str, Any], verify_address: str, *, draft: bool = False, voided: VoidNote | None = None
) -> Sheet:
    number = content["nomor"] or "Draft BAR"
    mark, line = ("DRAFT", _DRAFT_LINE) if draft else ("", "")
    if voided:
        mark, line = "DIBATALKAN", f"DIBATALKAN pada {long_date(voided.voided_on)}, tidak berlaku lagi"
    check = (
        "Belum ditandatangani; tidak dapat diverifikasi."
        if draft
        else f"Tidak memerlukan tanda tangan basah. Keaslian: pindai kode QR atau buka {verify_address}"
    )
    return Sheet(
        title=f"Berita Acara Rekonsiliasi {number}",
        author=content["penandatangan"][1]["unit"],
        subject=f"Periode sampai dengan {content['periode']}, {content['penandatangan'][0]['unit']}",
        footer=check,
        footer_left=f"Sidik SHA-256 {short_hash(content['sidik_isi'])} \u2026",
        footer_right=number,
        mark=mark,
        mark_line=line,
        keywords="" if mark else imprint_of(content),
    )
