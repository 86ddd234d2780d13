"""Each failpoint that is declared stands at exactly one place of the code, and no other stands there."""

import ast
from collections import Counter

from erekon.lib.failpoints import PLACES
from tests.architecture.tree import ROOT

APPS = ("erekon", "accounts", "adk", "audit", "bar", "reconciliation")


def placed() -> Counter[str]:
    found: Counter[str] = Counter()
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "failpoint":
                    found[ast.literal_eval(node.args[0])] += 1
    return found


def test_every_place_stands_once_in_the_code():
    assert placed() == dict.fromkeys(PLACES, 1)


def test_there_are_enough_places():
    assert len(PLACES) >= 12
