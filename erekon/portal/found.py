"""What the system itself found about each difference: the likeliest cause and the biggest documents."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from erekon.lib import files
from reconciliation.matching.hints.hint import ranked
from reconciliation.matching.outcome import EQUAL, ElementOutcome
from reconciliation.matching.results import unpack_outcome
from reconciliation.matching.sentences import render, title
from reconciliation.models import MatchRun

Key = tuple[str, str]


@dataclass
class Found:
    """Of one (element, akun): the best hint in words, its biggest differing documents, how many there are."""

    title: str = ""
    text: str = ""
    documents: list[dict[str, Any]] = field(default_factory=list)
    total: int = 0


def found_by_account(run: MatchRun | None, *, most: int) -> dict[Key, Found]:
    """What was found, by (element, akun), with at most `most` documents each; the outcome is read once."""
    if run is None or not run.outcome:
        return {}
    found: dict[Key, Found] = {}
    for element in unpack_outcome(files.read(run.outcome)).elements:
        _add_element(found, element, most)
    return found


def _add_element(found: dict[Key, Found], element: ElementOutcome, most: int) -> None:
    detail = element.detail
    accounts = element.coa["akun"][detail["coa"]]
    places = np.flatnonzero(detail["status"] != EQUAL)
    gaps = np.abs(detail["siap"][places] - detail["sai"][places])
    for place in places[np.argsort(-gaps, kind="stable")]:
        one = found.setdefault((element.code, accounts[place].decode("cp1252")), Found())
        one.total += 1
        if len(one.documents) < most:
            one.documents.append(_document(detail[place]))
    for hint in ranked(element.hints):
        one = found.setdefault((element.code, accounts[hint.position].decode("cp1252")), Found())
        if not one.title:
            one.title, one.text = title(hint), render(hint)


def _document(row: Any) -> dict[str, Any]:
    day = row["tgldok"].decode("cp1252")
    return {
        "number": row["nodok"].decode("cp1252") or "tanpa nomor",
        "date": f"{day[6:8]}-{day[4:6]}-{day[:4]}" if day else "",
        "siap": int(row["siap"]),
        "sai": int(row["sai"]),
    }
