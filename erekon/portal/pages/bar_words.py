"""What the BAR page says: its summary, signatures and history, from the frozen content."""

import re
from collections.abc import Iterable
from typing import Any

from accounts.models import Kppn
from bar.models import Bar, Signature
from erekon.portal.bar_reads import changes_of, siap_amounts
from erekon.portal.pages.common import when
from reconciliation.lifecycle import Action
from reconciliation.models import MatchRun, Reconciliation

UNTOLD = "Belum dijelaskan satker."
ROLE_WORDS = {"KPA": "KPA", "KASI_VERA": "Kasi Vera"}
# The system's steps between upload and result say nothing to a reader of the BAR.
HISTORY_WORDS: dict[str, str] = {
    Action.SUBMIT: "ADK diunggah satker",
    Action.PUBLISH: "Hasil rekon terbit",
    Action.RERUN: "Rekon diulang dengan data SiAP terbaru",
    Action.APPROVE: "BAR disetujui KPPN",
    Action.UNDO_APPROVE: "Persetujuan dibatalkan",
    Action.REJECT: "Dikembalikan ke satker",
    Action.SIGN_KPA: "Ditandatangani KPA",
    Action.SIGN_KASI_VERA: "Ditandatangani Kasi Vera",
    Action.DECLINE: "Dikembalikan ke KPPN",
    Action.RESET: "BAR dibatalkan atas surat satker",
}


def summary_of(content: dict[str, Any], run: MatchRun) -> dict[str, Any]:
    """The elements as the page lists them: those that differ with every difference told, then the equal ones."""
    amounts = siap_amounts(run)
    apply = [row for row in content["elemen"] if row["berlaku"]]
    different = [row for row in apply if not row["sama"]]
    notes = content["selisih"]
    return {
        "equal": not different,
        "verdict": "Semua sama" if not different else f"{len(different)} dari {len(apply)} elemen berbeda",
        "verdict_text": _verdict_text(len(apply), bool(different), notes),
        "different": [
            {
                "label": row["uraian"],
                "siap": amounts.get(row["kode"]),
                "keterangan": row["keterangan"],
                "notes": [_note(each) for each in notes if each["elemen"] == row["uraian"]],
            }
            for row in different
        ],
        "same": [{"label": row["uraian"], "siap": amounts.get(row["kode"])} for row in apply if row["sama"]],
        "outside": len(content["elemen"]) - len(apply),
    }


def signatures_of(bar: Bar | None, content: dict[str, Any]) -> list[dict[str, str]]:
    """Both parts in order, signed or not yet; a signature keeps the name of who signed."""
    standing: Iterable[Signature] = bar.signatures.filter(voided_at__isnull=True) if bar else ()
    signed = {one.role: one for one in standing}
    rows = []
    for part in content["penandatangan"]:
        done = signed.get(part["peran"])
        number = done.nip if done else part["nip"]
        rows.append(
            {
                "role": ROLE_WORDS[part["peran"]],
                "name": done.name if done else part["nama"],
                "at": when(done.at) if done else "",
                "note": f"NIP {number}" if number else "",
            }
        )
    return rows


def office_words(office: Kppn) -> str:
    """`KPPN 017 Bandar Lampung`, whether or not its name repeats the word KPPN."""
    return f"KPPN {office.code} {re.sub(r'(?i)^kppn +', '', office.name)}"


def history_of(case: Reconciliation) -> list[dict[str, str]]:
    """The steps of the case that people know, newest first."""
    changes = changes_of(case, HISTORY_WORDS)
    return [
        {
            "text": HISTORY_WORDS[change.action],
            "by": change.actor_name,
            "at": when(change.at),
            "reason": change.reason,
        }
        for change in changes
    ]


def _verdict_text(count: int, differs: bool, notes: list[dict[str, Any]]) -> str:
    if not differs:
        return f"{count} elemen cocok antara satker (SAI) dan KPPN (SiAP)."
    told = [each["penjelasan"] for each in notes if each["penjelasan"]]
    if len(told) == len(notes) and all(each["keputusan"] == "Diterima KPPN" for each in told):
        return "Setiap selisih sudah dijelaskan satker dan diterima KPPN."
    return f"{len(told)} dari {len(notes)} selisih sudah dijelaskan satker."


def _note(row: dict[str, Any]) -> dict[str, str]:
    told = row["penjelasan"]
    figures = f"Selisih {row['selisih']}: SiAP {row['siap']}, SAI {row['sai']}."
    if row["selisih"] == "0":
        figures = f"Rupiah sama ({row['siap']}), rincian CoA berbeda."
    words = f"{told['sebab']}. {told['uraian']} {told['keputusan']}." if told else UNTOLD
    if told and told.get("bukti"):
        words += f" Bukti: {'; '.join(told['bukti'])}."
    return {"title": row["akun"], "figures": figures, "text": words}
