"""Why an attached file is not taken: one code and one sentence each."""

from erekon.lib.refusals import Refusal

LIMIT = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000

SENTENCES = {
    "BUKTI_KOSONG": "Berkas kosong (0 KB). Pilih berkas yang berisi.",
    "BUKTI_BESAR": "Berkas {mb} MB, batasnya 5 MB. Perkecil pindaiannya, lalu lampirkan lagi.",
    "BUKTI_JENIS": "Berkas ini bukan PDF, JPG, atau PNG. Simpan dokumen sebagai PDF, lalu lampirkan lagi.",
    "BUKTI_AKHIRAN": "Nama berkas berakhiran {akhiran}, tetapi isinya {jenis}. Periksa apakah berkasnya benar, "
    "lalu beri akhiran .{jenis_kecil}.",
    "BUKTI_RUSAK": "{jenis} ini rusak atau terpotong. Buka di komputer Anda, simpan ulang, lalu lampirkan lagi.",
    "BUKTI_GANDA": "Di dalam {jenis} ini terselip isi lain. Simpan atau pindai ulang, lalu lampirkan lagi.",
    "BUKTI_TERSANDI": "PDF ini dikunci sandi. Simpan tanpa sandi, lalu lampirkan lagi.",
    "BUKTI_AKTIF": "PDF ini memuat {isi}. Cetak ulang sebagai PDF biasa, lalu lampirkan lagi.",
    "BUKTI_RUMIT": "Berkas ini terlalu rumit untuk diperiksa. Cetak atau simpan ulang, lalu lampirkan lagi.",
    "BUKTI_PIKSEL": "Gambar {lebar} × {tinggi} piksel terlalu besar. Perkecil sampai paling banyak 40 juta piksel.",
}


def refused(code: str, **params: object) -> Refusal:
    """The ISIAN refusal of the field `file` for this cause; its entry also carries the cause's code."""
    return field_fault(code, SENTENCES[code].format(**params))


def field_fault(code: str, sentence: str) -> Refusal:
    """An ISIAN refusal of the field `file` with a code of its own."""
    return Refusal("ISIAN", errors=[{"field": "file", "message": sentence, "code": code}])
