"""The frozen content of a BAR: every string decided, so that equal content gives equal bytes for ever."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from bar.documents import wording
from bar.documents.facts import BarFacts, Difference, Element, Explanation, Person
from bar.documents.lpj import lpj_content
from erekon.lib.indonesian import full_date, long_moment
from erekon.lib.plaintext import inert
from erekon.lib.rupiah import format_rupiah

CONTENT_VERSION = 2

Content = Mapping[str, Any]


def build_content(facts: BarFacts) -> dict[str, Any]:
    """Decide every string of the BAR; the answer is JSON-serialisable and free of control characters.

    The document's own keys are Indonesian, as the page prints them. Raises ValueError for a naive moment, a
    zone outside Indonesia, a month outside 1 to 12, or an unknown code of location, reason or decision.
    """
    content = {
        "versi": CONTENT_VERSION,
        "judul": wording.TITLE,
        "subjudul": wording.SUBTITLE.format(unit=facts.kppn.unit),
        "nomor": facts.number or "",
        "nomor_tampil": facts.number or wording.NUMBER_PENDING,
        "menggantikan": facts.replaces or "",
        "periode": wording.period_label(facts),
        "kode": _codes(facts),
        "tahun_anggaran": facts.year,
        "tempat_tanggal": f"{facts.place}, {full_date(facts.made_on)}",
        "zona": facts.kppn.zone,
        "sidik_isi": facts.content_hash,
        "kop": _kop(facts),
        "pembuka": wording.opening(facts),
        "pihak": _parties(facts),
        "pengantar_hasil": "dengan hasil sebagai berikut (dalam rupiah, kumulatif; selisih = SiAP \u2212 SAI):",
        "elemen": [_element_row(number, element) for number, element in enumerate(facts.elements, 1)],
        "semua_sama": all(element.equal for element in facts.elements),
        "kesimpulan": wording.outcome(facts.elements),
        "butir": wording.clauses(facts),
        "penandatangan": _signers(facts),
        "lhr": _lhr(facts),
        "selisih": _difference_rows(facts),
        **lpj_content(facts.lpj),
    }
    cleaned: dict[str, Any] = _clean(content)
    return cleaned


def canonical(content: Content) -> bytes:
    """The one byte form of a content: keys sorted, no spaces, UTF-8, never NaN."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def digest(content: Content) -> str:
    """SHA-256 of the canonical bytes, lower-case hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean(inner) for inner in value]
    return value


def _codes(facts: BarFacts) -> dict[str, str]:
    """What the document is about, for programs."""
    return {
        "satker": facts.satker.code,
        "kppn": facts.kppn.code,
        "periode": f"{facts.year}-{facts.month:02d}",
    }


def _kppn_name(facts: BarFacts) -> str:
    """`KPPN 017 Bandar Lampung`, whether or not the reference name repeats the word KPPN."""
    if not facts.kppn.local:
        return facts.kppn.name
    return f"KPPN {facts.kppn.code} {re.sub(r'(?i)^kppn +', '', facts.kppn.name)}"


def _kop(facts: BarFacts) -> dict[str, str]:
    kanwil = re.sub(r"(?i)^kanwil\b", "Kantor Wilayah", facts.kppn.kanwil_name)
    return {
        "kementerian": "KEMENTERIAN KEUANGAN REPUBLIK INDONESIA",
        "direktorat": "DIREKTORAT JENDERAL PERBENDAHARAAN",
        "kanwil": kanwil.upper().replace("DJPB", "DJPb") if facts.kppn.local else "",
        "kantor": _kppn_name(facts).upper(),
        "alamat": facts.kppn.address,
    }


def _person(person: Person | None) -> tuple[str, str]:
    return (person.name, person.nip) if person else (wording.PERSON_PENDING, "")


def _parties(facts: BarFacts) -> list[dict[str, str]]:
    satker = facts.satker
    kpa, kpa_nip = _person(satker.kpa)
    kasi, kasi_nip = _person(facts.kppn.kasi_vera)
    return [
        {
            "nama": kpa,
            "nip": kpa_nip,
            "uraian": f"Kuasa Pengguna Anggaran {satker.code} {satker.name}, selaku UAKPA; "
            f"BA {satker.ba_code} {satker.ba_name}, Eselon I {satker.es1_code} {satker.es1_name}, "
            f"kewenangan {satker.kewenangan}, lokasi {satker.lokasi}, selanjutnya disebut PIHAK PERTAMA;",
        },
        {
            "nama": kasi,
            "nip": kasi_nip,
            "uraian": f"Kepala Seksi Verifikasi dan Akuntansi {_kppn_name(facts)}, selaku {facts.kppn.unit}, "
            "selanjutnya disebut PIHAK KEDUA;",
        },
    ]


def _signers(facts: BarFacts) -> list[dict[str, str]]:
    kpa, kpa_nip = _person(facts.satker.kpa)
    kasi, kasi_nip = _person(facts.kppn.kasi_vera)
    return [
        {
            "peran": "KPA",
            "jabatan": "Kuasa Pengguna Anggaran",
            "unit": f"{facts.satker.code} {facts.satker.name}",
            "nama": kpa,
            "nip": kpa_nip,
        },
        {
            "peran": "KASI_VERA",
            "jabatan": "Kepala Seksi Verifikasi dan Akuntansi",
            "unit": _kppn_name(facts),
            "nama": kasi,
            "nip": kasi_nip,
        },
    ]


def _element_row(number: int, element: Element) -> dict[str, Any]:
    return {
        "no": number,
        "kode": element.code,
        "uraian": element.label,
        "siap": format_rupiah(element.siap),
        "sai": format_rupiah(element.sai),
        "selisih": format_rupiah(element.selisih),
        "berlaku": element.applicable,
        "sama": element.equal,
        "rupiah_sama": element.rupiah_equal,
        "coa_sama": element.coa_equal,
        "baris_beda": element.differing_lines,
        "keterangan": wording.element_note(element),
    }


def _lhr(facts: BarFacts) -> list[list[str]]:
    """The case header of Lampiran I: label and value, in print order."""
    zone, satker = facts.kppn.zone, facts.satker
    return [
        ["KPPN", _kppn_name(facts)],
        ["Bagian Anggaran", f"{satker.ba_code} {satker.ba_name}"],
        ["Eselon I", f"{satker.es1_code} {satker.es1_name}"],
        ["Satuan Kerja", f"{satker.code} {satker.name}"],
        ["Kewenangan, lokasi", f"{satker.kewenangan}, {satker.lokasi}"],
        ["Periode", f"sampai dengan {wording.period_label(facts)}"],
        ["ADK", f"unggahan ke-{facts.upload.number}, {long_moment(facts.upload.received_at, zone)}"],
        ["SHA-256 ADK", facts.upload.sha256],
        ["Data SiAP per", long_moment(facts.siap_per, zone)],
        ["Nomor proses", str(facts.run_number)],
    ]


def _difference_rows(facts: BarFacts) -> list[dict[str, Any]]:
    labels = {element.code: element.label for element in facts.elements}
    told = {(each.element, each.akun): each for each in facts.explanations}
    return [
        _difference_row(
            number, each, labels.get(each.element, each.element), told.get((each.element, each.akun))
        )
        for number, each in enumerate(facts.differences, 1)
    ]


def _difference_row(number: int, each: Difference, label: str, told: Explanation | None) -> dict[str, Any]:
    return {
        "no": number,
        "elemen": label,
        "akun": f"{each.akun} {each.akun_name}".strip(),
        "siap": format_rupiah(each.siap),
        "sai": format_rupiah(each.sai),
        "selisih": format_rupiah(each.selisih),
        "penjelasan": _explanation(told) if told else None,
    }


def _explanation(told: Explanation) -> dict[str, Any]:
    try:
        return {
            "letak": wording.LOCATIONS[told.location],
            "sebab": wording.REASONS[told.reason],
            "uraian": told.text,
            "keputusan": wording.DECISIONS[told.decision],
            "bukti": [f"{name} (SHA-256 {sha256[:16].upper()})" for name, sha256 in told.evidence],
        }
    except KeyError as unknown:
        raise ValueError(f"unknown code {unknown}") from None
