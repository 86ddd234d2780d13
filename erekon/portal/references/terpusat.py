"""Accounts that are reconciled centrally (Rekonsiliasi Terpusat)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from accounts.models import Kppn, Satker
from erekon.portal.references.columns import VALIDITY, Column, choice, digits
from erekon.portal.references.kinds import Kind, Load, once, upsert
from erekon.portal.references.offices import PUSAT, ensure_pusat
from erekon.portal.references.reading import Row
from erekon.portal.references.satkers import units
from reconciliation.matching.terpusat import TerpusatRule
from reconciliation.models import Terpusat
from reconciliation.queries import terpusat_rules
from reconciliation.services.outdating import mark_ruled
from reconciliation.services.periods import ensure_cases

KEY = ("ba", "es1", "satker_pusat", "akun_from", "akun_to")


def _fits(load: Load, row: Row, known: dict[str, Any]) -> bool:
    fits = [
        load.require(row, "satker_pusat", known["satkers"], "Satker"),
        load.require(row, "counterpart", known["offices"], "KPPN"),
    ]
    if (row["ba"], row["es1"]) not in known["units"]:
        load.bad(row, "es1", f"Eselon I “{row['ba']}.{row['es1']}” tidak dikenal")
        fits.append(False)
    if row["akun_to"] < row["akun_from"]:
        load.bad(row, "akun_to", "lebih kecil dari akun_from")
        fits.append(False)
    return all(fits)


def _refuse_clashes(load: Load, rows: list[Row]) -> None:
    """Refuse every row at odds with one before it, or with a stored one that the file does not replace."""
    stored = {tuple(getattr(rule, name) for name in KEY): rule for rule in terpusat_rules()}
    named = {_key(row) for row in rows}
    before = [("yang sudah tersimpan", rule) for key, rule in stored.items() if key not in named]
    for row in rows:
        # Columns that the file leaves out keep what is stored.
        rule = replace(stored.get(_key(row)) or TerpusatRule(**row.values), **row.values)
        if clash := next(_clashes(rule, before), None):
            load.bad(row, *clash)
        before.append((f"di baris {row.line}", rule))


def _clashes(rule: TerpusatRule, before: list[tuple[str, TerpusatRule]]) -> Iterator[tuple[str, str]]:
    for where, other in before:
        if not rule.meets(other):
            continue
        accounts = f"akun {other.akun_from}-{other.akun_to} Eselon I “{other.ba}.{other.es1}” {where}"
        if rule.satker_pusat != other.satker_pusat:
            # The same amounts would count in the cases of both.
            if rule.shares_accounts(other):
                yield (
                    "akun_from",
                    f"satker {other.satker_pusat} sudah memegang {accounts}. Satu akun seharusnya dihitung satu "
                    "satker pusat. Pisahkan rentang akun atau masa berlakunya.",
                )
        elif rule.counterpart != other.counterpart:
            # A satker has one case a month, and a case one office.
            yield (
                "counterpart",
                f"satker {other.satker_pusat} sudah bermitra “{other.counterpart}” untuk {accounts}. Satu satker "
                "seharusnya bermitra satu. Samakan counterpart semua barisnya, atau pisahkan masa berlakunya.",
            )


def _key(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in KEY)


def _load(load: Load) -> int:
    if any(row["counterpart"] == PUSAT for row in load.sheet.rows):
        ensure_pusat()
    known = {
        "satkers": set(Satker.objects.values_list("code", flat=True)),
        "offices": set(Kppn.objects.values_list("code", flat=True)),
        "units": units(),
    }
    rows = [row for row in once(load, *KEY) if _fits(load, row, known)]
    _refuse_clashes(load, rows)
    count = upsert(Terpusat, [row.values for row in rows], KEY)
    ensure_cases()
    mark_ruled({row["ba"] + row["es1"] for row in rows}, {row["satker_pusat"] for row in rows})
    return count


TERPUSAT = Kind(
    "terpusat.csv",
    (
        Column("ba", digits(3)),
        Column("es1", digits(2)),
        Column("satker_pusat", digits(6)),
        Column("akun_from", digits(6)),
        Column("akun_to", digits(6)),
        Column("counterpart", choice("183", PUSAT)),
        *VALIDITY,
    ),
    _load,
)
