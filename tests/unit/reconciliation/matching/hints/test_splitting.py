"""R13: one document of one side is several of the other."""

from reconciliation.matching.hints import splitting
from tests.unit.reconciliation.matching.hints.books import codes, hints, row, words


def test_one_document_of_siap_may_be_several_of_sai() -> None:
    found = hints([row(100, "W")], [row(30, "A"), row(70, "B")])
    assert {hint.code for hint in found} == {"R13"}
    assert {hint.variant for hint in found} == {"dipecah"}
    assert sorted(hint.explains for hint in found) == [30, 70, 100]
    assert all(len(hint.others) == 2 and hint.position not in hint.others for hint in found)
    assert words(found[0]) == {"whole": "W", "parts": "A, B"}


def test_five_documents_of_siap_may_be_joined_in_sai() -> None:
    parts = [row(amount, f"P{amount}") for amount in (1, 2, 4, 8, 16)]
    found = hints(parts, [row(31, "W")])
    assert [hint.code for hint in found] == ["R13"] * 6
    assert found[0].variant == "digabung"


def test_six_documents_are_too_many() -> None:
    parts = [row(amount, f"P{amount}") for amount in (1, 2, 4, 8, 16, 32)]
    assert "R13" not in codes(parts, [row(63, "W")])


def test_two_ways_to_add_up_explain_nothing() -> None:
    sai = [row(amount, f"P{amount}") for amount in (30, 70, 40, 60)]
    assert sorted(codes([row(100, "W")], sai)) == ["R1", "R2", "R2", "R2", "R2"]


def test_documents_of_another_coa_line_do_not_count() -> None:
    sai = [row(30, "A"), row(70, "B", KDGIAT="1046")]
    assert sorted(codes([row(100, "W")], sai)) == ["R1", "R2", "R2"]


def test_one_for_one_is_no_split() -> None:
    assert sorted(codes([row(100, "W")], [row(100, "A")])) == ["R1", "R2"]


def test_larger_sets_are_left_out_where_there_are_too_many_to_try(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    parts = [row(amount, f"P{amount}") for amount in (1, 2, 4, 8)]
    pair, triple = row(3, "W"), row(13, "W")
    monkeypatch.setattr(splitting, "MOST_SUMS", 6)
    assert codes([pair], parts).count("R13") == 3
    assert "R13" not in codes([triple], parts)
    monkeypatch.setattr(splitting, "MOST_SUMS", 10)
    assert codes([triple], parts).count("R13") == 4


def test_the_sums_tried_in_an_element_are_bounded(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    siap, sai = [], []
    for activity in ("1045", "1046"):
        siap += [row(3, "W", KDGIAT=activity)]
        sai += [row(amount, f"P{amount}", KDGIAT=activity) for amount in (1, 2)]
    assert codes(siap, sai) == ["R13"] * 6
    monkeypatch.setattr(splitting, "MOST_SUMS_OF_ELEMENT", 1)
    assert codes(siap, sai).count("R13") == 3
