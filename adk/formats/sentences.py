"""Every sentence the gates say, once: what was found, what was expected, what to do next.

A template is looked up by `CODE.hal` and then by `CODE`; its names are filled from the finding's params.
"""

from collections.abc import Mapping

from erekon.lib.indonesian import MONTHS

_MONTH_PARAMS = ("isi", "pilih", "bulan_awal")

_BUAT_ULANG = "Buat ulang ADK di SAIBA lalu unggah lagi."
_HAPUS_LAIN = "Kirim hanya berkas .zip hasil SAIBA, tanpa menambah atau mengubah isinya."
_PERBAIKI = "Perbaiki di SAIBA lalu kirim ulang."
_RUPIAH_TERBESAR = "9.223.372.036.854.775.807"

CATALOGUE: dict[str, str] = {
    "UKURAN_NOL": "Berkas kosong (0 KB). Seharusnya berisi ADK. Buat ulang ADK di SAIBA.",
    "TOLAK_UKURAN": "Berkas {mb} MB, batasnya {batas} MB. Pastikan isinya hanya kiriman SAIBA.",
    "BUKAN_ZIP": r"Isi berkas ini bukan .zip. Ambil berkas .zip hasil kirim SAIBA di C:\SAIBA\krm, bukan berkas di dalamnya.",
    "BUKAN_ZIP.jenis": r"Berkas ini {isi}, bukan .zip. Ambil berkas .zip hasil kirim SAIBA di C:\SAIBA\krm, bukan berkas di dalamnya.",
    "ARSIP_RUSAK": f"Berkas .zip tidak bisa dibuka. {_BUAT_ULANG}",
    "ARSIP_RUSAK.terpotong": f"Bagian akhir berkas .zip hilang atau bertambah. Seharusnya utuh. {_BUAT_ULANG}",
    "ARSIP_RUSAK.direktori": f"Daftar isi berkas .zip rusak. Seharusnya sesuai dengan isinya. {_BUAT_ULANG}",
    "ARSIP_RUSAK.lokal": f"Daftar isi .zip berbeda dari isinya. Seharusnya sama. {_BUAT_ULANG}",
    "ARSIP_RUSAK.celah": f"Ada bagian asing di dalam berkas .zip. Seharusnya hanya isi yang terdaftar. {_BUAT_ULANG}",
    "ARSIP_RUSAK.crc": f"Isi {{nama}} rusak: tidak sesuai dengan ukuran atau kode pemeriksanya. Seharusnya sama. {_BUAT_ULANG}",
    "ARSIP_RUSAK.metode": f"Cara kompresi {{metode}} tidak didukung. Seharusnya deflate atau tanpa kompresi. {_BUAT_ULANG}",
    "ARSIP_TERENKRIPSI": "Berkas .zip berkata sandi. Seharusnya tanpa kata sandi. Buat ulang ADK di SAIBA tanpa kata sandi.",
    "ARSIP_BERBAHAYA": f"Isi .zip tidak aman dibuka. {_HAPUS_LAIN}",
    "ARSIP_BERBAHAYA.jumlah": f"Ada {{jumlah}} berkas di dalam .zip, paling banyak {{batas}}. {_HAPUS_LAIN}",
    "ARSIP_BERBAHAYA.nama": f"Nama {{nama}} memuat karakter terlarang. Seharusnya huruf, angka, titik, garis bawah. {_HAPUS_LAIN}",
    "ARSIP_BERBAHAYA.folder": f"{{nama}} adalah folder atau alamat berkas. Seharusnya berkas langsung di dalam .zip. {_HAPUS_LAIN}",
    "ARSIP_BERBAHAYA.tautan": f"{{nama}} adalah tautan atau perangkat. Seharusnya berkas biasa. {_HAPUS_LAIN}",
    "ARSIP_BERBAHAYA.rasio": f"Isi .zip mengembang lebih dari {{batas}} kali. Seharusnya ADK biasa. {_HAPUS_LAIN}",
    "ARSIP_BERBAHAYA.besar": f"Isi .zip melebihi batas {{batas}} MB setelah dibuka. Seharusnya ADK biasa. {_HAPUS_LAIN}",
    "ARSIP_BERBAHAYA.tumpang": f"Berkas di dalam .zip saling tumpang tindih. Seharusnya terpisah. {_BUAT_ULANG}",
    "ISI_TIDAK_SESUAI": f"Isi .zip bukan kiriman yang dikenal. {_HAPUS_LAIN}",
    "ISI_TIDAK_SESUAI.asing": f"Ada berkas {{nama}} di dalam .zip, padahal bukan bagian kiriman. {_HAPUS_LAIN}",
    "ISI_TIDAK_SESUAI.ganda": f"Berkas {{nama}} ada dua kali di dalam .zip. Seharusnya satu. {_HAPUS_LAIN}",
    "ISI_TIDAK_SESUAI.utama": (
        "Berkas utama tidak ada di dalam .zip. Seharusnya ada KPPN_…….0{th} atau T_GL{th}00.DBF. "
        + _BUAT_ULANG
    ),
    "ISI_TIDAK_SESUAI.nama": (
        "Nama berkas {nama} tidak dikenal. Seharusnya seperti KPPN_KD0150863516202.zip. "
        "Kembalikan nama asli dari SAIBA lalu unggah lagi."
    ),
    "ISI_TIDAK_SESUAI.hilang": "Berkas {nama} tidak ada di dalam .zip. Seharusnya ada. Buat ulang ADK KPPN lalu kirim lagi.",
    "ISI_TIDAK_SESUAI.nama_kppn": (
        "Nama berkas {nama} tidak dikenal. Seharusnya seperti KPPN116_20260928.zip. Pakai nama asli lalu kirim lagi."
    ),
    "PERIODE_TIDAK_DIPERKENANKAN": (
        "Berkas ini untuk {isi}. Bulan sebelum {bulan_awal} tidak direkon terpisah. "
        "Unggah kumulatif mulai {bulan_awal}."
    ),
    "PERIODE.nama": "Berkas ini untuk {isi}, padahal Anda memilih {pilih}. Kirim ulang dari SAIBA untuk bulan {bb}.",
    "PERIODE.baris": "Baris {baris}: PERIODE berisi '{isi}', seharusnya 01 s.d. {bb}. Kirim ulang dari SAIBA, Kumulatif s.d. bulan {bb}.",
    "TAHUN.nama": "Berkas ini untuk tahun {isi}, padahal Anda memilih tahun {pilih}. Kirim ulang dari SAIBA tahun {pilih}.",
    "TAHUN.baris": f"Baris {{baris}}: THNANG berisi '{{isi}}', seharusnya {{pilih}}. {_PERBAIKI}",
    "KODE_SATKER.satker": "Berkas ini milik satker {isi}. Akun Anda untuk satker {akun}. Periksa satker yang dipilih di SAIBA.",
    "KODE_SATKER.ba": "Berkas ini untuk bagian anggaran {isi}. Satker Anda di {akun}. Periksa satker yang dipilih di SAIBA.",
    "KODE_SATKER.es1": "Berkas ini untuk eselon I {isi}. Satker Anda di {akun}. Periksa satker yang dipilih di SAIBA.",
    "KODE_SATKER.kewenangan": (
        "Berkas ini untuk kewenangan {isi}. Satker Anda {akun}. Periksa kewenangan yang dipilih di SAIBA."
    ),
    "KODE_SATKER.baris": f"Baris {{baris}}: {{kolom}} berisi '{{isi}}', seharusnya {{akun}}. {_PERBAIKI}",
    "STRUKTUR_DBF.versi": f"Berkas di dalam .zip bukan tabel SAIBA ({{isi}}). Seharusnya tabel DBF. {_BUAT_ULANG}",
    "STRUKTUR_DBF.memo": f"Tabel memakai memo. Seharusnya tanpa memo. {_BUAT_ULANG}",
    "STRUKTUR_DBF.header": f"Kepala tabel rusak atau terpotong. Seharusnya memuat daftar kolom yang utuh. {_BUAT_ULANG}",
    "STRUKTUR_DBF.tipe": f"Kolom {{kolom}} bertipe {{tipe}}. Seharusnya sesuai susunan SAIBA. {_BUAT_ULANG}",
    "STRUKTUR_DBF.panjang": (
        "Panjang baris menurut kepala tabel {header}, menurut kolomnya {hitung}. Seharusnya sama. "
        + _BUAT_ULANG
    ),
    "STRUKTUR_DBF.hilang": f"Kolom {{kolom}} tidak ada. Seharusnya ada. {_BUAT_ULANG}",
    "STRUKTUR_DBF.ganda": f"Kolom {{kolom}} ada dua kali. Seharusnya satu. {_BUAT_ULANG}",
    "STRUKTUR_DBF.baris": f"Kepala tabel menyebut {{isi}} baris, paling banyak {{batas}}. {_BUAT_ULANG}",
    "STRUKTUR_DBF.tanda": f"Baris {{baris}}: tanda hapus tidak dikenal. Seharusnya kosong atau *. {_BUAT_ULANG}",
    "HEADER_BARIS": f"Kepala tabel menyebut {{header}} baris, isinya {{hitung}} baris. Seharusnya sama. {_BUAT_ULANG}",
    "HEADER_BARIS.jumlah": (
        "HEADER menyebut {kolom} {isi}, menurut isi berkas {hitung}. Seharusnya sama. Buat ulang ADK KPPN lalu kirim lagi."
    ),
    "HEADER_BARIS.satu": "HEADER berisi {isi} baris. Seharusnya tepat satu. Buat ulang ADK KPPN lalu kirim lagi.",
    "TABEL_KOSONG": "Tabel tidak berisi baris. Seharusnya paling sedikit satu. Posting dulu di SAIBA, lalu kirim ulang.",
    "BUKAN_KUMULATIF": "Ini kiriman satu bulan, bukan kumulatif. Di SAIBA pilih Kumulatif s.d. bulan {bb}.",
    "KONTROL.baris": f"T_CTRL berisi {{isi}} baris. Seharusnya tepat satu. {_BUAT_ULANG}",
    "KONTROL.beda": f"T_CTRL menyebut {{kolom}} '{{isi}}', menurut isi berkas {{hitung}}. Seharusnya sama. {_BUAT_ULANG}",
    "KONTROL.sidik": f"Sidik SHA-256 di T_CTRL berbeda dari isi berkas: berkas berubah sesudah dibuat. {_BUAT_ULANG}",
    "NILAI.rupiah": f"Baris {{baris}}: {{kolom}} berisi '{{isi}}'. Seharusnya rupiah bulat paling banyak 19 angka. {_PERBAIKI}",
    "NILAI.jumlah": (
        "Jumlah rupiah seluruh baris, bersama saldo awal bila ada, terlalu besar untuk dihitung. "
        f"Seharusnya paling banyak {_RUPIAH_TERBESAR}. Periksa nilai yang tidak wajar. {_PERBAIKI}"
    ),
    "NILAI.KDTRN": f"Baris {{baris}}: KDTRN berisi '{{isi}}'. Seharusnya 0, 2, atau 3. {_PERBAIKI}",
    "NILAI.KDKEM": f"Baris {{baris}}: KDKEM berisi '{{isi}}'. Seharusnya 0, 1, atau kosong. {_PERBAIKI}",
    "NILAI.KDDK": f"Baris {{baris}}: KDDK berisi '{{isi}}'. Seharusnya D atau K. {_PERBAIKI}",
    "NILAI.panjang": f"Baris {{baris}}: {{kolom}} berisi '{{isi}}', lebih panjang dari susunan SAIBA. {_PERBAIKI}",
    "NILAI.karakter": "Baris {baris}: {kolom} memuat karakter terlarang ({isi}). Hapus karakter itu lalu kirim lagi.",
    "NILAI.pilihan": "Baris {baris}: {kolom} berisi '{isi}'. Seharusnya {pilihan}. Perbaiki lalu kirim lagi.",
    "NILAI.idtrn": "Baris {baris}: IDTRN '{isi}' kosong atau dipakai dua kali. Seharusnya unik. Perbaiki lalu kirim lagi.",
    "NILAI.idtrn_ada": (
        "IDTRN '{isi}' sudah ada di buku besar KPPN ini. Seharusnya IDTRN yang belum dipakai. "
        "Periksa apakah transaksinya sudah dikirim, perbaiki lalu kirim lagi."
    ),
    "NILAI.jumlah_satker": (
        "Rupiah satker {isi} bersama kiriman sebelumnya terlalu besar untuk dihitung. "
        f"Seharusnya, tanpa tanda minus, paling banyak {_RUPIAH_TERBESAR}. "
        "Periksa nilai yang tidak wajar, perbaiki lalu kirim lagi."
    ),
    "TANGGAL.nilai": f"Baris {{baris}}: {{kolom}} berisi '{{isi}}'. Seharusnya tanggal yang ada, atau kosong. {_PERBAIKI}",
    "TANGGAL.beda": "Tanggal di HEADER {isi}, pada nama berkas {hitung}. Seharusnya sama. Pakai nama dan isi hari yang sama.",
    "TANGGAL.nama": "Tanggal pada nama berkas {isi} tidak ada. Seharusnya TTTTBBHH. Pakai nama asli lalu kirim lagi.",
    "TANGGAL.posting": (
        "Baris {baris}: TGLPOST {isi}, padahal ADK ini untuk {hitung}. Hanya baris koreksi boleh bertanggal lebih awal. "
        "Perbaiki lalu kirim lagi."
    ),
    "KODE_AKUN.bentuk": f"Baris {{baris}}: {{kolom}} berisi '{{isi}}'. Seharusnya 6 angka dengan awalan 1 sampai 8. {_PERBAIKI}",
    "KODE_AKUN.kosong": f"Baris {{baris}}: KDMAKMAP dan PERKSAI sama-sama kosong. Seharusnya salah satu terisi. {_PERBAIKI}",
    "KARAKTER.karakter": f"Baris {{baris}}: {{kolom}} memuat karakter terlarang ({{isi}}). Seharusnya teks biasa. {_PERBAIKI}",
    "AKUN_TIDAK_DIKENAL.asing": (
        "Akun {isi} di {kolom} tidak ada di referensi BAS ({jumlah} baris, pertama baris {baris}). "
        "Baris tetap dihitung. Periksa apakah akunnya benar."
    ),
    "DUPLIKAT": (
        "Baris {baris} sama persis dengan baris {kembar}: indikasi posting ganda. Baris tetap dihitung. "
        "Periksa apakah transaksinya memang dua."
    ),
    "REFERENSI.asing": (
        "{kolom} {isi} tidak ada di referensi ({jumlah} baris, pertama baris {baris}). Baris tetap dihitung. Periksa kodenya."
    ),
    "REFERENSI.mitra": (
        "Kode KPPN di berkas {isi} ({jumlah} baris, pertama baris {baris}), mitra satker {akun}. Baris tetap dihitung. "
        "Bila salah pilih, pilih KPPN {akun} saat kirim data."
    ),
    "KODE_KPPN": "Kode KPPN di {tempat} {isi}, seharusnya {akun}. Kirim ADK milik KPPN {akun}.",
    "LKP_MINGGUAN": "LKP mingguan belum ada, padahal {isi} hari kerja terakhir minggu ini. Sertakan LKP mingguan lalu kirim lagi.",
    "LKP_SALDO": (
        "Baris {baris}: saldo akhir rekening {isi} tertulis {tertulis}, menurut mutasinya {hitung}. Perbaiki LKP lalu kirim lagi."
    ),
    "KOREKSI_JUMLAH": (
        "Pasangan koreksi atas {isi} berjumlah {jumlah}, seharusnya 0. Perbaiki pasangan koreksinya lalu kirim lagi."
    ),
    "SUDAH_DITANDATANGANI": (
        "BAR periode ini disetujui KPPN sewaktu berkas diperiksa, jadi berkas tidak dipakai. "
        "Seharusnya diunggah sebelum disetujui. Ajukan reset BAR dulu, lalu unggah ulang."
    ),
    "KIRIM_ULANG_TIDAK_PERLU": (
        "ADK KPPN tanggal {isi} sudah diterima dan standar. Seharusnya satu untuk tiap tanggal. "
        "Kirim ulang tidak diperlukan; pakai kiriman yang sudah ada."
    ),
    "REKAP": "REKAP {isi} berbeda dari buku besar. Seharusnya sama. Kirim ulang ADK tanggal {isi}.",
}

