"""The canonical facts of a BAR and their hash: what was shown is what is decided and signed."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from accounts.models import Satker
from erekon.lib.prepared import Prepared, Slot
from reconciliation.lpj_reading import lpj_facts
from reconciliation.models import ElementResult, Explanation, Reconciliation
from reconciliation.queries import (
    Difference,
    differences_of,
    evidence_of,
    explanations_of,
    unexplained_of,
)

_SATKER = Prepared(lambda: Satker.objects.select_related("kppn", "ba", "eselon_satu").filter(pk=Slot("pk")))
_ELEMENTS = Prepared(lambda: ElementResult.objects.filter(run=Slot("run")).order_by("position"))


def canonical_facts(
    case: Reconciliation,
    differences: tuple[Difference, ...],
    explanations: Mapping[tuple[str, str], Explanation],
) -> dict[str, Any]:
    """Elements, differences, explanations with decisions and files, parties, ADK and LPJ, as plain JSON."""
    satker = _SATKER.get(pk=case.satker_id)
    evidence = evidence_of(case) if explanations else {}
    submission = case.submission
    return {
        "versi": 2,
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
            for row in _ELEMENTS.all(run=case.run_id)
        ],
        "selisih": [[item.element, item.akun, item.siap, item.sai, item.lines] for item in differences],
        "penjelasan": [
            [
                *(row.element, row.akun, row.location, row.reason, row.text, row.decision),
                [[file.name, file.content] for file in evidence.get((row.element, row.akun), [])],
            ]
            for item in differences
            if (row := explanations.get((item.element, item.akun))) is not None
        ],
        **lpj_facts(case),
    }


def facts_hash(facts: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON (sorted keys, no spaces, UTF-8) of the facts."""
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def current(
    case: Reconciliation,
    differences: tuple[Difference, ...] | None = None,
    explanations: dict[tuple[str, str], Explanation] | None = None,
) -> dict[str, Any]:
    """The columns of the case that follow from its facts: `content_hash` and `unexplained`.

    `differences` of its run and `explanations` as they stand now, where the caller has them already.
    """
    differences = differences_of(case.run) if differences is None else differences
    explanations = explanations_of(case) if explanations is None else explanations
    return {
        "content_hash": facts_hash(canonical_facts(case, differences, explanations)),
        "unexplained": len(unexplained_of(differences, explanations)),
    }


def refresh(case: Reconciliation) -> None:
    """Write `content_hash` and `unexplained` anew after an explanation changed, in that transaction."""
    values = current(case)
    Reconciliation.objects.filter(pk=case.pk).update(**values)
    for name, value in values.items():
        setattr(case, name, value)
