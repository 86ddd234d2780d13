"""The generated page tells every stage and every step."""

from erekon.portal.lifecycle_page import lifecycle_page
from reconciliation.lifecycle import LOOKS, STEPS
from tests.architecture.tree import ROOT


def test_page_has_a_row_for_every_stage_and_every_step() -> None:
    rows = [line for line in lifecycle_page().splitlines() if line.startswith("| `")]
    assert len(rows) == len(LOOKS) + len(STEPS)


def test_page_shows_the_labels_of_the_screen() -> None:
    page = lifecycle_page()
    assert all(f"| {look.label} |" in page for look in LOOKS.values())


def test_page_in_the_folder_is_the_one_that_the_code_writes() -> None:
    assert (ROOT / "docs" / "lifecycle.md").read_text(encoding="utf-8") == lifecycle_page()
