"""Work a stored result out again from what is kept, and compare it byte for byte; nothing is written.

The satker's lines file, the ledger at the versions the run read, and the rules of its version give an
outcome. It is held against the stored rows, the stored outcome and the workbook, in that order.
"""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.forms.models import model_to_dict

from erekon.lib import files
from erekon.lib.leases import RunState
from reconciliation.inputs import Inputs, inputs_of_facts
from reconciliation.lifecycle import HAS_DOCUMENTS, Stage
from reconciliation.matching.elements import RULE_VERSION
from reconciliation.matching.lines import unpack
from reconciliation.matching.outcome import Outcome
from reconciliation.matching.results import OUTCOME_VERSION, pack_outcome, unpack_outcome
from reconciliation.matching.rules import terpusat_hash
from reconciliation.models import ElementResult, LhrEdition, MatchRun, RunInputs
from reconciliation.services.matching import Derived, derive
from reconciliation.services.results import coa_key, element_rows
from reconciliation.workbook.frozen import thaw
from reconciliation.workbook.render import WORKBOOK_VERSION, render_workbook

_OUTSIDE = ("siap_rows", "siap_total", "sai_rows", "sai_total")


class CannotRederive(Exception):
    """The result cannot be worked out again: rules of another version, or inputs missing or damaged."""


def rederive(run: MatchRun, lines: bytes) -> tuple[str, list[str]]:
    """The first difference between a stored result and the same worked out anew (empty: identical), and notes.

    `lines` is the satker's lines file. Raises CannotRederive where there is nothing to compare with.
    """
    inputs, kept = _inputs(run)
    derived = derive(inputs, *unpack(lines))
    _require_same_rows(run, kept, derived)
    notes: list[str] = []
    differences = chain(
        _input_differences(run, kept, inputs, derived), _differences(run, kept, derived.outcome, notes)
    )
    return next(differences, ""), notes


def _inputs(run: MatchRun) -> tuple[Inputs, RunInputs]:
    if not run.outcome:
        raise CannotRederive("the run has no result")
    if (run.rule_version, run.outcome_version or OUTCOME_VERSION) != (RULE_VERSION, OUTCOME_VERSION):
        made = f"{run.rule_version}, outcome {run.outcome_version}"
        raise CannotRederive(f"made by rules {made}; present are {RULE_VERSION}, outcome {OUTCOME_VERSION}")
    kept = RunInputs.objects.filter(run=run).first()
    if kept is None:
        raise CannotRederive("made before the inputs of a run were kept")
    inputs = inputs_of_facts(kept.facts)
    if terpusat_hash(inputs.rules) != run.terpusat_sha256:
        raise CannotRederive("the kept rows of Rekonsiliasi Terpusat are damaged")
    return inputs, kept


def _require_same_rows(run: MatchRun, kept: RunInputs, derived: Derived) -> None:
    if derived.siap_sha256 != run.siap_sha256:
        raise CannotRederive(f"the SiAP rows of ledger version {run.ledger_version} are damaged")
    if derived.ahead_sha256 != kept.ahead_sha256:
        raise CannotRederive("the SiAP rows of the month after are damaged")


def _differences(run: MatchRun, kept: RunInputs, outcome: Outcome, notes: list[str]) -> Iterator[str]:
    yield from _element_differences(run, outcome)
    yield from _run_differences(run, outcome)
    yield from _outcome_differences(run, outcome)
    yield from _workbook_differences(run, kept, outcome, notes)


def _input_differences(run: MatchRun, kept: RunInputs, inputs: Inputs, derived: Derived) -> Iterator[str]:
    stored = {"ledger_version": run.ledger_version, "others": kept.others}
    anew = {"ledger_version": inputs.version, "others": [list(one) for one in derived.others]}
    if stored != anew:
        yield f"run {run.number}: {_unequal(stored, anew)}"


def _element_differences(run: MatchRun, outcome: Outcome) -> Iterator[str]:
    stored = {row.code: _figures(row) for row in ElementResult.objects.filter(run=run)}
    for row in element_rows(run, outcome):
        found = stored.pop(row.code, None)
        if found is None:
            yield f"element {row.code}: no stored row"
        elif found != (derived := _figures(row)):
            yield f"element {row.code}: {_unequal(found, derived)}"
    yield from (f"element {code}: stored, but not derived" for code in stored)


def _figures(row: ElementResult) -> dict[str, Any]:
    return model_to_dict(row, exclude=("id", "run"))


