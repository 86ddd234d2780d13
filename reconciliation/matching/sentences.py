"""What a hint says, in Bahasa Indonesia: what kemungkinan happened, and the next step."""

from dataclasses import dataclass

from reconciliation.matching.hints.hint import Hint


@dataclass(frozen=True)
class Sentence:
    """A title and a text whose gaps `{…}` the hint's words fill."""

    title: str
    text: str


CATALOGUE: dict[tuple[str, str], Sentence] = {
    ("R6", ""): Sentence(
        "Kemungkinan tercatat dua kali",
        "Dokumen {n} kemungkinan tercatat dua kali di SAI. Hapus salah satu, lalu posting dan unggah ulang.",
    ),
    ("R3", ""): Sentence(
        "Kemungkinan angka tertukar",
        "Beda {n} dan habis dibagi 9: angka {a} (SiAP) dan {b} (SAI) kemungkinan tertukar. "
        "Cocokkan dengan dokumen sumber, perbaiki, lalu posting.",
    ),
    ("R4", ""): Sentence(
        "Kemungkinan tanda terbalik",
        "Rupiah dokumen {n} sama tetapi tandanya berlawanan: debet dan kredit kemungkinan terbalik. "
        "Periksa jenis transaksinya di SAIBA, perbaiki, lalu posting.",
    ),
    ("R5", ""): Sentence(
        "Kemungkinan salah akun atau segmen",
        "Rupiah sama, akun atau segmen kemungkinan salah: SiAP {a}, SAI {b}. "
        "Cocokkan dengan SPM, lalu perbaiki di SAIBA atau ajukan koreksi ke KPPN.",
    ),
    ("R5", "sebagian"): Sentence(
        "Kemungkinan salah akun atau segmen",
        "Sebagian rupiah dokumen ini ({n}) kemungkinan tercatat pada akun atau segmen yang salah: "
        "SiAP {a}, SAI {b}. Cocokkan dengan SPM, lalu perbaiki di SAIBA atau ajukan koreksi ke KPPN.",
    ),
    ("R8", ""): Sentence(
        "Kemungkinan kode BA/Eselon salah",
        "Kode BA/Eselon potongan SPM kemungkinan tidak sesuai ({isi}). Ubah menjadi {benar}, lalu posting.",
    ),
    ("R13", "dipecah"): Sentence(
        "Kemungkinan dokumen dipecah",
        "Dokumen SiAP {whole} kemungkinan dipecah di SAI menjadi {parts}; jumlahnya sama. "
        "Samakan nomor dokumen di SAIBA dengan SP2D.",
    ),
    ("R13", "digabung"): Sentence(
        "Kemungkinan dokumen digabung",
        "Dokumen SiAP {parts} kemungkinan digabung di SAI menjadi {whole}; jumlahnya sama. "
        "Rekam tiap dokumen dengan nomornya sendiri.",
    ),
    ("R9", ""): Sentence(
        "Kemungkinan beda periode pembatalan",
        "Dokumen {n} kemungkinan dibatalkan di bulan yang berbeda. "
        "Periksa pembatalannya di KPPN, lalu batalkan juga di SAIBA.",
    ),
    ("R9", "SP2D"): Sentence(
        "Kemungkinan beda periode pembatalan",
        "SP2D {n} kemungkinan dibatalkan di bulan yang berbeda. "
        "Periksa pembatalannya di KPPN, lalu batalkan juga di SAIBA.",
    ),
    ("R9", "NTPN"): Sentence(
        "Kemungkinan beda periode pembatalan",
        "Setoran NTPN {n} kemungkinan dibatalkan di bulan yang berbeda. "
        "Periksa pembatalannya di KPPN, lalu batalkan juga di SAIBA.",
    ),
    ("R9", "DIPA"): Sentence(
        "Kemungkinan beda periode pembatalan",
        "Dokumen DIPA {n} kemungkinan dibatalkan di bulan yang berbeda. "
        "Periksa pembatalannya di KPPN, lalu batalkan juga di SAIBA.",
    ),
    ("R12", ""): Sentence(
        "Kemungkinan beda tanggal pembukuan",
        "Dokumen {n} kemungkinan baru dibukukan KPPN pada bulan berikutnya. "
        "Tulis penjelasan beda periode; BAR dapat terbit dengan penjelasan.",
    ),
    ("R12", "batal"): Sentence(
        "Kemungkinan beda tanggal pembukuan pembatalan",
        "Dokumen {n} dibatalkan KPPN pada bulan berikutnya: kemungkinan karena itu tidak ada di SAI. "
        "Tulis penjelasan beda periode; BAR dapat terbit dengan penjelasan.",
    ),
    ("R12", "menyusul"): Sentence(
        "Kemungkinan beda tanggal pembukuan",
        "Dokumen {n} menjadi sama oleh pembukuan KPPN pada bulan berikutnya: kemungkinan beda tanggal "
        "pembukuan. Tulis penjelasan beda periode; BAR dapat terbit dengan penjelasan.",
    ),
    ("R12", "koreksi"): Sentence(
        "Kemungkinan beda tanggal pembukuan koreksi",
        "Dokumen {n} dikoreksi KPPN: kemungkinan beda tanggal pembukuan koreksi. "
        "Sesuaikan di SAIBA bila perlu; BAR dapat terbit dengan penjelasan.",
    ),
    ("R10", ""): Sentence(
        "Kemungkinan transaksi lewat KPPN lain",
        "Dokumen {n} kemungkinan transaksi lewat KPPN lain ({kppn}). "
        "Rekam bila memang milik satker, atau minta KPPN itu mengoreksinya.",
    ),
    ("R11", "SiAP"): Sentence(
        "Kemungkinan revisi DIPA belum direkam",
        "Revisi DIPA {n} kemungkinan belum direkam di SAIBA. Rekam revisinya, lalu posting.",
    ),
    ("R11", "SiAP ke"): Sentence(
        "Kemungkinan revisi DIPA belum direkam",
        "Revisi DIPA ke-{ke} ({n}) kemungkinan belum direkam di SAIBA. Rekam revisinya, lalu posting.",
    ),
    ("R11", "SAI"): Sentence(
        "Kemungkinan revisi DIPA belum ada di KPPN",
        "Revisi DIPA {n} kemungkinan belum direkam di KPPN. Tunjukkan dokumennya kepada KPPN.",
    ),
    ("R11", "SAI ke"): Sentence(
        "Kemungkinan revisi DIPA belum ada di KPPN",
        "Revisi DIPA ke-{ke} ({n}) kemungkinan belum direkam di KPPN. Tunjukkan dokumennya kepada KPPN.",
    ),
    ("R7", ""): Sentence(
        "Kemungkinan setoran belum direkam",
        "Setoran ada di KPPN {kppn}, kemungkinan belum direkam di SAIBA. Rekam NTPN {n}.",
    ),
    ("R7", "tanpa KPPN"): Sentence(
        "Kemungkinan setoran belum direkam",
        "Setoran ada di SiAP tanpa kode KPPN, kemungkinan belum direkam di SAIBA. Rekam NTPN {n}.",
    ),
    ("R1", ""): Sentence(
        "Kemungkinan belum direkam atau belum diposting",
        "Dokumen {n} tercatat di KPPN, kemungkinan belum direkam atau belum diposting di SAIBA. "
        "Rekam, posting, lalu unggah ulang.",
    ),
    ("R2", ""): Sentence(
        "Kemungkinan belum terbit, lain bulan, atau batal",
        "Dokumen {n} ada di SAI, belum ada di KPPN: kemungkinan belum terbit, lain bulan, atau batal. "
        "Periksa tanggal SP2D atau pembatalannya.",
    ),
}
_NAMELESS = "tanpa nomor"
# A hint of earlier rules that has no sentence any more, or one that asks for other words.
_EARLIER = Sentence(
    "Kemungkinan sebab menurut aturan sebelumnya",
    "Sebab ini ditemukan dengan aturan sebelumnya. Proses ulang untuk melihat dugaan yang terbaru.",
)


def title(hint: Hint) -> str:
    """The hint in a few words."""
    return CATALOGUE.get((hint.code, hint.variant), _EARLIER).title


def render(hint: Hint) -> str:
    """The hint as sentences: the likely cause, then what to do."""
    words = {name: text or _NAMELESS for name, text in hint.words}
    try:
        return CATALOGUE.get((hint.code, hint.variant), _EARLIER).text.format(**words)
    except KeyError:
        return _EARLIER.text
