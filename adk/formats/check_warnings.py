"""Checks 12 to 14: what accompanies an accepted file."""

from collections.abc import Iterator

import numpy as np

from adk.formats.columns import Mask, Text, as_words, differing, is_one_of, rows_where
from adk.formats.findings import Finding, Findings
from adk.formats.intake import Intake
from adk.formats.rowwise import warn_values
from adk.formats.twins import find_twins

_MANY = 1024  # values; fewer are sooner looked up one by one than the whole reference is turned into an array


def check_accounts(intake: Intake, findings: Findings) -> None:
    """12. Accounts stand in the BAS reference."""
    for field in ("KDMAKMAP", "PERKSAI", "PERKSAI1"):
        _warn_unknown(intake, findings, "AKUN_TIDAK_DIKENAL", field=field, known=intake.references.accounts)


def check_twins(intake: Intake, findings: Findings) -> None:
    """13. No exact twins; the second and later ones are marked in the lines."""
    table = intake.rows.table
    clues = [intake.rows.amounts()[0].view(np.uint64)]
    for field in ("NODOK1", "KDMAKMAP", "PERKSAI"):
        clues += as_words(intake.rows.text(field))
    later, earlier = find_twins(table, clues)
    intake.rows.twins = later

    def listed() -> Iterator[Finding]:
        for index, first in zip(later.tolist(), earlier.tolist(), strict=True):
            row, original = int(table.numbers[index]), int(table.numbers[first])
            yield Finding(
                "DUPLIKAT", "peringatan", table.member, row, None, {"baris": row, "kembar": original}
            )

    findings.add_many(listed(), len(later))


def check_references(intake: Intake, findings: Findings) -> None:
    """14. KPPN, SD-CP and lokasi are known, and the KPPN is the satker's."""
    references = intake.references
    _warn_unknown(intake, findings, "REFERENSI", field="KDKPPN", known=references.kppn)
    _warn_unknown(intake, findings, "REFERENSI", field="KDSDCP", known=references.sdcp)
    _warn_unknown(intake, findings, "REFERENSI", field="KDWILAYAH", known=references.lokasi, width=2)
    column = intake.rows.text("KDKPPN")
    other = differing(column, intake.expected.kppn.encode())
    _warn(intake, findings, "REFERENSI", other, field="KDKPPN", hal="mitra", akun=intake.expected.kppn)


def _warn_unknown(
    intake: Intake,
    findings: Findings,
    code: str,
    *,
    field: str,
    known: frozenset[str] | None,
    width: int | None = None,
) -> None:
    """Warn of values that a loaded reference does not hold; blank ones are not looked up."""
    if known is None:
        return

    def unknown(values: Text) -> Mask:
        looked_up = values if width is None else values.astype(f"S{width}")
        if len(values) > _MANY:
            return np.asarray((values != b"") & ~is_one_of(looked_up, [one.encode() for one in known]))
        there = [one.decode(errors="surrogateescape") in known for one in looked_up.tolist()]
        return np.asarray((values != b"") & ~np.array(there, dtype=np.bool_))

    _warn(intake, findings, code, rows_where(intake.rows.text(field), unknown), field=field, hal="asing")


def _warn(
    intake: Intake,
    findings: Findings,
    code: str,
    bad: Mask,
    *,
    field: str,
    hal: str,
    **params: str,
) -> None:
    if bad.any():
        table = intake.rows.table
        warn_values(
            findings,
            code,
            bad,
            member=table.member,
            field=field,
            numbers=table.numbers,
            values=intake.rows.text(field),
            hal=hal,
            **params,
        )
