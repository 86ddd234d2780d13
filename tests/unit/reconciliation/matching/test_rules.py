"""A table or an outcome that changes needs a new rule version; what an earlier version made stays readable."""

import hashlib
import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from reconciliation.matching import rules
from reconciliation.matching.classify import Case
from reconciliation.matching.elements import ELEMENTS, RULE_VERSION, element_label
from reconciliation.matching.hints.finding import with_hints
from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.lines import rows_hash
from reconciliation.matching.results import pack_outcome, unpack_outcome
from reconciliation.matching.sentences import CATALOGUE, render, title
from reconciliation.matching.terpusat import TerpusatRule
from tests.unit.reconciliation.matching.hints.books import hinted, row
from tests.unit.reconciliation.matching.sample_files import MONTH, SAMPLES, YEAR, satker_file
from tests.unit.reconciliation.matching.test_truth import ledger, outcome_of

RULE = TerpusatRule("015", "04", "990001", "41", "41", "183", date(2026, 1, 1))
# SHA-256 over the outcomes of the whole sample world, hints included. A change needs a new rule version.
OUTCOMES = {
    "2026.2": "7d890489f22fb3bd9aaaec46ac37afdce048812b2ceb2556fadf5c04bad0a893",
    "2026.3": "351980b08b1c9fefa317d18cd9b11545a28a17b4da9940ebd578af7731971c0a",
}


def sample_outcomes() -> str:
    digest = hashlib.sha256()
    for path in sorted((SAMPLES / "satker").glob("*.zip")):
        satker = path.stem[12:18]
        mine = ledger()[ledger()["kdsatker"] == satker.encode()]
        case = Case(YEAR, MONTH, satker)
        sai, _ = satker_file(satker)
        hinted_outcome = with_hints(outcome_of(satker), mine, sai, mine, case=case, kppn="017")
        digest.update(pack_outcome(hinted_outcome))
    return digest.hexdigest()


def test_the_tables_are_those_of_the_present_version():
    assert rules.VERSIONS[-1] == (RULE_VERSION, rules.tables_hash()), (
        "raise RULE_VERSION, add a line to VERSIONS"
    )
    names = [version for version, _ in rules.VERSIONS]
    assert len(names) == len(set(names))


def test_the_outcomes_of_the_sample_world_are_those_of_the_present_version():
    assert sample_outcomes() == OUTCOMES[RULE_VERSION], "raise RULE_VERSION, add a line to OUTCOMES"


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("ELEMENTS", (replace(ELEMENTS[0], sign=1), *ELEMENTS[1:])),
        ("ELEMENTS", (*ELEMENTS[1:], ELEMENTS[0])),
        ("ELEMENTS", (replace(ELEMENTS[4], terpusat=False), *ELEMENTS[:4])),
        ("HINTS", rules.HINTS[::-1]),
        ("CATALOGUE", {key: replace(one, text=one.text + ".") for key, one in CATALOGUE.items()}),
        ("TAX", "42"),
        ("CASH_LINES", ()),
    ],
)
def test_a_changed_table_is_seen(monkeypatch, name, changed):
    monkeypatch.setattr(rules, name, changed)
    assert rules.VERSIONS[-1][1] != rules.tables_hash()


def test_the_rows_of_terpusat_have_one_hash_in_any_order_and_another_when_one_changes():
    other = replace(RULE, akun_from="4231", akun_to="4231")
    assert rules.terpusat_hash([RULE, other]) == rules.terpusat_hash([other, RULE])
    for changed in (replace(RULE, valid_to=date(2026, 9, 30)), replace(RULE, counterpart="PUSAT")):
        assert rules.terpusat_hash([changed]) != rules.terpusat_hash([RULE])


def test_rows_have_one_hash_in_any_order_and_another_when_one_rupiah_or_one_twin_changes():
    rows = ledger()[:200]
    assert rows_hash(rows[::-1]) == rows_hash(rows)
    changed = rows.copy()
    changed["rphreal"][7] += 1
    assert rows_hash(changed) != rows_hash(rows)
    assert rows_hash(np.concatenate([rows, rows[:1]])) != rows_hash(rows)


def as_first_version(content: bytes) -> bytes:
    """The bytes that version 1 wrote of the same outcome: it knew no hints."""
    line, _, arrays = content.partition(b"\n")
    head = json.loads(line) | {"version": 1}
    for element in head["elements"]:
        del element["hints"]
    return json.dumps(head, sort_keys=True, separators=(",", ":")).encode() + b"\n" + arrays


def test_an_outcome_of_the_first_version_is_still_read():
    outcome = hinted([row(500)], [row(400)])
    old = unpack_outcome(as_first_version(pack_outcome(outcome)))
    assert (old.verdict, old.element("BLJ").siap, old.element("BLJ").sai) == ("BEDA", 500, 400)
    assert old.element("BLJ").hints == ()


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        ("R5", {"a": "akun 521111", "b": "akun 522111"}, "SiAP akun 521111, SAI akun 522111"),
        ("R9", {"n": "N1"}, "Dokumen N1 kemungkinan dibatalkan"),
        ("R7", {"n": "N1", "kppn": "183"}, "Setoran ada di KPPN 183"),
        ("R12", {"n": "N1"}, "Dokumen N1 kemungkinan baru dibukukan"),
    ],
)
def test_hints_of_2026_2_keep_their_words(code, words, said):
    assert said in render(Hint(code, "BLJ", 0, 5, words=tuple(sorted(words.items()))))


def test_a_hint_and_an_element_that_no_table_has_any_more_still_have_words():
    gone = Hint("R99", "BLJ", 0, 5, "lama")
    assert title(gone).startswith("Kemungkinan")
    assert "aturan sebelumnya" in render(gone)
    assert "aturan sebelumnya" in render(Hint("R1", "BLJ", 0, 5))
    assert element_label("LAMA") == "LAMA"
