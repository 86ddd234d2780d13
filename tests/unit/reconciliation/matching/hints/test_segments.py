"""R5 and R8: the document stands under another CoA line."""

import pytest

from tests.unit.reconciliation.matching.hints.books import Books, codes, hints, receipt, row, words


def test_another_account_is_named_on_both_sides_and_both_lines_are_explained() -> None:
    first, second = hints([row(70)], [row(70, KDMAKMAP="522111")])
    assert (first.code, first.explains, second.code, second.explains) == ("R5", 70, "R5", 70)
    assert (first.others, second.others) == ((second.position,), (first.position,))
    assert words(first) == words(second) == {"a": "akun 521111", "b": "akun 522111"}


def test_only_the_segments_that_differ_are_named() -> None:
    hint = hints([row(70)], [row(70, KDOUTPUT="951", KDSDCP="")])[0]
    assert words(hint) == {"a": "output 994, SD-CP 010", "b": "output 951, SD-CP kosong"}


def test_ba_es1_alone_is_a_cut_under_the_wrong_eselon() -> None:
    first, second = hints([receipt(70, JNSDOK1="302")], [receipt(70, JNSDOK1="302", KDBAES1="01508")])
    assert (first.code, second.code) == ("R8", "R8")
    assert words(first) == {"isi": "01508", "benar": "01504"}


def test_an_sdcp_that_a_group_dropped_is_no_other_segment() -> None:
    lacking = receipt(5, "N2", KDBAES1="01501", KDSDCP="")
    found = hints([receipt(70), lacking], [receipt(70, KDBAES1="01501"), lacking])
    assert [hint.code for hint in found] == ["R8", "R8"]
    assert words(found[0]) == {"isi": "01501", "benar": "01504"}
    lacking = receipt(5, "N2", KDMAKMAP="425151", KDSDCP="")
    found = hints([receipt(70), lacking], [receipt(70, KDMAKMAP="425151"), lacking])
    assert words(found[0]) == {"a": "akun 425131", "b": "akun 425151"}


def test_an_sdcp_that_both_groups_keep_is_another_segment() -> None:
    (first, _) = hints([receipt(70)], [receipt(70, KDBAES1="01508", KDSDCP="011")])
    assert words(first) == {"a": "BA/Eselon 01504, SD-CP 010", "b": "BA/Eselon 01508, SD-CP 011"}


def test_ba_es1_with_another_segment_is_a_wrong_segment() -> None:
    assert codes([row(70)], [row(70, KDBAES1="01508", KDGIAT="1046")]) == ["R5", "R5"]


def test_another_amount_or_another_document_is_no_wrong_segment() -> None:
    assert codes([row(70)], [row(71, KDMAKMAP="522111")]) == ["R1", "R2"]
    assert codes([row(70)], [row(70, "D2", KDMAKMAP="522111")]) == ["R1", "R2"]


@pytest.mark.parametrize(
    ("siap", "sai"),
    [
        ([row(70), row(50, KDMAKMAP="522111")], [row(120, KDMAKMAP="522111")]),
        ([row(120)], [row(50), row(70, KDMAKMAP="522111")]),
    ],
)
def test_where_only_a_part_of_the_document_moved_that_part_is_named(siap: Books, sai: Books) -> None:
    found = hints(siap, sai)
    assert [(hint.code, hint.variant, hint.explains) for hint in found] == [("R5", "sebagian", 70)] * 2
    assert words(found[0]) == {"a": "akun 521111", "b": "akun 522111", "n": "70"}


def test_rows_that_cancel_each_other_leave_the_whole_document_moved() -> None:
    siap = [row(70), row(5, KDMAKMAP="522111"), row(-5, KDMAKMAP="522111")]
    assert {hint.variant for hint in hints(siap, [row(70, KDMAKMAP="522111")])} == {""}


def test_the_most_alike_lines_belong_together() -> None:
    siap = [row(70)]
    sai = [row(70, KDMAKMAP="522111", KDGIAT="1046"), row(70, KDMAKMAP="523111")]
    found = {hint.code: words(hint) for hint in hints(siap, sai)}
    assert found["R5"] == {"a": "akun 521111", "b": "akun 523111"}
    assert sorted(codes(siap, sai)) == ["R2", "R5", "R5"]


def test_a_return_is_named_for_the_side_that_has_it() -> None:
    (first, _) = hints([row(-70, KDKEM="1")], [row(-70, KDKEM="1", KDMAKMAP="522111")])
    assert (first.element, words(first)) == ("PBLJ", {"a": "akun 521111", "b": "akun 522111"})


def test_two_lines_of_one_side_are_no_pair() -> None:
    assert codes([row(70), row(-70, KDMAKMAP="522111")], []) == ["R1", "R1"]
