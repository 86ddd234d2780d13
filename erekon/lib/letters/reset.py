"""Surat Permohonan Reset BAR: what the satker writes to its KPPN before it uploads anew."""

from dataclasses import dataclass
from datetime import date

from erekon.lib.indonesian import long_date
from erekon.lib.letters.letter import BLANK, Letter, Letterhead, Points, Signer, Table

_LINE = "." * 150


@dataclass(frozen=True, slots=True)
class ResetFacts:
    """The BAR to be voided and the two offices; `kpa` is empty while nobody is assigned."""

    ba: str
    es1: str
    satker: str
    kppn: str
    bar_number: str
    bar_date: date | None
    period: str
    kpa: str = ""
    kpa_nip: str = ""


def reset_request(facts: ResetFacts) -> Letter:
    """The template: number, date and reason are left to the pen."""
    dated = f" tanggal {long_date(facts.bar_date)}" if facts.bar_date else ""
    return Letter(
        name="Surat Permohonan Reset BAR",
        head=Letterhead((facts.ba, facts.es1), facts.satker),
        place_date=f"{'.' * 20}, {'.' * 24}",
        reference=(
            ("Nomor", BLANK),
            ("Lampiran", "-"),
            ("Hal", f"Permohonan reset Berita Acara Rekonsiliasi {facts.period}"),
        ),
        addressee=(f"Yth. Kepala {facts.kppn}",),
        body=(
            "Bersama ini kami mohon agar Berita Acara Rekonsiliasi (BAR) berikut dibatalkan pada aplikasi "
            "e-Rekon-LK, sehingga kami dapat mengunggah ulang ADK yang benar:",
            Table(
                (
                    ("Satuan kerja", facts.satker),
                    ("Nomor BAR", f"{facts.bar_number}{dated}"),
                    ("Periode", f"sampai dengan {facts.period}"),
                )
            ),
            "Alasan permohonan:",
            Points((_LINE, _LINE)),
            "Kami memahami bahwa BAR tersebut tidak berlaku lagi sejak dibatalkan, tetap tersimpan dengan tanda "
            "Dibatalkan, dan bahwa satuan kerja wajib mengunggah ulang ADK sampai BAR pengganti terbit.",
            "Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.",
        ),
        signers=(Signer("Kuasa Pengguna Anggaran", facts.kpa, facts.kpa_nip),),
        note="Isi, tanda tangani, pindai, lalu lampirkan pada permohonan reset BAR di e-Rekon-LK.",
    )
