"""What people read about an LPJ: faults of a field, the mark of a row, and what to do next."""

from datetime import date

from erekon.lib.indonesian import long_date
from erekon.lib.rupiah import format_rupiah
from reconciliation.lpj.amounts import MOST_DIGITS, Fault
from reconciliation.lpj.lines import BENDAHARA_LABELS, Bendahara
from reconciliation.lpj.report import Report, State

FAULTS = {
    Fault.BUKAN_ANGKA: "Tulis angka saja, misalnya 1.250.000.",
    Fault.PECAHAN: "Tulis rupiah penuh tanpa koma dan tanpa sen, misalnya 1.250.000.",
    Fault.TITIK: "Titik hanya memisahkan ribuan, tiga angka tiap kelompok, misalnya 1.250.000.",
    Fault.NEGATIF: "Saldo ini tidak boleh negatif. Periksa BKU, lalu isi angka nol atau lebih.",
    Fault.TERLALU_BESAR: f"Angka terlalu besar. Paling banyak {MOST_DIGITS} angka.",
}
MARKS = {
    State.SAMA: "Sama",
    State.BEDA: "Berbeda",
    State.BELUM_DIISI: "Belum diisi",
    State.TANPA: "",
}
OVERDRAWN = "Negatif"
NOT_JUDGED = "Perbedaan di sini tidak mengubah hasil rekon; BAR mencatatnya pada Lampiran I."


def title(bendahara: Bendahara, number: str, dated: date | None) -> str:
    """`LPJ Bendahara Pengeluaran nomor 9/2026 tanggal 5 Oktober 2026`; number and date where given."""
    parts = [f"LPJ {BENDAHARA_LABELS[bendahara]}"]
    if number:
        parts.append(f"nomor {number}")
    if dated:
        parts.append(f"tanggal {long_date(dated)}")
    return " ".join(parts)


def cash_check(report: Report) -> str:
    """The label of the LPJ's own sum; empty while cash or balances are missing."""
    if report.held is None or report.booked is None:
        return ""
    return f"Tunai dan bank, dibanding jumlah saldo LPJ {format_rupiah(report.booked)}"


def summary(report: Report) -> str:
    """What the comparison of one LPJ came to, in one sentence; empty while nothing was entered."""
    label = BENDAHARA_LABELS[report.bendahara]
    if not report.entered:
        return ""
    if all(row.state is State.TANPA for row in report.rows) and not report.gap:
        return f"LPJ {label} sudah diisi; belum ada yang dibandingkan."
    if not report.warnings:
        return f"LPJ {label} sama dengan Neraca Percobaan."
    return f"LPJ {label} belum sesuai: {report.warnings} hal perlu diperiksa."


def overdrawn(report: Report) -> tuple[str, ...]:
    """One sentence for each account whose balance is below zero; none while nothing was entered."""
    if not report.entered:
        return ()
    return tuple(
        f"Akun {akun} bersaldo {format_rupiah(balance)} pada Neraca Percobaan; saldo kas seharusnya nol atau lebih."
        for row in report.rows
        for akun, balance in row.overdrawn
    )


def conclusion(report: Report) -> str:
    """The summary and what it cannot say in a number."""
    return " ".join((summary(report), *overdrawn(report)))


def next_steps(report: Report) -> tuple[str, ...]:
    """What to do about each thing that does not agree."""
    if not report.entered:
        return ()
    steps = [
        f"{told} Telusuri buku besar akun itu, perbaiki di SAIBA, lalu unggah ulang ADK."
        for told in overdrawn(report)
    ]
    if any(row.state is State.BEDA for row in report.rows):
        steps.append(
            "Cocokkan BKU bendahara dengan buku besar akun yang berbeda. Bila SAIBA keliru, perbaiki lalu "
            "unggah ulang ADK; bila LPJ keliru, perbaiki isian ini."
        )
    missing = [row for row in report.rows if row.state is State.BELUM_DIISI]
    for row in missing:
        accounts = ", ".join(akun for akun, balance in row.balances or () if balance)
        steps.append(f"Isi {row.line.label}: Neraca Percobaan bersaldo pada akun {accounts}.")
    if report.gap:
        steps.append(
            "Uang tunai ditambah uang di bank tidak sama dengan jumlah saldo lainnya. Periksa kas opname dan "
            "rekening koran."
        )
    return tuple(steps)
