"""Cases whose figures rest on something else now, though no treasury row came: a rule of Rekonsiliasi Terpusat, or
the registration of a satker.
"""

from collections.abc import Iterable
from typing import Any

from accounts.models import Satker
from reconciliation.inputs import Inputs, inputs_of_facts, present_inputs
from reconciliation.lifecycle import BEFORE_DATA
from reconciliation.models import Reconciliation, RunInputs
from reconciliation.queries import terpusat_rules

_AT_ONCE = 500  # satkers named in one query


def units_of_satkers() -> dict[str, str]:
    """BA+ES1 of every registered satker by its code."""
    found = Satker.objects.values_list("code", "ba", "eselon_satu__code")
    return {code: ba + es1 for code, ba, es1 in found}


def mark_moved(before: dict[str, str]) -> int:
    """Mark what the satkers concern that stand in another BA+ES1 than `before`, or stand newly; returns how many cases."""
    now = units_of_satkers()
    moved = {code for code, unit in now.items() if before.get(code) != unit}
    units = {unit for code in moved for unit in (before.get(code), now[code])}
    # What the satkers of a unit bring belongs into its central case.
    return _mark(moved | {rule.satker_pusat for rule in terpusat_rules() if rule.unit in units}, moved)


def mark_ruled(units: Iterable[str], centres: Iterable[str]) -> int:
    """Mark the cases of these BA+ES1 and central satkers for which other rules hold now; returns how many."""
    wanted = set(units)
    return _mark({*centres, *(code for code, unit in units_of_satkers().items() if unit in wanted)}, set())


def _mark(satkers: set[str], moved: set[str]) -> int:
    codes, changed = sorted(satkers), []
    for start in range(0, len(codes), _AT_ONCE):
        cases = Reconciliation.objects.filter(satker__in=codes[start : start + _AT_ONCE], stale=False)
        with_data = cases.exclude(stage__in=BEFORE_DATA).select_related("satker__eselon_satu", "period")
        read = RunInputs.objects.filter(run__in=with_data.values("run")).in_bulk()
        for case in with_data.filter(run__in=read):
            now, _ = present_inputs(case.satker, case.period)
            if _ground(inputs_of_facts(read[case.run_id].facts), moved) != _ground(now, moved):
                changed.append(case.pk)
    return Reconciliation.objects.filter(pk__in=changed).update(stale=True)


def _ground(inputs: Inputs, moved: set[str]) -> tuple[Any, ...]:
    """What figures rest on beside the rows: the satker's unit, the rules, and which of the moved a central case takes in."""
    circle = {(unit, satker) for unit, versions in inputs.central.items() for satker in moved & set(versions)}
    return inputs.baes1, frozenset(inputs.rules), circle
