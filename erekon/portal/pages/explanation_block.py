"""The explanation of one difference on a page: to read, to write (operator), to judge (Vera)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.urls import reverse

from accounts.roles import BY_CODE, Power
from erekon.lib.rupiah import format_rupiah
from erekon.portal.explanations import Exchange, Key
from erekon.portal.pages.common import when
from reconciliation.matching.elements import element_label
from reconciliation.models import Evidence, Explanation, ExplanationDraft, ExplanationMessage
from reconciliation.models.explanation import Decision, Location, Reason
from reconciliation.models.talk import MessageKind
from reconciliation.queries import seen_mark
from reconciliation.services.evidencing import MOST

if TYPE_CHECKING:
    from erekon.portal.pages.result_opening import Rows

STATES = {
    Decision.DITULIS: "DIJELASKAN",
    Decision.DITERIMA: "DITERIMA",
    Decision.DITOLAK: "DITOLAK",
    Decision.GUGUR: "BELUM",
}
LINE_WORDS = {
    MessageKind.PESAN: "",
    MessageKind.JELASKAN: "Penjelasan yang ditulis",
    MessageKind.TOLAK: "Alasan penolakan",
}
REPAIR_FIRST = "Letaknya di satker, jadi hanya dapat ditolak: satker memperbaiki datanya di SAIBA lalu mengunggah ulang ADK."
LARGEST_VERSION = 2**31 - 1


@dataclass(frozen=True)
class Typed:
    """What stands in the form: sent with it, kept as a draft, or taken from the explanation itself."""

    location: str = ""
    reason: str = ""
    text: str = ""
    message: str = ""
    seen: int = 0
    saved_at: datetime | None = None

    @classmethod
    def of(cls, form: QueryDict) -> "Typed":
        """As a form sent it; an unreadable version is none."""
        version = form.get("version", "")
        number = int(version) if version.isascii() and version.isdecimal() and len(version) < 11 else 0  # noqa: PLR2004
        location, reason, text, message = (
            form.get(name, "").replace("\r\n", "\n").replace("\0", "")
            for name in ("location", "reason", "text", "message")
        )
        return cls(location, reason, text, message, min(number, LARGEST_VERSION))

    @classmethod
    def kept(cls, draft: ExplanationDraft) -> "Typed":
        """As the draft keeps it."""
        return cls(
            draft.location, draft.reason, draft.text, draft.message, draft.seen_version, draft.saved_at
        )


def state_of(explanation: Explanation | None) -> str:
    """The state in the screen's words."""
    return STATES[Decision(explanation.decision)] if explanation else "BELUM"


def explanation_block(rows: "Rows", element: str, akun: str) -> dict[str, Any]:
    """What `components/_penjelasan.html` and `_putusan.html` show of one difference."""
    key = element, akun
    case, row, exchange = rows.view.case, rows.view.explanations.get(key), rows.exchange
    place = {"satker": case.satker_id, "period": case.period.code, "element": element, "akun": akun}
    may = _may(rows, row)
    files = exchange.evidence.get(key, [])
    return {
        "id": f"{element}-{akun}",
        "subject": f"{element_label(element)} {akun}",
        "state": state_of(row),
        "locations": [{"value": value, "label": label} for value, label in Location.choices],
        "reasons": [{"value": value, "label": label} for value, label in Reason.choices],
        "errors": rows.errors.get(key, []),
        **standing_words(row, rows.zone),
        **_form(rows, key, row, exchange, writes=may["write"]),
        **_lapsed(rows, row),
        "draft_key": f"{rows.person}:{case.pk}:{element}:{akun}",
        "write_url": reverse("penjelasan", kwargs=place) if may["write"] else "",
        "draft_url": reverse("penjelasan-draf", kwargs=place) if may["write"] else "",
        "drop_url": reverse("penjelasan-buang", kwargs=place)
        if key in exchange.drafts or may["write"]
        else "",
        "evidence_url": reverse("penjelasan-bukti", kwargs=place) if may["write"] else "",
        "message_url": reverse("penjelasan-pesan", kwargs=place) if may["speak"] else "",
        "accept_url": reverse("penjelasan-terima", kwargs=place) if may["accept"] else "",
        "refuse_url": reverse("penjelasan-tolak", kwargs=place) if may["judge"] else "",
        "accept_blocked": REPAIR_FIRST if may["judge"] and not may["accept"] else "",
        "refusing": rows.drafts[key].reason if may["judge"] and key in rows.drafts else "",
        "seen": seen_mark(row, files) if row else "",
        "run": case.run.number if case.run else "",
        "evidence": [_file(file, place, rows.zone, removable=may["write"]) for file in files],
        "evidence_left": MOST - len(files),
        "messages": _lines(exchange.messages.get(key, []), row, rows.zone),
        "form_url": reverse(
            "formulir-penjelasan", kwargs={name: place[name] for name in ("satker", "period")}
        ),
    }


