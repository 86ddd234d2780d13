"""The source tree as the architecture tests read it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("erekon", "audit", "accounts", "reconciliation", "adk", "bar")
HIDDEN = {"migrations", "__pycache__"}


def app_files() -> list[Path]:
    """Every Python file of the applications, migrations aside."""
    return [path for name in PACKAGES for path in _python_below(ROOT / name)]


def suite_files() -> list[Path]:
    """Every Python file below tests/."""
    return list(_python_below(ROOT / "tests"))


def documents() -> list[Path]:
    """Every page written for people."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file; read once per test run."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def relative(path: Path) -> str:
    """The path as the project names it."""
    return path.relative_to(ROOT).as_posix()


def words(name: str) -> list[str]:
    """The lower-case words of an identifier: `KasiVera` and `kasi_vera` both give kasi, vera."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def _python_below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.py")):
        if not HIDDEN & set(path.parts):
            yield path
