import pytest

from bar.documents.verify_id import ALPHABET, group_verify_id, new_verify_id, normalise_verify_id


def test_a_new_id_is_26_crockford_signs_and_never_the_same() -> None:
    ids = {new_verify_id() for _ in range(200)}
    assert len(ids) == 200
    assert all(len(each) == 26 and set(each) <= set(ALPHABET) for each in ids)
    assert all(normalise_verify_id(each) == each for each in ids)


def test_an_id_is_read_back_from_its_printed_groups_in_any_case() -> None:
    verify_id = new_verify_id()
    assert normalise_verify_id(f"  {group_verify_id(verify_id).lower()} ") == verify_id


def test_misread_letters_are_put_right() -> None:
    assert normalise_verify_id("7" + "O" * 10 + "I" * 10 + "l" * 5) == "7" + "0" * 10 + "1" * 15


@pytest.mark.parametrize(
    "text", ["", "7K2M", "8" + "0" * 25, "0" * 25, "0" * 27, "0" * 25 + "U", "0" * 25 + "\u0661", "/" * 26]
)
def test_what_is_no_id_is_none(text: str) -> None:
    assert normalise_verify_id(text) is None


def test_groups_are_four_signs_each() -> None:
    assert group_verify_id("0123456789") == "0123-4567-89"
