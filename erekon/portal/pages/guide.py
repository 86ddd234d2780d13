"""The help page: how to upload, what codes and stages mean, and the words of the trade."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from adk.formats.sentences import CATALOGUE, STEPS_TO_REPAIR
from erekon.portal.pages.common import page
from reconciliation.lifecycle import EARLY_MONTH_LABEL, LOOKS, RUNNING

UPLOADING = (
    "Posting semua transaksi di SAIBA sampai bulan yang direkon.",
    "Buka menu kirim data ke KPPN, pilih Kumulatif s.d. bulan, pilih bulannya, lalu klik Proses.",
    r"Ambil berkas .zip dari C:\SAIBA\krm. Jangan dibuka, diubah namanya, atau dikemas ulang.",
    "Di halaman Upload, pilih berkas itu lalu tekan Unggah ADK.",
    "Tunggu hasilnya. Bila ditolak, halaman menyebut sebab dan cara memperbaikinya. "
    "Bila ada selisih, jelaskan di Hasil Rekon atau perbaiki di SAIBA lalu unggah ulang.",
)
TERMS = (
    ("ADK", "Arsip Data Komputer: berkas .zip kiriman SAIBA yang diunggah satker."),
    ("Akun", "Kode enam angka pada Bagan Akun Standar, misalnya 521811 Belanja Barang Persediaan."),
    ("BAR", "Berita Acara Rekonsiliasi: dokumen hasil rekon yang ditandatangani KPA dan Kasi Vera."),
    ("BAS", "Bagan Akun Standar: susunan kode akun seluruh pemerintah pusat."),
    ("CoA", "Chart of Accounts: gabungan kode satker, akun, program, dan lainnya pada satu transaksi."),
    ("DIPA", "Daftar Isian Pelaksanaan Anggaran: dokumen anggaran satker."),
    ("Dispensasi", "Izin tertulis untuk mengunggah sesudah jadwal ditutup."),
    ("Elemen", "Satu baris Hasil Rekon, misalnya Belanja atau Kas di Bendahara Pengeluaran."),
    ("Kasi Vera", "Kepala Seksi Verifikasi dan Akuntansi di KPPN, penanda tangan kedua BAR."),
    ("KPA", "Kuasa Pengguna Anggaran: pimpinan satker, penanda tangan pertama BAR."),
    ("KPPN", "Kantor Pelayanan Perbendaharaan Negara, mitra satker dalam rekonsiliasi."),
    ("Kumulatif", "Berisi data Januari sampai dengan bulan yang dipilih, bukan satu bulan saja."),
    ("LPJ", "Laporan Pertanggungjawaban bendahara: saldo kas yang dipegang bendahara pada akhir bulan."),
    ("Neraca Percobaan", "Daftar saldo setiap akun enam angka menurut pembukuan satker (SAI)."),
    ("LHR", "Laporan Hasil Rekonsiliasi: rincian perbandingan dalam berkas Excel."),
    ("Pagu", "Batas tertinggi anggaran yang boleh dibelanjakan."),
    ("SAI", "Sistem Akuntansi Instansi: pembukuan di sisi satker."),
    ("SAIBA", "Aplikasi pembukuan satker yang membuat ADK."),
    ("SAKTI", "Aplikasi keuangan satker yang mengirim data sendiri, tanpa unggah ADK."),
    ("Selisih", "Angka SiAP dikurangi angka SAI. Nilai negatif ditulis dalam kurung."),
    ("SiAP", "Sistem Akuntansi Pusat: pembukuan di sisi KPPN."),
    ("SP2S", "Surat Pemberitahuan Pengenaan Sanksi, terbit bila satker melewati batas rekonsiliasi."),
)
LPJ_STEPS = (
    "Buka Hasil Rekon, lalu bagian LPJ bendahara dan Neraca Percobaan di bawah tabel elemen.",
    "Isi saldo akhir bulan menurut LPJ: uang tunai, bank, UP, TUP, dan kas lainnya. "
    "Baris yang tidak ada dikosongkan; satker tanpa Bendahara Penerimaan melewati isiannya.",
    "Tekan Simpan LPJ. Saldo langsung dibanding saldo akhir akun 1116, 1117, dan 1118 di ADK yang berlaku.",
    "Bila berbeda, cocokkan BKU dengan buku besar. Perbaiki yang keliru: isian LPJ di sini, "
    "atau data SAIBA lalu unggah ulang ADK.",
    "Perbedaan LPJ tidak menahan BAR, tetapi tercatat pada Lampiran I. Isian terkunci setelah KPPN menyetujui BAR.",
)
PLACEHOLDER = re.compile(r"\{\w+\}")
WHOSE = {"OPERATOR_SATKER": "Operator satker", "VERA": "KPPN", "KPA": "KPA", "KASI_VERA": "Kasi Vera"}


@require_GET
@page
def guide(request: HttpRequest) -> HttpResponse:
    """The help page; its codes and stages are those of the gate and of the lifecycle."""
    context = {
        "uploading": UPLOADING,
        "lpj_steps": LPJ_STEPS,
        "codes": [
            {"code": code, "sentences": _sentences(code), "steps": steps}
            for code, steps in STEPS_TO_REPAIR.items()
        ],
        "stages": [
            {
                "code": stage,
                "note": look.note,
                "whose": WHOSE.get(look.turn or "", "Sistem" if stage in RUNNING else "–"),
            }
            for stage, look in LOOKS.items()
        ],
        "early_month_label": EARLY_MONTH_LABEL,
        "terms": TERMS,
    }
    return render(request, "portal/bantuan.html", context)


def _sentences(code: str) -> list[str]:
    """Every sentence of a code, with an ellipsis where a finding fills in."""
    return [
        PLACEHOLDER.sub("…", sentence)
        for key, sentence in CATALOGUE.items()
        if key.partition(".")[0] == code and "ADK KPPN" not in sentence
    ]
