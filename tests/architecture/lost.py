"""Finds tests that pytest would pass over in silence: wrong file, wrong name, wrong place, overwritten."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef


def lost_tests(path: Path, tree: ast.Module, known_names: Counter[str]) -> Iterator[str]:
    """Name every lost test of one file.

    `known_names` counts how often each name is used (not defined) in the whole test tree.
    """
    is_test_file = path.name.startswith("test_")
    collected = set(_collected(tree))
    for function in (node for node in ast.walk(tree) if isinstance(node, Function)):
        if function.name.startswith("test_") and not (is_test_file and function in collected):
            yield f"{function.name} is not collected"
        elif is_test_file and _looks_like_a_test(function) and not known_names[function.name]:
            yield f"{function.name} asserts but nobody calls it"
    if is_test_file:
        yield from _overwritten(tree)
        yield from _class_faults(tree)
        if not (path.parent / "__init__.py").exists():
            yield "its folder has no __init__.py"


def used_names(trees: list[ast.Module]) -> Counter[str]:
    """How often each name is read, as a bare name, an attribute or a fixture argument."""
    names: Counter[str] = Counter()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            names[node.id] += 1
        elif isinstance(node, ast.Attribute):
            names[node.attr] += 1
        elif isinstance(node, ast.arg):
            names[node.arg] += 1
    return names


def _collected(tree: ast.Module) -> Iterator[Function]:
    for node in tree.body:
        if isinstance(node, Function) and node.name.startswith("test"):
            yield node
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from (
                item for item in node.body if isinstance(item, Function) and item.name.startswith("test")
            )


def _looks_like_a_test(function: Function) -> bool:
    """Asserts something, and is neither a test, nor a fixture, nor a hook of a framework."""
    if function.name.startswith(("test", "pytest_", "__")) or function.decorator_list:
        return False
    return any(isinstance(node, ast.Assert) for node in ast.walk(function))


def _overwritten(tree: ast.Module) -> Iterator[str]:
    scopes = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    for body in scopes:
        names = Counter(
            item.name for item in body if isinstance(item, Function) and item.name.startswith("test")
        )
        yield from (f"{name} is defined {count} times" for name, count in names.items() if count > 1)


def _class_faults(tree: ast.Module) -> Iterator[str]:
    for node in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        methods = {item.name for item in node.body if isinstance(item, Function)}
        if node.name.startswith("Test") and "__init__" in methods:
            yield f"{node.name} has a constructor, so pytest passes it over"
