"""The rejection of an upload as one screen: what was found, what was expected, and the way out."""

from dataclasses import dataclass
from typing import Any

from adk.formats.sentences import STEPS_TO_REPAIR
from adk.models import Upload, Verdict
from adk.queries import finding_documents
from erekon.lib.indonesian import month_name
from erekon.portal.pages.entry_links import upload_url
from reconciliation.lifecycle import BEFORE_DATA, EARLY_MONTH_LABEL, Stage
from reconciliation.models import Reconciliation

SHOWN_MORE = 50
RESET_STEPS = (
    "Buat surat permohonan reset BAR yang ditandatangani KPA.",
    "Ajukan di halaman Reset BAR dengan nomor, tanggal, dan pindaian surat itu.",
    "Unggah lagi setelah KPPN menyetujui reset.",
)
FOUND_WORDS = {
    "UKURAN_NOL": "0 KB",
    "BUKAN_ZIP": "Bukan .zip",
    "ARSIP_RUSAK": "Tidak bisa dibuka",
    "ARSIP_TERENKRIPSI": "Berkata sandi",
    "ARSIP_BERBAHAYA": "Tidak aman dibuka",
    "TABEL_KOSONG": "0 baris",
    "BUKAN_KUMULATIF": "Satu bulan",
    "SUDAH_DITANDATANGANI": "BAR sudah disetujui",
}
MONTH_CODES = frozenset({"PERIODE", "PERIODE_TIDAK_DIPERKENANKAN"})


@dataclass(frozen=True)
class Topic:
    """One line of the comparison: what is checked, as which step of the gate, and the codes it answers with."""

    label: str
    step: int
    codes: frozenset[str]


TOPICS = (
    Topic(
        "Berkas .zip",
        1,
        frozenset(
            {
                "UKURAN_NOL",
                "TOLAK_UKURAN",
                "BUKAN_ZIP",
                "ARSIP_RUSAK",
                "ARSIP_TERENKRIPSI",
                "ARSIP_BERBAHAYA",
            }
        ),
    ),
    Topic("Isi kiriman", 2, frozenset({"ISI_TIDAK_SESUAI"})),
    Topic("Periode", 3, frozenset({"PERIODE", "PERIODE_TIDAK_DIPERKENANKAN", "TAHUN"})),
    Topic("Kode satker", 4, frozenset({"KODE_SATKER"})),
    Topic("Susunan tabel", 5, frozenset({"STRUKTUR_DBF", "HEADER_BARIS", "TABEL_KOSONG", "KONTROL"})),
    Topic("Jenis kiriman", 6, frozenset({"BUKAN_KUMULATIF"})),
    Topic("Isi setiap baris", 7, frozenset({"NILAI", "TANGGAL", "KODE_AKUN", "KARAKTER"})),
)
AFTER_ALL = len(TOPICS) + 1
ROWS_READ = 6


def is_refused(upload: Upload) -> bool:
    """Whether the upload was turned away: by a check, or because a BAR was approved meanwhile."""
    if upload.verdict in {Verdict.TIDAK_STANDAR, Verdict.PERIODE_TIDAK_DIPERKENANKAN}:
        return True
    return upload.findings.filter(severity="galat").exists()


def rejection_of(upload: Upload) -> dict[str, Any]:
    """What the rejection screen shows of a refused upload."""
    rows = list(upload.findings.filter(severity="galat").order_by("position"))
    messages = [one for one in finding_documents(upload.findings.all()) if one["severity"] == "galat"]
    first, case = messages[0], upload.case
    early = upload.verdict == Verdict.PERIODE_TIDAK_DIPERKENANKAN
    return {
        "stage": Stage.TIDAK_STANDAR,
        "stage_label": _tag(upload, early),
        "title": first["message"],
        "filename": upload.filename,
        "checks": _checks(case, rows),
        "steps": STEPS_TO_REPAIR.get(first["code"], RESET_STEPS),
        "code": first["code"],
        "note": _note(upload),
        "again_url": upload_url(case),
        "more": [{"message": one["message"], "where": where(one)} for one in messages[1 : SHOWN_MORE + 1]],
        "copy_text": (
            f"Unggahan {upload.pk} · satker {case.satker_id} · periode {case.period.code} · "
            f"kode {first['code']} · {first['message']}"
        ),
    }


def where(finding: dict[str, Any]) -> str:
    """Where in the file a finding is: `KPPN_….026 · baris 12 · kolom KDDK`."""
    parts = (
        finding["member"],
        f"baris {finding['row']}" if finding["row"] else "",
        f"kolom {finding['field']}" if finding["field"] else "",
    )
    return " · ".join(part for part in parts if part)


def _tag(upload: Upload, early: bool) -> str:
    if upload.verdict == Verdict.STANDAR:
        return "Tidak dipakai"
    return EARLY_MONTH_LABEL if early else ""


def _note(upload: Upload) -> str:
    kept = f"Berkas tersimpan di Riwayat sebagai unggahan ke-{upload.number}."
    if same := getattr(upload, "same_bytes", None):
        kept = f"Berkas ini sama persis dengan unggahan ke-{same}. {kept}"
    if Stage(upload.case.stage) in BEFORE_DATA:
        return kept
    return f"{kept} Rekon {upload.case.period.label} Anda tidak berubah."


def _checks(case: Reconciliation, rows: list[Any]) -> list[dict[str, Any]]:
    by_topic: dict[int, Any] = {}
    for row in rows:
        by_topic.setdefault(_topic_step(row.code), row)
    reached = _reached(rows[0].code, rows[0].params)
    wanted = _expected(case)
    return [
        {
            "label": topic.label,
            "expected": wanted[topic.step],
            **_found(topic, by_topic.get(topic.step), reached, wanted[topic.step]),
        }
        for topic in TOPICS
    ]


def _found(topic: Topic, finding: Any, reached: int, wanted: str) -> dict[str, Any]:
    if finding is not None:
        return {"found": _found_words(finding.code, finding.params), "equal": False}
    if topic.step < reached:
        return {"found": wanted, "equal": True}
    return {"found": "Belum diperiksa", "equal": None}


def _topic_step(code: str) -> int:
    return next((topic.step for topic in TOPICS if code in topic.codes), AFTER_ALL)


def _reached(code: str, params: dict[str, Any]) -> int:
    """How far the gate came; a code found in a row says that names and tables were already right."""
    step = _topic_step(code)
    return ROWS_READ if params.get("hal") == "baris" and step < ROWS_READ else step


def _found_words(code: str, params: dict[str, Any]) -> str:
    if code in FOUND_WORDS:
        return FOUND_WORDS[code]
    found = params.get("isi", params.get("nama", params.get("hitung", "")))
    if code in MONTH_CODES and isinstance(found, int):
        return month_name(found)
    row = f"Baris {params['baris']}: " if "baris" in params else ""
    return f"{row}{found}" if found != "" else "Tidak sesuai"


def _expected(case: Reconciliation) -> dict[int, str]:
    satker = case.satker
    return {
        1: "Utuh, bisa dibuka",
        2: "Satu kiriman SAIBA",
        3: case.period.label,
        4: f"{satker.code} ({satker.kewenangan}, {satker.ba_id}.{satker.es1})",
        5: "Sesuai SAIBA",
        6: f"Kumulatif s.d. {case.period.label}",
        7: "Sesuai SAIBA",
    }
