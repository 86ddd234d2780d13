"""The rows of results, as they are written without the ORM."""

import json

from reconciliation.matching.engine import compare
from reconciliation.matching.lines import empty_opening
from reconciliation.models import MatchRun
from reconciliation.services.results import coa_key, coa_rows
from tests.oracle.rows import lines_of

ROW = {
    "KDSATKER": "111111",
    "KDBAES1": "01504",
    "KDDEKON": "KD",
    "KDPROGRAM": '0"1',
    "KDGIAT": "\\é%s",
    "KDTRN": "3",
    "KDMAKMAP": "521111",
    "PERKSAI": "115612",
    "RPHREAL": "5",
    "JNSDOK1": "301",
    "NODOK1": "A",
    "TGLDOK1": "20260105",
    "TGLPOST": "20260105",
    "PERIODE": "01",
}


def test_the_key_of_every_kind_is_the_json_of_what_the_api_shows() -> None:
    rows = [ROW, ROW | {"KDMAKMAP": "425131"}, ROW | {"KDMAKMAP": "825111", "PERKSAI": "111611"}]
    outcome = compare(
        lines_of(rows), lines_of(rows[:1]), empty_opening(), year=2026, month=9, satker="111111"
    )
    seen = set()
    for element in outcome.elements:
        written = list(coa_rows(MatchRun(pk=7), element))
        for position, (row, line) in enumerate(zip(written, element.coa, strict=True)):
            key = coa_key(element.code, line)
            assert row[4] == json.dumps(key)
            amounts = (int(line["siap"]), int(line["sai"]))
            assert (*row[:4], *row[5:]) == (
                *(7, element.code, position, key["akun"]),
                *(*amounts, amounts[0] != amounts[1]),
            )
            seen.add(element.code)
    assert seen == {"BLJ", "PND", "MUP", "KASBP"}
