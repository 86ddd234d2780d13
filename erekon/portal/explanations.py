"""What is said about the differences of a case, and what backs it: read once for pages and API."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from accounts.models import User
from erekon.lib.refusals import Refusal
from erekon.portal.cases import SHOWN_RESULTS
from reconciliation.lifecycle import Stage
from reconciliation.models import (
    Evidence,
    Explanation,
    ExplanationDraft,
    ExplanationMessage,
    Reconciliation,
)
from reconciliation.queries import (
    Difference,
    differences_of,
    drafts_of,
    evidence_of,
    explanations_of,
    messages_of,
    seen_mark,
)

Key = tuple[str, str]


@dataclass(frozen=True)
class Exchange:
    """Files, threads and one person's own drafts of a case, by (element, akun)."""

    evidence: dict[Key, list[Evidence]] = field(default_factory=dict)
    messages: dict[Key, list[ExplanationMessage]] = field(default_factory=dict)
    drafts: dict[Key, ExplanationDraft] = field(default_factory=dict)


def exchange_of(case: Reconciliation, person: User) -> Exchange:
    """The exchange of a case as this person sees it; nobody sees another's draft."""
    if Stage(case.stage) not in SHOWN_RESULTS:
        return Exchange()
    return Exchange(evidence_of(case), messages_of(case), drafts_of(case, person))


def visible_evidence(user: User, case: Reconciliation, key: Key, pk: int) -> Evidence:
    """The file that stands with this difference of a case that the user sees; TIDAK_DITEMUKAN for any other."""
    standing = Evidence.objects.visible_to(user).filter(case=case, removed_at__isnull=True)
    found = standing.filter(pk=pk, element=key[0], akun=key[1]).select_related("case").first()
    if found is None:
        raise Refusal("TIDAK_DITEMUKAN")
    return found


def explanation_documents(case: Reconciliation, user: User, key: Key | None = None) -> list[dict[str, Any]]:
    """Every difference of a case, or the one of `key`, with all that was said; BAR order, lapsed words too."""
    if Stage(case.stage) not in SHOWN_RESULTS or case.run is None:
        return []
    exchange, explanations = exchange_of(case, user), explanations_of(case)
    return [
        _document(case, item, explanations.get((item.element, item.akun)), exchange)
        for item in differences_of(case.run)
        if key in {None, (item.element, item.akun)}
    ]


def _document(
    case: Reconciliation, item: Difference, row: Explanation | None, exchange: Exchange
) -> dict[str, Any]:
    key = item.element, item.akun
    files = exchange.evidence.get(key, [])
    return {
        "element": item.element,
        "akun": item.akun,
        "siap": item.siap,
        "sai": item.sai,
        "difference": item.amount,
        "version": row.version if row else 0,
        "seen": seen_mark(row, files) if row else "",
        **(_words(row) if row else dict.fromkeys(_WORDS)),
        "evidence": [evidence_document(case, file) for file in files],
        "messages": [line_document(line) for line in exchange.messages.get(key, [])],
    }


_WORDS = (
    *("location", "reason", "text", "decision", "decision_reason", "author", "written_at"),
    *("written_for", "carried_from"),
)


def _words(row: Explanation) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in _WORDS}, "author": row.author.name}


def evidence_document(case: Reconciliation, file: Evidence) -> dict[str, Any]:
    """A file as the API names it; its bytes are at `url`."""
    place = {"pk": case.pk, "element": file.element, "akun": file.akun, "evidence": file.pk}
    return {
        "id": file.pk,
        "name": file.name,
        "kind": file.kind,
        "size": file.size,
        "sha256": file.content,
        "added_by": file.added_by.name,
        "added_at": file.added_at,
        "added_for": file.added_for,
        "url": reverse("api-evidence-file", kwargs=place),
    }


def line_document(line: ExplanationMessage) -> dict[str, Any]:
    """A line of a thread as the API gives it."""
    return {
        "id": line.pk,
        "kind": line.kind,
        "version": line.version,
        "text": line.text,
        "author": line.author_name,
        "role": line.role,
        "at": line.at,
    }
