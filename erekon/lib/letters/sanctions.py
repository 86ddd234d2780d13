"""SP2S and the letter that lifts it: what a KPPN tells a satker that has not reconciled, and later has."""

from dataclasses import dataclass
from datetime import date

from erekon.lib.indonesian import long_date
from erekon.lib.letters.letter import Letter, Letterhead, Points, Signer, Table

# The payment orders that are taken in spite of a sanction.
EXEMPT = (
    "SPM-LS Belanja Pegawai;",
    "SPM-LS Kontraktual kepada pihak ketiga;",
    "SPM Pengembalian.",
)
_BASIS = "Peraturan Menteri Keuangan Nomor 104/PMK.05/2017"


@dataclass(frozen=True, slots=True)
class SanctionFacts:
    """One satker and one period; `number` and `made_on` are the letter's own."""

    head: Letterhead
    place: str
    number: str
    made_on: date
    satker: str
    period: str
    kepala: Signer
    copies: tuple[str, ...] = ()


def sanction_letter(facts: SanctionFacts, *, due: date, since: date) -> Letter:
    """SP2S: `due` is the last day without a sanction, `since` the day from which it holds."""
    return _letter(
        facts,
        "Surat Pemberitahuan Pengenaan Sanksi",
        f"Pemberitahuan pengenaan sanksi rekonsiliasi {facts.period}",
        (
            f"Berdasarkan {_BASIS}, satuan kerja wajib menyelesaikan rekonsiliasi dengan KPPN. Sampai dengan "
            f"{long_date(due)}, Berita Acara Rekonsiliasi satuan kerja berikut belum terbit:",
            _whose(facts),
            f"Terhitung mulai {long_date(since)}, Surat Perintah Membayar (SPM) yang diajukan satuan kerja tersebut "
            "kami kembalikan, kecuali:",
            Points(EXEMPT),
            "Sanksi ini dicabut setelah Berita Acara Rekonsiliasi periode tersebut terbit, dan tidak "
            "membebaskan satuan kerja dari kewajiban menyelesaikan rekonsiliasi.",
        ),
    )


def lifting_letter(
    facts: SanctionFacts, *, sanction: str, sanctioned_on: date, bar: str, since: date
) -> Letter:
    """The lifting of an SP2S (its number and date), because a BAR was issued; it holds from `since` on."""
    return _letter(
        facts,
        "Surat Pemberitahuan Pencabutan Sanksi",
        f"Pemberitahuan pencabutan sanksi rekonsiliasi {facts.period}",
        (
            f"Menunjuk surat kami nomor {sanction} tanggal {long_date(sanctioned_on)}, dengan ini kami beritahukan "
            f"bahwa Berita Acara Rekonsiliasi nomor {bar} telah terbit untuk satuan kerja berikut:",
            _whose(facts),
            f"Terhitung mulai {long_date(since)}, sanksi pengembalian SPM atas satuan kerja tersebut kami cabut.",
        ),
    )


def _whose(facts: SanctionFacts) -> Table:
    return Table((("Satuan kerja", facts.satker), ("Periode", f"sampai dengan {facts.period}")))


def _letter(facts: SanctionFacts, name: str, subject: str, body: tuple[str | Points | Table, ...]) -> Letter:
    return Letter(
        name=name,
        head=facts.head,
        number=facts.number,
        place_date=f"{facts.place}, {long_date(facts.made_on)}",
        reference=(("Nomor", facts.number), ("Sifat", "Segera"), ("Hal", subject)),
        addressee=(f"Yth. Kuasa Pengguna Anggaran {facts.satker}",),
        body=(*body, "Atas perhatian Saudara, kami ucapkan terima kasih."),
        signers=(facts.kepala,),
        copies=facts.copies,
    )
