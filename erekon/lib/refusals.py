"""Every refusal a person or a client can meet: one stable code, one status, one sentence in Indonesian."""

from typing import Any

REFUSALS: dict[str, tuple[int, str]] = {
    "BUKAN_HAK": (
        403,
        "Tindakan ini bukan hak peran Anda. Masuk dengan akun yang berhak, atau minta petugasnya.",
    ),
    "TIDAK_DITEMUKAN": (404, "Halaman atau data tidak ditemukan. Periksa alamat atau kembali ke Beranda."),
    "BELUM_MASUK": (401, "Anda belum masuk. Masuk dulu, atau kirim token yang masih berlaku."),
    "BERUBAH": (409, "{siapa} baru saja mengubah data ini. Muat yang terbaru sebelum melanjutkan."),
    "BERUBAH/SIAP": (
        409,
        "Data SiAP berubah per {waktu}, jadi rekon ini dibandingkan ulang. "
        "Muat yang terbaru sebelum melanjutkan.",
    ),
    "BERUBAH/ATURAN": (
        409,
        "Aturan Rekonsiliasi Terpusat atau registrasi satker berubah, jadi rekon ini dibandingkan ulang. "
        "Muat yang terbaru sebelum melanjutkan.",
    ),
    "BELUM_ADA": (409, "Dokumen ini belum terbentuk. Tunggu sampai rekon selesai diproses, lalu coba lagi."),
    "PERBAIKI_DULU": (
        409,
        "Penjelasan ini menyebut letak kesalahan di satker, jadi tidak dapat diterima. "
        "Satker memperbaiki datanya di SAIBA lalu mengunggah ulang ADK.",
    ),
    "BELUM_DIJELASKAN": (
        409,
        "Masih ada {jumlah} selisih yang belum dijelaskan satker atau belum Anda terima: {daftar}. "
        "Putuskan dulu setiap penjelasan, atau kembalikan ke satker.",
    ),
    "PERIODE_TUTUP": (
        409,
        "Jadwal {periode} sudah ditutup {waktu}. Ajukan dispensasi melalui K/L atau hubungi KPPN mitra.",
    ),
    "PERIODE_BELUM_BUKA": (409, "Jadwal {periode} {waktu}. Unggah setelah jadwal dibuka."),
    "SUDAH_DITANDATANGANI": (
        409,
        "BAR {periode} sudah disetujui KPPN dan menunggu atau sudah memuat tanda tangan. "
        "Ajukan reset BAR dulu, lalu unggah ulang.",
    ),
    "TIDAK_DIREKON": (
        409,
        "Satker {satker} memakai satu basis data dengan BUN, jadi tidak direkonsiliasi. ADK tidak perlu diunggah.",
    ),
    "LEWAT_SAKTI": (
        409,
        "Satker ini mengirim lewat SAKTI sejak {sejak}. ADK hanya diterima bila ada keadaan fallback untuk periode ini.",
    ),
    "TOLAK_UKURAN": (
        413,
        "Berkas {mb} MB, batasnya {batas} MB. Pastikan isinya hanya kiriman SAIBA, lalu unggah lagi.",
    ),
    "TERLALU_SERING": (429, "Terlalu banyak percobaan. Tunggu {detik} detik, lalu coba lagi."),
    "PIN_SALAH": (403, "PIN salah. Sisa {attempts_left} percobaan."),
    "PIN_TERKUNCI": (423, "PIN dikunci sampai {sampai}. Coba lagi setelah itu."),
    "PIN_BELUM_ADA": (409, "Anda belum punya PIN. Buat PIN dulu di halaman PIN, lalu tanda tangani."),
    "PIN_LEMAH": (400, "PIN terlalu mudah ditebak: {alasan}. Pilih enam angka lain."),
    "PERLU_AKTIVASI": (
        423,
        "PIN salah 10 kali sehingga ditutup. Minta administrator kode aktivasi, lalu buat PIN baru dengan sandi Anda.",
    ),
    "KODE_AKTIVASI": (
        403,
        "Kode aktivasi salah, sudah dipakai, atau kedaluwarsa. Periksa lagi, atau minta administrator kode baru.",
    ),
    "PENANDA_WAKTU": (
        503,
        "Layanan penanda waktu tidak menjawab, jadi BAR belum ditandatangani. Coba lagi beberapa menit lagi.",
    ),
    "NONCE_TERPAKAI": (
        409,
        "Halaman tanda tangan ini sudah dipakai atau kedaluwarsa. Muat ulang, lalu tanda tangani lagi.",
    ),
    "PEMISAHAN_TUGAS": (
        403,
        "Satu orang tidak boleh memegang dua peran pada BAR yang sama: {sebab}. Minta pejabat lain menandatangani.",
    ),
    "ISIAN": (400, "Ada isian yang perlu diperbaiki."),
    "BERKAS_RUSAK": (
        503,
        "Berkas yang tersimpan tidak lagi utuh, jadi tidak kami kirim. Bukan salah Anda. "
        "Hubungi administrator dan sebut kode {kode}.",
    ),
    "KUNCI_BERBEDA": (422, "Idempotency-Key ini sudah dipakai untuk isi yang lain. Pakai kunci baru."),
    "SEDANG_DIPROSES": (409, "Permintaan yang sama sedang diproses. Tunggu sebentar, lalu periksa hasilnya."),
    "KIRIM_ULANG_TIDAK_PERLU": (
        409,
        "ADK KPPN {kppn} tanggal {tanggal} sudah diterima dan standar. Kirim ulang tidak diperlukan.",
    ),
    "SUDAH_DITERIMA": (
        409,
        "Berkas ini sudah diterima lengkap, jadi pengirimannya tidak dapat dibatalkan. Lihat hasilnya di Riwayat.",
    ),
    "SUDAH_DIAJUKAN": (409, "Permohonan reset untuk BAR ini sudah diajukan dan menunggu keputusan KPPN."),
    "SUDAH_DIPUTUSKAN": (409, "Permohonan ini sudah diputuskan pada {waktu}."),
    "TIDAK_SAH": (400, "Permintaan tidak dapat dibaca: {sebab}. Periksa isi lalu kirim lagi."),
    "CARA_SALAH": (405, "Cara {cara} tidak tersedia di alamat ini."),
    "JENIS_ISI": (415, "Jenis isi {jenis} tidak diterima di alamat ini."),
    "TIDAK_TERSEDIA": (406, "Bentuk jawaban yang diminta tidak tersedia."),
    "MFA_WAJIB": (403, "Akun ini memakai faktor kedua. Buat token di halaman profil."),
    "SANDI_SALAH": (403, "NIP atau sandi salah."),
    "GANGGUAN": (500, "Ada gangguan di sistem kami. Pekerjaan Anda tidak hilang. Kode {kode}."),
}


class Refusal(Exception):
    """A request that the rules refuse, with evidence.

    `code` stands in REFUSALS; what follows a "/" there picks another sentence of the same code. `params` fill its sentence; `extra` are further members of the answer
    (such as `attempts_left`); `errors` name fields: `[{"field", "message"}]`.
    """

    def __init__(
        self,
        code: str,
        *,
        errors: list[dict[str, Any]] | None = None,
        extra: dict[str, Any] | None = None,
        **params: object,
    ) -> None:
        self.code = code.partition("/")[0]
        self.status, template = REFUSALS[code]
        self.detail = template.format(**params)
        self.errors = errors or []
        self.extra = extra or {}
        super().__init__(f"{self.code}: {self.detail}")


def field_refusal(**messages: str) -> Refusal:
    """An ISIAN refusal that names each field with its sentence."""
    return Refusal("ISIAN", errors=[{"field": name, "message": text} for name, text in messages.items()])
