"""The rules of the house that a syntax tree can show: each rule is one function naming its violations."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Checker = Callable[[str, ast.Module], Iterator[str]]

EDGE_MODULES = {"views", "api", "pages", "forms", "serializers"}
BANNED_NAMES = {"utils", "util", "helpers", "helper", "manager", "data", "info"}
BANNED_ENDINGS = ("Utils", "Util", "Helpers", "Helper", "Manager", "Data", "Info")
BANNED_BEGINNINGS = ("process_", "handle_")
FRAMEWORK_METHODS = {
    "handle_exception",
    "handle_no_permission",
    "process_request",
    "process_response",
    "process_exception",
    "process_view",
}
PUBLISHING = {"delay", "apply_async", "send_task", "delay_on_commit", "apply_async_on_commit"}
THE_DOORBELL = "erekon/lib/ring.py"
SIGNAL_MODULES = ("django.dispatch", "django.db.models.signals")


@dataclass(frozen=True)
class Rule:
    """A rule with the smallest source that breaks it, put at a path where it applies."""

    name: str
    check: Checker
    planted_path: str
    planted_source: str


def imports_inside_functions(path: str, tree: ast.Module) -> Iterator[str]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{path}:{node.lineno} imports inside {function.name}"


def relative_imports(path: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"{path}:{node.lineno} imports relatively"


def objects_at_the_edge(path: str, tree: ast.Module) -> Iterator[str]:
    if EDGE_MODULES & set(path.removesuffix(".py").split("/")):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr == "objects":
                yield f"{path}:{node.lineno} reads .objects: scoping is decided in accounts/scoping.py"


def publishing_past_the_doorbell(path: str, tree: ast.Module) -> Iterator[str]:
    if path == THE_DOORBELL:
        return
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in PUBLISHING
        ):
            yield f"{path}:{node.lineno} calls .{node.func.attr}: ring() is the only publisher"


def signals(path: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        if any(name.startswith(SIGNAL_MODULES) for name in names):
            yield f"{path}:{node.lineno} uses signals"


def banned_names(path: str, tree: ast.Module) -> Iterator[str]:
    for part in path.removesuffix(".py").split("/"):
        if _is_banned(part):
            yield f"{path} has the banned name {part}"
    for node in ast.walk(tree):
        for name in _defined_by(node):
            if _is_banned(name):
                yield f"{path}:{getattr(node, 'lineno', 0)} defines the banned name {name}"


def _defined_by(node: ast.AST) -> list[str]:
    """The names that a node brings into the world."""
    if isinstance(node, ast.ClassDef):
        # A subclass of Django's own Manager keeps the framework's word.
        bases = [
            base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases
        ]
        return [] if any(base.endswith("Manager") for base in bases) else [node.name]
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return [node.name]
    if isinstance(node, ast.arg):
        return [node.arg]
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return [node.id]
    return []


def _is_banned(name: str) -> bool:
    bare = name.strip("_")
    return name not in FRAMEWORK_METHODS and (
        bare.lower() in BANNED_NAMES
        or bare.startswith(BANNED_BEGINNINGS)
        or (bare[:1].isupper() and not bare.isupper() and bare.endswith(BANNED_ENDINGS))
    )


RULES = (
    Rule("no imports inside functions", imports_inside_functions, "adk/x.py", "def f():\n    import os\n"),
    Rule("no relative imports", relative_imports, "adk/x.py", "from . import formats\n"),
    Rule("no .objects at the edge", objects_at_the_edge, "bar/views.py", "bars = Bar.objects.all()\n"),
    Rule("only ring() publishes", publishing_past_the_doorbell, "adk/tasks.py", "check.delay()\n"),
    Rule("no signals", signals, "bar/models.py", "from django.dispatch import receiver\n"),
    Rule("no banned module", banned_names, "adk/utils.py", "x = 1\n"),
    Rule("no banned function", banned_names, "adk/x.py", "def process_upload(): ...\n"),
    Rule("no banned class", banned_names, "adk/x.py", "class UploadManager: ...\n"),
    Rule("no banned variable", banned_names, "adk/x.py", "data = 1\n"),
)
