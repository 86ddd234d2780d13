"""The pages for people: whole, honest about the machine they run on, and in step with the code."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, documents, relative

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
MACHINE_PATH = re.compile(r"(?<![\w.])/(work|root|home|Users|farm|private)/")
BANNED = re.compile(r"\b(TODO|FIXME|XXX|TBD|lorem ipsum|coming soon|work in progress)\b", re.IGNORECASE)
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#]+)")


def faults(text: str) -> list[str]:
    """Machine paths and words that promise instead of saying."""
    return [match.group() for pattern in (MACHINE_PATH, BANNED) for match in pattern.finditer(text)]


def dead_links(page: Path) -> list[str]:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    return [target for target in targets if not (page.parent / target).exists()]


@pytest.mark.parametrize("page", documents(), ids=relative)
def test_page_has_no_machine_paths_and_no_promises(page: Path) -> None:
    assert faults(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", documents(), ids=relative)
def test_links_of_the_page_lead_somewhere(page: Path) -> None:
    assert dead_links(page) == []


@pytest.mark.parametrize("text", ["see /work/x", "in /home/me/x", "TODO: write", "Coming soon"])
def test_planted_fault_is_seen(text: str) -> None:
    assert faults(text)


def test_planted_dead_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[gone](gone.md) [web](https://example.org)")
    assert dead_links(page) == ["gone.md"]


@pytest.mark.parametrize("page", DECISIONS, ids=relative)
def test_decision_has_its_five_parts(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    parts = ["**Status:**", "## Context", "## Decision", "## Consequences", "## Sources"]
    assert [part for part in parts if part not in text] == []


def test_decision_numbers_are_consecutive_and_used_once() -> None:
    numbers = [int(page.name[:4]) for page in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))


def test_every_runtime_library_has_its_reason_and_no_reason_is_left_over() -> None:
    required = re.findall(r"^([A-Za-z0-9-]+)", (ROOT / "requirements.in").read_text(), re.MULTILINE)
    page = (ROOT / "docs" / "decisions" / "0002-libraries.md").read_text(encoding="utf-8")
    reasoned = re.findall(r"^\| ([A-Za-z0-9-]+) \|", page, re.MULTILINE)
    assert sorted(reasoned) == sorted([*required, "library"])


def test_commands_of_the_readme_stand_in_the_makefile_with_a_help_line() -> None:
    commands = set(re.findall(r"\bmake ([a-z]+)\b", _code((ROOT / "README.md").read_text(encoding="utf-8"))))
    targets = set(re.findall(r"^([a-z]+):.*## \S", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"demo", "test"} <= commands
    assert commands - targets == set()


def _code(text: str) -> str:
    """Only what stands in code blocks and between back-ticks."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
