"""Where the rows of a result came from, and where those outside it belong: sentences under the figures."""

from collections.abc import Iterator, Sequence

from accounts.models import Kppn
from erekon.lib import files
from erekon.lib.rupiah import format_rupiah
from reconciliation.inputs import Inputs, inputs_of_run
from reconciliation.matching.outcome import OutsideAccount
from reconciliation.matching.results import unpack_outcome
from reconciliation.matching.terpusat import TAX, TerpusatRule
from reconciliation.models import MatchRun, RunInputs

SHOWN = 20


def sources_of(run: MatchRun | None) -> list[str]:
    """Which KPPNs besides the satker's own its rows came through, and what is reconciled centrally."""
    if run is None or not run.outcome:
        return []
    inputs = inputs_of_run(run)
    outside = unpack_outcome(files.read(run.outcome)).outside.accounts
    sentences = [*_central(inputs), *_other_kppns(run), *_elsewhere(inputs, outside)]
    return sentences[:SHOWN]


def _central(inputs: Inputs) -> Iterator[str]:
    for rule in inputs.rules:
        if rule.satker_pusat == inputs.satker:
            many = len(inputs.central.get(rule.unit, {}))
            yield (
                f"Rekonsiliasi terpusat: SiAP akun {_accounts(rule)} memuat penerimaan semua satker "
                f"BA {rule.ba} Eselon I {rule.es1} ({many} satker lain bertransaksi)."
            )


def _other_kppns(run: MatchRun) -> Iterator[str]:
    kept = RunInputs.objects.filter(run=run).values_list("others", flat=True).first() or []
    names = dict(Kppn.objects.filter(code__in=[code for code, *_ in kept]).values_list("code", "name"))
    for code, rows, total in kept:
        name = names.get(code, "").removeprefix("KPPN ")
        yield (
            f"SiAP juga memuat transaksi satker lewat KPPN {code} {name}".rstrip()
            + f": {rows} baris, {format_rupiah(total)}."
        )


def _elsewhere(inputs: Inputs, outside: Sequence[OutsideAccount]) -> Iterator[str]:
    """The accounts of receipts outside the elements, by the rule that took them away."""
    for account in outside:
        rule = _rule_of(inputs, account.akun)
        rows = f"SiAP {account.siap_rows} baris, SAI {account.sai_rows} baris"
        if rule is not None:
            office = rule.counterpart if not rule.counterpart.isdigit() else f"KPPN {rule.counterpart}"
            yield (
                f"Akun {account.akun} direkon terpusat pada satker {rule.satker_pusat} dengan {office} ({rows})."
            )
        elif account.akun.startswith(TAX) and not _own(inputs, account.akun):
            yield f"Akun {account.akun} adalah penerimaan perpajakan, tidak direkon pada satker ini ({rows})."


def _rule_of(inputs: Inputs, akun: str) -> TerpusatRule | None:
    if _own(inputs, akun):
        return None
    return next((rule for rule in inputs.rules if _covers(rule, akun)), None)


def _own(inputs: Inputs, akun: str) -> bool:
    return any(rule.satker_pusat == inputs.satker and _covers(rule, akun) for rule in inputs.rules)


def _covers(rule: TerpusatRule, akun: str) -> bool:
    low, high = rule.bounds
    return low <= akun <= high


def _accounts(rule: TerpusatRule) -> str:
    low, high = rule.akun_from, rule.akun_to or rule.akun_from
    return low if low == high else f"{low} sampai {high}"
