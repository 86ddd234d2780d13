"""The content of the form: every string decided, so that equal facts give equal bytes for ever.

Amounts are whole rupiah; moments are aware; Selisih is SiAP − SAI. The official form is not public; its
parts follow the table of Lampiran II and the letters of satkers.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from erekon.lib.indonesian import long_date, long_moment
from erekon.lib.plaintext import inert
from erekon.lib.rupiah import format_rupiah

CONTENT_VERSION = 1
TITLE = "FORMULIR PENJELASAN SELISIH"
NOT_TOLD = "Belum dijelaskan."
NEXT = "rekonsiliasi periode berikutnya"
# What follows from where the mistake lies.
FOLLOW_UPS = {
    "SATKER": "Satker memperbaiki data di SAIBA, memposting, dan mengunggah ulang ADK.",
    "SIAP": "KPPN mengoreksi data SiAP; satker memantau hasilnya.",
    "BEDA_PERIODE": "Selisih dipantau sampai kedua pihak membukukan pada periode yang sama.",
    "LAINNYA": "Sebagaimana diuraikan pada penjelasan.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the satker says of a difference: `location` is the code, the other words are the screen's."""

    location: str
    location_words: str
    reason_words: str
    text: str
    decision_words: str
    author: str


@dataclass(frozen=True, slots=True)
class Line:
    """One difference; `told` is None where nothing was said that still holds."""

    element: str
    akun: str
    akun_name: str
    siap: int
    sai: int
    told: Told | None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormFacts:
    """Everything the form says; `signer` and `signer_nip` are empty while no KPA is assigned."""

    ba: str
    es1: str
    satker_code: str
    satker_name: str
    place: str
    office: str
    period: str
    upload_number: int
    received_at: datetime
    adk_sha256: str
    siap_per: datetime | None
    closes_at: datetime | None
    zone: str
    made_on: date
    content_hash: str
    signer: str
    signer_nip: str
    lines: tuple[Line, ...]


def build_form(facts: FormFacts) -> dict[str, Any]:
    """Decide every string of the form; JSON-serialisable and free of control characters."""
    unit = f"{facts.satker_code} {facts.satker_name}"
    content = {
        "versi": CONTENT_VERSION,
        "judul": TITLE,
        "subjudul": f"Rekonsiliasi sampai dengan {facts.period}",
        "kop": {"ba": facts.ba.upper(), "es1": facts.es1.upper(), "satker": facts.satker_name.upper()},
        "kode": f"Kode satker {facts.satker_code}",
        "tujuan": ["Yth. Kepala Seksi Verifikasi dan Akuntansi", facts.office],
        "pembuka": _opening(facts),
        "kepala": [
            ["Satuan kerja", unit],
            ["ADK", f"unggahan ke-{facts.upload_number}, {long_moment(facts.received_at, facts.zone)}"],
            ["SHA-256 ADK", facts.adk_sha256],
            ["Data SiAP per", long_moment(facts.siap_per, facts.zone) if facts.siap_per else "belum ada"],
        ],
        "selisih": [_line(number, line, facts) for number, line in enumerate(facts.lines, 1)],
        "penutup": "Penjelasan ini dibuat berdasarkan data dan dokumen pada satuan kerja kami, dan dapat "
        "dipertanggungjawabkan.",
        "tempat_tanggal": f"{facts.place}, {long_date(facts.made_on)}",
        "jabatan": "Kuasa Pengguna Anggaran",
        "unit": unit,
        "nama": facts.signer or "(belum ditetapkan)",
        "nip": f"NIP {facts.signer_nip}" if facts.signer_nip else "",
        "sidik_isi": facts.content_hash,
    }
    cleaned: dict[str, Any] = _clean(content)
    return cleaned


def _opening(facts: FormFacts) -> str:
    if not facts.lines:
        return f"Hasil rekonsiliasi sampai dengan {facts.period} tidak memuat selisih yang perlu dijelaskan."
    untold = sum(line.told is None for line in facts.lines)
    more = f" {untold} di antaranya belum dijelaskan." if untold else ""
    return (
        f"Sehubungan dengan hasil rekonsiliasi sampai dengan {facts.period}, kami sampaikan penjelasan atas "
        f"{len(facts.lines)} selisih berikut (dalam rupiah, kumulatif; selisih = SiAP \u2212 SAI).{more}"
    )


def _line(number: int, line: Line, facts: FormFacts) -> dict[str, Any]:
    return {
        "no": str(number),
        "elemen": line.element,
        "akun": f"{line.akun} {line.akun_name}".strip(),
        "siap": format_rupiah(line.siap),
        "sai": format_rupiah(line.sai),
        "selisih": format_rupiah(line.siap - line.sai),
        "penjelasan": _told(line.told, facts) if line.told else [["Penjelasan:", NOT_TOLD]],
        "bukti": list(line.evidence),
    }


def _told(told: Told, facts: FormFacts) -> list[list[str]]:
    """Label and words, in print order."""
    repaired = told.location == "SATKER" and facts.closes_at is not None
    limit = long_moment(facts.closes_at, facts.zone) if repaired and facts.closes_at else NEXT
    return [
        ["Letak dan penyebab:", f"{told.location_words}; {told.reason_words}."],
        ["Penjelasan:", told.text],
        ["Tindak lanjut:", f"{FOLLOW_UPS[told.location]} Batas: {limit}."],
        ["Ditulis oleh:", told.author],
        ["Keputusan KPPN:", told.decision_words],
    ]


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list) else value
