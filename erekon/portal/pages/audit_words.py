"""The audit trail in words: what was done, to what, and what was before and after."""

from typing import Any

from audit.models import Event
from reconciliation.lifecycle import Stage, label_of

ACTIONS = {
    "AJUKAN_RESET": "Mengajukan reset BAR",
    "AKTIFKAN_PIN": "Mengaktifkan PIN",
    "APPROVE": "Menyetujui BAR",
    "CABUT_KUNCI": "Mencabut kunci penanda tangan",
    "DECLINE": "Mengembalikan BAR sebelum tanda tangan",
    "DEMO_MULAI": "Mengisi data contoh",
    "DEMO_SELESAI": "Selesai mengisi data contoh",
    "GANTI_KUNCI_SERVER": "Mengganti kunci server",
    "HAPUS_BUKTI": "Menghapus bukti penjelasan",
    "HAPUS_NAMA": "Menghapus nama dari jejak",
    "IMPOR_REFERENSI": "Memuat referensi",
    "ISI_LPJ": "Mengisi LPJ bendahara",
    "JELASKAN": "Menulis penjelasan selisih",
    "KELUAR": "Keluar",
    "KODE_AKTIVASI_SALAH": "Salah memasukkan kode aktivasi PIN",
    "LAMPIRKAN_BUKTI": "Melampirkan bukti penjelasan",
    "LOAD": "Memuat ADK",
    "MASUK": "Masuk",
    "MATCH": "Membandingkan",
    "MUAT_SIAP": "Memuat data SiAP",
    "PASANG_PIN": "Memasang PIN",
    "PERBARUI_SERTIFIKAT": "Memperbarui sertifikat",
    "PERIKSA_ULANG": "Memeriksa ulang ADK",
    "PESAN_PENJELASAN": "Menulis pesan pada penjelasan",
    "PIN_SALAH": "Salah memasukkan PIN",
    "PROSES_ULANG": "Memproses ulang rekon",
    "PULIHKAN_KUNCI": "Memulihkan kunci dari salinan",
    "PUBLISH": "Menerbitkan hasil rekon",
    "REFUSE": "Menolak ADK",
    "REJECT": "Mengembalikan ke satker",
    "RERUN": "Memproses ulang",
    "RESET": "Mereset BAR",
    "SIGN_KASI_VERA": "Tanda tangan Kasi Vera",
    "SIGN_KPA": "Tanda tangan KPA",
    "SUBMIT": "Mengunggah ADK standar",
    "TERIMA_ADK": "Menerima ADK satker",
    "TERIMA_ADK_KPPN": "Menerima ADK KPPN",
    "TERIMA_PENJELASAN": "Menerima penjelasan",
    "TOKEN": "Membuat token API",
    "TOLAK_PENJELASAN": "Menolak penjelasan",
    "TOLAK_RESET": "Menolak permohonan reset",
    "UNDO_APPROVE": "Membatalkan persetujuan",
    "UNDUH_BAR": "Mengunduh BAR",
    "UNDUH_BARIS": "Mengunduh semua baris",
    "UNDUH_LHR": "Mengunduh LHR",
}
_NOTHING: tuple[Any, ...] = (None, "", [], {})


def action_words(action: str) -> str:
    """What was done, as people say it; an action without words of its own shows its code."""
    return ACTIONS.get(action, action)


def changes_of(event: Event) -> list[dict[str, str]]:
    """What the event carries, as `{label, before, after}`; `before` is empty where nothing was replaced."""
    content = dict(event.content)
    rows = []
    if "from" in content and "to" in content:
        rows.append(_row("status", _stage(content.pop("from")), _stage(content.pop("to"))))
    before, after = content.pop("before", None), content.pop("after", None)
    if isinstance(before, dict) or isinstance(after, dict):
        old, new = before or {}, after or {}
        rows += [
            _row(key, old.get(key), new.get(key)) for key in {**old, **new} if old.get(key) != new.get(key)
        ]
    elif before is not None or after is not None:
        rows.append(_row("isi", before, after))
    return rows + [_row(key, None, value) for key, value in content.items() if value not in _NOTHING]


def _row(label: str, before: Any, after: Any) -> dict[str, str]:
    return {"label": label, "before": _text(before), "after": _text(after)}


def _text(value: Any) -> str:
    if value in _NOTHING:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(_text(part) for part in value)
    return str(value)


def _stage(code: Any) -> str:
    return label_of(Stage(code)) if code in list(Stage) else str(code)
