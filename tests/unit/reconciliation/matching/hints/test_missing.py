"""R10, R11, R7, R1 and R2: one side does not have the document."""

import pytest

from reconciliation.matching.hints.hint import ranked
from tests.unit.reconciliation.matching.hints.books import allotment, codes, hints, receipt, row, words


@pytest.mark.parametrize("kind", ["301", "302"])
def test_a_payment_or_a_cut_in_siap_only_is_unrecorded(kind: str) -> None:
    (hint,) = hints([row(70, JNSDOK1=kind)], [])
    assert (hint.code, hint.explains, words(hint)) == ("R1", 70, {"n": "D1"})


def test_another_kind_of_document_in_siap_only_has_no_hint() -> None:
    assert codes([row(70, JNSDOK1="309")], []) == []


def test_a_document_in_sai_only_is_unknown_to_the_treasury() -> None:
    assert codes([], [row(70)]) == ["R2"]
    assert codes([], [receipt(70)]) == ["R2"]


def test_a_deposit_in_siap_only_names_its_kppn() -> None:
    (hint,) = hints([receipt(70, KDKPPN="183")], [])
    assert (hint.code, words(hint)) == ("R7", {"n": "N1", "kppn": "183"})


def test_a_deposit_without_kppn_names_none() -> None:
    (hint,) = hints([receipt(70, KDKPPN=""), receipt(5, KDKPPN="183")], [])
    assert (hint.code, hint.variant, words(hint)["kppn"]) == ("R7", "", "183")
    (hint,) = hints([receipt(70, KDKPPN="")], [])
    assert (hint.code, hint.variant) == ("R7", "tanpa KPPN")


def test_a_payment_through_another_kppn_names_it() -> None:
    (hint,) = hints([row(70, KDKPPN="140")], [])
    assert (hint.code, words(hint)) == ("R10", {"n": "D1", "kppn": "140"})
    assert codes([allotment(70, KDKPPN="140")], []) == ["R10"]


def test_a_revision_of_the_dipa_on_one_side_names_its_number() -> None:
    (hint,) = hints([allotment(70, REVISIKE="03")], [])
    assert (hint.code, hint.element, hint.variant) == ("R11", "PGU", "SiAP ke")
    assert words(hint)["ke"] == "3"
    (hint,) = hints([], [allotment(70)])
    assert (hint.code, hint.variant) == ("R11", "SAI")


def test_the_latest_of_several_revisions_is_named() -> None:
    (hint,) = hints([], [allotment(50, REVISIKE="9"), allotment(20, REVISIKE="10")])
    assert (hint.variant, words(hint)["ke"]) == ("SAI ke", "10")


@pytest.mark.parametrize("revision", ["A1", "-1", "\xb2", "*"])
def test_a_revision_that_is_no_number_is_not_named(revision: str) -> None:
    (hint,) = hints([allotment(70, REVISIKE=revision)], [])
    assert (hint.variant, words(hint)["ke"]) == ("SiAP", "")
    (hint,) = hints([allotment(50, REVISIKE=revision), allotment(20, REVISIKE="02")], [])
    assert words(hint)["ke"] == "2"


def test_estimated_receipts_are_revised_by_the_dipa_too() -> None:
    (hint,) = hints([allotment(70, KDMAKMAP="425131")], [])
    assert (hint.code, hint.element) == ("R11", "EST")


def test_the_revision_that_is_the_whole_difference_of_its_lines_ranks_first() -> None:
    whole = allotment(5, "WHOLE")
    part, rest = allotment(70, "PART", KDGIAT="1046"), allotment(90, "REST", KDGIAT="1046")
    found = ranked(hints([part, rest, whole], []))
    assert [words(hint)["n"] for hint in found] == ["WHOLE", "REST", "PART"]
    assert [hint.leading for hint in found] == [True, False, False]


def test_a_document_with_a_part_in_a_line_it_does_not_fill_is_not_leading() -> None:
    siap = [allotment(5, "BOTH"), allotment(7, "BOTH", KDGIAT="1046"), allotment(9, "OTHER", KDGIAT="1046")]
    assert not any(hint.leading for hint in hints(siap, []))
