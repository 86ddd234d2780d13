"""R9 and R12: booked in another month."""

import pytest

from tests.unit.reconciliation.matching.hints.books import allotment, codes, hints, receipt, row

VOID = [row(70), row(-70, TGLPOST="20260713")]
NEXT = {"TGLPOST": "20261005"}


def test_a_document_that_siap_cancelled_in_another_month_is_a_void() -> None:
    (hint,) = hints(VOID, [row(70)])
    assert (hint.code, hint.variant, hint.explains) == ("R9", "SP2D", 70)


@pytest.mark.parametrize(
    ("document", "called"),
    [
        (row(70), "SP2D"),
        (row(70, JNSDOK1="302"), "SP2D"),
        (receipt(70), "NTPN"),
        (allotment(70), "DIPA"),
        (row(70, JNSDOK1="309"), ""),
    ],
)
def test_what_was_cancelled_is_called_by_its_kind(document: dict[str, str], called: str) -> None:
    back = {"RPHREAL": str(-int(document["RPHREAL"])), "TGLPOST": "20260713"}
    (hint,) = hints([document, document | back], [document])
    assert (hint.code, hint.variant) == ("R9", called)


def test_a_cancellation_in_the_same_month_is_no_void_across_months() -> None:
    assert codes([row(70), row(-70, TGLPOST="20260520")], [row(70)]) == []


def test_a_void_that_does_not_cancel_to_zero_is_none() -> None:
    assert codes([row(70), row(-60, TGLPOST="20260713")], [row(75)]) == []


def test_a_correction_is_no_void() -> None:
    (hint,) = hints([row(70), row(-70, TGLPOST="20260713", KOREKSI="116000000000001")], [row(70)])
    assert (hint.code, hint.variant) == ("R12", "koreksi")


def test_a_document_posted_in_the_month_after_waits_for_its_posting_date() -> None:
    (hint,) = hints([], [row(70)], [row(70, **NEXT)])
    assert (hint.code, hint.variant, hint.explains) == ("R12", "", 70)


def test_what_siap_cancels_in_the_month_after_was_not_booked_then_for_the_first_time() -> None:
    (hint,) = hints([row(70)], [], [row(-70, **NEXT)])
    assert (hint.code, hint.variant, hint.explains) == ("R12", "batal", 70)


@pytest.mark.parametrize(("siap", "sai"), [(60, 70), (80, 70)])
def test_what_siap_adds_or_takes_back_in_the_month_after_makes_the_sides_agree(siap: int, sai: int) -> None:
    (hint,) = hints([row(siap)], [row(sai)], [row(sai - siap, **NEXT)])
    assert (hint.code, hint.variant, hint.explains) == ("R12", "menyusul", 10)


@pytest.mark.parametrize(
    "ahead",
    [
        row(71, **NEXT),
        row(70, TGLPOST="20261101"),
        row(70, TGLPOST="20260930"),
        row(70, KDGIAT="1046", **NEXT),
        row(70, "D2", **NEXT),
        row(70, TGLDOK1="20260512", **NEXT),
    ],
)
def test_only_the_same_document_and_amount_in_the_month_after_counts(ahead: dict[str, str]) -> None:
    assert codes([], [row(70)], [ahead]) == ["R2"]


def test_what_is_posted_ahead_of_december_lies_in_january() -> None:
    assert codes([], [row(70)], [row(70, TGLPOST="20270104")], month=12) == ["R12"]


def test_a_receipt_whose_group_lost_its_sdcp_is_found_ahead() -> None:
    blank = row(5, "OTHER", KDTRN="3", KDMAKMAP="425131", KDSDCP="")
    mine = row(-70, KDMAKMAP="425131")
    (hint,) = hints([blank], [blank, mine], [{**mine, **NEXT}])
    assert (hint.code, hint.element) == ("R12", "PND")


def test_a_correction_goes_before_every_other_hint() -> None:
    siap = [row(70, KDGIAT="1046", KOREKSI="116000000000001")]
    assert sorted(codes(siap, [row(70)])) == ["R12", "R2"]
    assert codes([row(70, KOREKSI="1", KDKPPN="140")], []) == ["R12"]
    assert codes([row(54, KOREKSI="1")], [row(45)]) == ["R12"]


def test_a_correction_in_the_month_after_goes_before_a_wrong_segment() -> None:
    siap, sai = [row(70)], [row(70, KDGIAT="1046")]
    ahead = [row(-70, KOREKSI="1", **NEXT), row(70, KDGIAT="1046", KOREKSI="1", **NEXT)]
    assert codes(siap, sai) == ["R5", "R5"]
    assert codes(siap, sai, ahead) == ["R12", "R12"]
