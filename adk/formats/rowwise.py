"""From a mask over rows to findings: the first ones listed with their row, all of them counted."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from adk.formats.columns import Mask, Text
from adk.formats.findings import Finding, Findings, shown


def refuse_rows(
    findings: Findings,
    code: str,
    bad: Mask,
    *,
    member: str,
    field: str | None = None,
    numbers: npt.NDArray[np.int32] | None = None,
    values: Text | None = None,
    **params: str | int,
) -> None:
    """Refuse the file for every row where `bad` is true.

    `numbers` are the physical rows (absent: position + 1); `values` fill the parameter `isi`.
    """
    where = np.flatnonzero(bad)

    def listed() -> Iterator[Finding]:
        for index in where.tolist():
            row = index + 1 if numbers is None else int(numbers[index])
            content = {} if values is None else {"isi": shown(bytes(values[index]))}
            yield Finding(
                code, "galat", member, row, field, {**params, **content, "baris": row, "kolom": field or "-"}
            )

    findings.add_many(listed(), len(where))


def warn_values(
    findings: Findings,
    code: str,
    bad: Mask,
    *,
    member: str,
    field: str,
    numbers: npt.NDArray[np.int32],
    values: Text,
    **params: str | int,
) -> None:
    """Warn once per distinct value among the rows where `bad` is true: first row and number of rows."""
    where = np.flatnonzero(bad)
    distinct, first, counts = np.unique(values[where], return_index=True, return_counts=True)

    def listed() -> Iterator[Finding]:
        for value, index, count in zip(distinct, first.tolist(), counts.tolist(), strict=True):
            row = int(numbers[where[index]])
            found = {"isi": shown(bytes(value)), "jumlah": count, "baris": row, "kolom": field}
            yield Finding(code, "peringatan", member, row, field, {**params, **found})

    findings.add_many(listed(), len(distinct))