_KIRIM = (
    "Di SAIBA, buka menu kirim data ke KPPN lalu pilih Kumulatif s.d. bulan.",
    "Pilih bulan yang sama dengan periode di halaman ini, pilih folder tujuan, lalu klik Proses.",
    r"Ambil berkas .zip dari C:\SAIBA\krm dan unggah di sini.",
)
_ZIP = (
    "Buat ulang ADK di SAIBA lewat menu kirim data ke KPPN, Kumulatif s.d. bulan.",
    r"Ambil berkas .zip dari C:\SAIBA\krm, jangan dibuka, diubah, atau dikemas ulang.",
    "Unggah berkas .zip itu di sini.",
)
_ISI = (
    "Cari baris yang disebut di SAIBA dan perbaiki isinya.",
    "Posting ulang, lalu kirim data ke KPPN, Kumulatif s.d. bulan.",
    r"Ambil berkas .zip dari C:\SAIBA\krm dan unggah di sini.",
)
_SATKER = (
    "Di SAIBA, periksa satker, eselon I, dan kewenangan yang sedang dipakai.",
    "Pilih satker Anda, lalu kirim data ke KPPN, Kumulatif s.d. bulan.",
    r"Ambil berkas .zip dari C:\SAIBA\krm dan unggah di sini.",
)