def _run_differences(run: MatchRun, outcome: Outcome) -> Iterator[str]:
    stored = {"verdict": run.verdict, **{name: getattr(run, f"outside_{name}") for name in _OUTSIDE}}
    derived = {"verdict": outcome.verdict, **{name: getattr(outcome.outside, name) for name in _OUTSIDE}}
    if stored != derived:
        yield f"run {run.number}: {_unequal(stored, derived)}"
    case = run.case
    if case.run_id == run.pk and Stage(case.stage) in HAS_DOCUMENTS and case.verdict != outcome.verdict:
        yield f"case {case.pk}: verdict {_apart(case.verdict, outcome.verdict)}"


def _outcome_differences(run: MatchRun, outcome: Outcome) -> Iterator[str]:
    derived = pack_outcome(outcome)
    try:
        stored = files.path_of(run.outcome).read_bytes()
    except (OSError, ValueError):
        raise CannotRederive(f"the stored outcome {run.outcome} is missing") from None
    if stored == derived:
        if files.name_of(derived) != run.outcome:
            yield f"run {run.number}: outcome named {run.outcome}, derived {files.name_of(derived)}"
        return
    try:
        read = unpack_outcome(stored)
    except Exception:
        # Whatever damaged bytes make the reader raise.
        raise CannotRederive(f"the stored outcome {run.outcome} cannot be read") from None
    yield from _first_line(read, outcome)
    yield f"run {run.number}: the bytes of the stored outcome differ"


def _first_line(stored: Outcome, derived: Outcome) -> Iterator[str]:
    for one, other in zip(stored.elements, derived.elements, strict=False):
        for name in ("code", "siap", "sai", "hints"):
            if getattr(one, name) != getattr(other, name):
                yield f"element {other.code}: {name} of the stored outcome differ"
        for grain, before, after in (("CoA", one.coa, other.coa), ("Detail", one.detail, other.detail)):
            if len(before) != len(after):
                yield f"element {other.code}, {grain}: stored {len(before)} lines, derived {len(after)}"
            for at, (left, right) in enumerate(zip(before, after, strict=False)):
                if left.tobytes() != right.tobytes():
                    key = _key(other.code, grain, other.coa, at, right)
                    yield (
                        f"element {other.code}, {grain} {key}: stored SiAP {left['siap']}, SAI {left['sai']};"
                        f" derived SiAP {right['siap']}, SAI {right['sai']}"
                    )


def _key(element: str, grain: str, coa: Any, at: int, line: Any) -> str:
    if grain == "CoA":
        return json.dumps(coa_key(element, coa[at]))
    words = [line[name].decode("cp1252") for name in ("jnsdok", "nodok", "tgldok")]
    return f"{json.dumps(coa_key(element, coa[line['coa']]))} document {' '.join(words)}"


def _workbook_differences(
    run: MatchRun, kept: RunInputs, outcome: Outcome, notes: list[str]
) -> Iterator[str]:
    edition = LhrEdition.objects.filter(pk=run.workbook).first()
    if run.state == RunState.DONE and (edition is None or kept.workbook_version is None):
        raise CannotRederive(f"what was kept of the published LHR workbook, {run.workbook}, is missing")
    if edition is None or kept.workbook_version != WORKBOOK_VERSION:
        notes.append("LHR workbook not compared: not published yet, or by another version of the workbook")
        return
    try:
        content = thaw(files.read(edition.content), lambda _: outcome)
    except (files.FileDamaged, ValueError):
        raise CannotRederive(
            f"the stored words of the LHR, {edition.content}, are missing or damaged"
        ) from None
    derived = render_workbook(content)
    try:
        stored = files.path_of(run.workbook).read_bytes()
    except (OSError, ValueError):
        raise CannotRederive(f"the stored LHR workbook {run.workbook} is missing") from None
    if stored != derived or files.name_of(derived) != run.workbook:
        yield f"run {run.number}: the bytes of the LHR workbook differ"


def _unequal(stored: dict[str, Any], derived: dict[str, Any]) -> str:
    return "; ".join(
        f"{name} {_apart(stored.get(name), value)}"
        for name, value in derived.items()
        if stored.get(name) != value
    )


def _apart(stored: Any, derived: Any) -> str:
    """Both values; of two lists, what only one of them has."""
    if isinstance(stored, list) and isinstance(derived, list):
        only = [one for one in stored if one not in derived], [one for one in derived if one not in stored]
        stored, derived = only if any(only) else (stored, derived)
    return f"stored {stored}, derived {derived}"