def _may(rows: "Rows", row: Explanation | None) -> dict[str, bool]:
    open_stage = rows.view.case.stage == "PERSETUJUAN_BAR"
    explains = open_stage and Power.EXPLAIN in rows.powers
    judges = open_stage and Power.JUDGE_EXPLANATION in rows.powers
    judge = judges and row is not None and row.decision == Decision.DITULIS
    return {
        "write": explains and not (row and row.decision == Decision.DITERIMA),
        "speak": explains or judges,
        "judge": judge,
        "accept": judge and row is not None and row.location != Location.SATKER,
    }


def standing_words(row: Explanation | None, zone: str) -> dict[str, str]:
    """The written explanation in words; empty where none is."""
    if row is None:
        names = ("standing", "location_label", "reason_label", "by", "at", "carried", "refusal")
        return dict.fromkeys(names, "")
    return {
        "standing": row.text,
        "location_label": row.get_location_display(),
        "reason_label": row.get_reason_display(),
        "by": row.author.name,
        "at": when(row.written_at, zone),
        "carried": f"Dibawa dari unggahan ke-{row.carried_from}, periksa lagi" if row.carried_from else "",
        "refusal": row.decision_reason if row.decision == Decision.DITOLAK else "",
    }


def _form(
    rows: "Rows", key: Key, row: Explanation | None, exchange: Exchange, *, writes: bool
) -> dict[str, Any]:
    """What stands in the form: what was just sent, else the draft, else what was written."""
    draft = exchange.drafts.get(key)
    sent = rows.drafts.get(key)
    typed = sent or (Typed.kept(draft) if draft else Typed())
    own = bool(typed.text.strip()) or sent is not None
    version = row.version if row else 0
    return {
        "text": typed.text if own else (row.text if row else ""),
        "location": typed.location if own else (row.location if row else ""),
        "reason": typed.reason if own else (row.reason if row else ""),
        "message": typed.message,
        "version": typed.seen if own else version,
        "mine": version if row and row.author_id == rows.person else 0,
        "drafted": _saved_words(typed.saved_at, rows.zone) if own and typed.saved_at else "",
        "differs": own and row is not None and row.text != typed.text.strip(),
        "newer": own and version != typed.seen,
        "unsent": typed.text if own and not writes else "",
    }


def _saved_words(at: datetime, zone: str) -> str:
    return f"Draf tersimpan otomatis {clock_words(at, zone)}, belum dikirim ke KPPN"


def clock_words(at: datetime, zone: str) -> str:
    """The time of day, "13.24"."""
    return f"{at.astimezone(ZoneInfo(zone)):%H.%M}"


def _lapsed(rows: "Rows", row: Explanation | None) -> dict[str, str]:
    """Why an explanation no longer counts: the difference it was written about is another one now."""
    if row is None or row.decision != Decision.GUGUR:
        return {"lapsed": ""}
    before = format_rupiah(row.siap - row.sai)
    return {
        "lapsed": f"Penjelasan dari unggahan ke-{row.written_for} untuk selisih {before} gugur karena angkanya berubah. "
        "Teks lamanya boleh dipakai lagi, tetapi belum dihitung sebelum disimpan."
    }


def _file(file: Evidence, place: dict[str, str], zone: str, *, removable: bool) -> dict[str, Any]:
    at = {**place, "evidence": file.pk}
    return {
        "name": file.name,
        "size": f"{max(1, round(file.size / 1024))} KB",
        "by": file.added_by.name,
        "at": when(file.added_at, zone),
        "upload": file.added_for,
        "url": reverse("bukti", kwargs=at),
        "remove_url": reverse("bukti-hapus", kwargs=at) if removable else "",
    }


def _lines(lines: list[ExplanationMessage], row: Explanation | None, zone: str) -> list[dict[str, str]]:
    """The thread without the explanation that stands, which the page shows by itself."""
    current = row.version if row else None
    return [
        {
            "by": line.author_name,
            "role": BY_CODE[line.role].label if line.role in BY_CODE else line.role,
            "at": when(line.at, zone),
            "kind": LINE_WORDS[MessageKind(line.kind)],
            "tone": "tolak" if line.kind == MessageKind.TOLAK else "",
            "text": line.text,
        }
        for line in lines
        if not (line.kind == MessageKind.JELASKAN and line.version == current)
    ]
