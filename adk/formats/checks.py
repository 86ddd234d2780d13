"""The gate for satker ADKs as a tuple: the order is data, written once here.

A check takes the intake and the findings. The first check that refuses stops the gate; within a check every
finding is reported. Checks 12 to 14 only warn.
"""

from collections.abc import Callable

from adk.formats.check_envelope import (
    check_archive,
    check_first_month,
    check_members,
    check_period,
    check_satker,
    check_size,
    check_tables,
    check_zip,
)
from adk.formats.check_rows import check_control, check_identity
from adk.formats.check_values import check_values
from adk.formats.check_warnings import check_accounts, check_references, check_twins
from adk.formats.findings import Findings
from adk.formats.intake import Intake

Check = Callable[[Intake, Findings], None]

CHECKS: tuple[Check, ...] = (
    check_size,
    check_zip,
    check_archive,
    check_members,
    check_first_month,
    check_period,
    check_satker,
    check_tables,
    check_identity,
    check_control,
    check_values,
    check_accounts,
    check_twins,
    check_references,
)
