"""The import contracts hold, and each is seen failing on a forbidden import planted in a copy of the tree."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS = "Apps: each stands on those below it; adk and bar never meet"
INSIDE = "Inside an app: edges call services, services read queries, queries read models"
PURE = "Pure modules know no framework, broker or database"
# (contract, module file that gets the fault, the fault)
PLANTS = [
    (LAYERS, "reconciliation/planted.py", "import adk"),
    (LAYERS, "adk/planted.py", "import bar"),
    (LAYERS, "erekon/lib/planted.py", "import audit"),
    (PURE, "reconciliation/matching/planted.py", "import django"),
    (INSIDE, "reconciliation/models/planted.py", "import reconciliation.services.moving"),
]


@pytest.fixture
def copied_tree(tmp_path: Path) -> Path:
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for module in named_modules():
        # A stand-in, so that the contracts can be tried before every module exists; `make check` wants them real.
        path = tmp_path / (module.replace(".", "/"))
        if not path.is_dir():
            path.with_suffix(".py").touch()
    return tmp_path


def named_modules() -> set[str]:
    """Every module of ours that a contract names."""
    layers = {
        name.strip()
        for contract in CONTRACTS
        for row in contract.get("layers", [])
        for name in row.split("|")
    }
    sources = {name for contract in CONTRACTS for name in contract.get("source_modules", [])}
    return layers | sources


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_contracts_hold_on_the_tree_as_it_is(copied_tree: Path) -> None:
    result = lint_imports(copied_tree)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("contract", "file", "fault"), PLANTS, ids=[plant[1] for plant in PLANTS])
def test_planted_import_breaks_its_contract(copied_tree: Path, contract: str, file: str, fault: str) -> None:
    (copied_tree / file).write_text(fault + "\n")
    result = lint_imports(copied_tree)
    assert result.returncode == 1
    assert f"{contract} BROKEN" in " ".join(result.stdout.split())


def test_every_contract_has_a_planted_fault() -> None:
    assert {contract["name"] for contract in CONTRACTS} == {plant[0] for plant in PLANTS}