STEPS_TO_REPAIR: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("UKURAN_NOL", "TOLAK_UKURAN", "BUKAN_ZIP", "ISI_TIDAK_SESUAI"), _ZIP),
    **dict.fromkeys(("ARSIP_RUSAK", "ARSIP_TERENKRIPSI", "ARSIP_BERBAHAYA"), _ZIP),
    **dict.fromkeys(("STRUKTUR_DBF", "HEADER_BARIS", "KONTROL"), _ZIP),
    **dict.fromkeys(
        ("PERIODE_TIDAK_DIPERKENANKAN", "PERIODE", "TAHUN", "BUKAN_KUMULATIF", "TABEL_KOSONG"), _KIRIM
    ),
    "KODE_SATKER": _SATKER,
    **dict.fromkeys(("NILAI", "TANGGAL", "KODE_AKUN", "KARAKTER"), _ISI),
}


def render(finding_code: str, params: Mapping[str, str | int]) -> str:
    """The sentence of a finding. Raises KeyError for a code or parameter the catalogue does not know."""
    template = CATALOGUE.get(f"{finding_code}.{params.get('hal', '')}") or CATALOGUE[finding_code]
    if finding_code.startswith("PERIODE"):
        params = {name: _month(name, value) for name, value in params.items()}
    return template.format_map(params)


def _month(name: str, value: str | int) -> str | int:
    """Months are numbers in a finding and names in a sentence."""
    return MONTHS[value - 1] if name in _MONTH_PARAMS and isinstance(value, int) else value
