"""Are the stored files what the rows say? Every file is hashed again, and every row's file looked for."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings

from erekon.lib.files import StoredFileField, path_of

_TEMPORARY = ".incoming-"


@dataclass(frozen=True)
class Fault:
    """One stored file that is not as it should be: `kind` HILANG, RUSAK or ASING, and who names it."""

    kind: str
    name: str
    named_by: str


@dataclass(frozen=True)
class FileCheck:
    """How many files rows name, how many stand in the store, and what is wrong."""

    named: int
    stored: int
    unnamed: int
    faults: tuple[Fault, ...]


def check_files() -> FileCheck:
    """Hash every stored file and look for every file that a row names; changes nothing.

    A file that no row names is counted and no fault: bytes are stored before the row that names them.
    """
    named = dict(_named())
    stored = {path.name: path for path in _stored()}
    missing = [Fault("HILANG", sha256, who) for sha256, who in named.items() if sha256 not in stored]
    wrong = [_fault(path, named.get(name, "-")) for name, path in stored.items() if not _is_whole(path)]
    return FileCheck(len(named), len(stored), len(set(stored) - set(named)), tuple(missing + wrong))


def _named() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StoredFileField):
                rows = (
                    model._base_manager.exclude(**{field.name: ""}).values_list(field.name, "pk").iterator()
                )
                yield from ((sha256, f"{model._meta.label}.{field.name} {pk}") for sha256, pk in rows)


def _stored() -> Iterator[Path]:
    """Every file of the store; what is just being written is nobody's yet."""
    root = Path(settings.MEDIA_ROOT) / "files"
    return (path for path in root.rglob("*") if path.is_file() and not path.name.startswith(_TEMPORARY))


def _is_whole(path: Path) -> bool:
    try:
        with path.open("rb") as handle:
            return (
                path == path_of(path.name) and hashlib.file_digest(handle, "sha256").hexdigest() == path.name
            )
    except (OSError, ValueError):
        return False


def _fault(path: Path, named_by: str) -> Fault:
    try:
        kind = "RUSAK" if path == path_of(path.name) else "ASING"
    except ValueError:
        kind = "ASING"
    return Fault(kind, path.name, named_by)
