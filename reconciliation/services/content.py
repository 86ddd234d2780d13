"""The canonical facts of a BAR and their hash: what was shown is what is decided and signed."""

import hashlib
import json
from typing import Any

from accounts.models import Satker
from reconciliation.models import ElementResult, Reconciliation
from reconciliation.queries import Difference, differences_of, explanations_of, unexplained_of


def canonical_facts(case: Reconciliation, differences: tuple[Difference, ...]) -> dict[str, Any]:
    """Elements, differences, explanations with their decisions, parties and the ADK, as plain JSON."""
    satker = Satker.objects.select_related("kppn", "ba", "eselon_satu").get(pk=case.satker_id)
    explanations = explanations_of(case)
    submission = case.submission
    return {
        "versi": 1,
        "periode": case.period.code,
        "pihak": {
            "satker": [satker.code, satker.name, satker.kewenangan],
            "ba": [satker.ba.code, satker.ba.name],
            "es1": [satker.es1, satker.eselon_satu.name],
            "kppn": [case.office_id, case.office.name],
        },
        "adk": {"nomor": submission.number, "sha256": submission.sha256} if submission else None,
        "elemen": [
            [row.code, row.applicable, row.siap, row.sai, row.rupiah_equal, row.coa_equal, row.coa_different]
            for row in ElementResult.objects.filter(run=case.run).order_by("position")
        ],
        "selisih": [[item.element, item.akun, item.siap, item.sai, item.lines] for item in differences],
        "penjelasan": [
            [row.element, row.akun, row.location, row.reason, row.text, row.decision]
            for item in differences
            if (row := explanations.get((item.element, item.akun))) is not None
        ],
    }


def facts_hash(facts: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON (sorted keys, no spaces, UTF-8) of the facts."""
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def current(case: Reconciliation) -> dict[str, Any]:
    """The columns of the case that follow from its facts: `content_hash` and `unexplained`."""
    differences = differences_of(case.run)
    return {
        "content_hash": facts_hash(canonical_facts(case, differences)),
        "unexplained": len(unexplained_of(differences, explanations_of(case))),
    }


def refresh(case: Reconciliation) -> None:
    """Write `content_hash` and `unexplained` anew after an explanation changed, in that transaction."""
    values = current(case)
    Reconciliation.objects.filter(pk=case.pk).update(**values)
    for name, value in values.items():
        setattr(case, name, value)
