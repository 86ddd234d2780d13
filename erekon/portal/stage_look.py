"""How each stage of a case looks: its label, tag tone, icon and monitoring colour, written once.

The labels are the portal's own words (design/lifecycle.md) and never change. The codes are those
stored on the case; an unknown code is a programming error and raises KeyError.
"""

from typing import NamedTuple


class Look(NamedTuple):
    """`tone` is a class of `.tag` in tags.css, `icon` a symbol of icons.svg, `cell` a class of `.sel`."""

    label: str
    tone: str
    icon: str
    cell: str


STAGE_LOOK: dict[str, Look] = {
    "BELUM_UPLOAD": Look("Belum Upload", "", "circle", "putih"),
    "TIDAK_STANDAR": Look("ADK Tidak Standar", "err", "x", "hitam"),
    "UPLOAD": Look("Upload", "info", "cloud-upload", "abu"),
    "PROSES_SAI": Look("Proses SAI (Bawah)", "info", "refresh-cw", "abu"),
    "CETAK_EXCEL": Look("Cetak Excel Rekon", "info", "table-properties", "abu"),
    "PERSETUJUAN_BAR": Look("Menunggu Persetujuan BAR", "info", "hourglass", "abu"),
    "UPLOAD_ULANG": Look("Menunggu Satker Mengupload Ulang", "awas", "rotate-ccw", "coklat"),
    "TTD_KPA": Look("Menunggu TTD KPA", "ttd", "pen-line", "abu"),
    "TTD_KASI_VERA": Look("Menunggu TTD Kasi Vera", "ttd", "pen-line", "abu"),
    "SIAP_DOWNLOAD": Look("BAR Siap Didownload", "ok", "check", "hijau"),
    "DIBATALKAN": Look("BAR Dibatalkan, Upload Ulang", "awas", "rotate-ccw", "coklat"),
}
