"""The mutant of a seed: a valid or odd ADK, mutated in the archive or in a table before it is packed."""

from functools import cache
from random import Random

from adk.formats.traits import TRAITS
from adk.formats.zipwriting import ZipMember, write_zip
from tests.corpus.case import Made
from tests.corpus.mutation import mutate
from tests.unit.adk.formats.cast import row, rows, satker

SHAPES = (None, "descriptor", "zip64", "tanpa_kompresi", "tanpa_backlink", "kolom_terbalik", "dbf_polos")


@cache
def _tables(shape: str | None, many: bool) -> tuple[tuple[bytes, bytes], ...]:
    """Names and bytes of the members of a valid ADK in one of its shapes; the longer has no digest to hide behind."""
    more = [row(n, KDTRN="2") for n in range(5, 40)] if many else []
    draft = satker(rows() + more, control=not many, opening={"111611": 5, "111822": -5})
    if shape:
        TRAITS[shape](draft)
    return tuple((table.name.encode(), table.build()) for table in draft.tables.values())


@cache
def _archive(shape: str | None) -> bytes:
    draft = satker(opening={"111611": 5})
    if shape:
        TRAITS[shape](draft)
    return draft.build()[1]


def mutant(seed: int) -> Made:
    """The mutant of a seed: upload name and bytes."""
    random = Random(seed)
    shape, filename = random.choice(SHAPES), "KPPN_KD0150836351609.zip"
    if random.random() < 0.4:
        return filename, mutate(_archive(shape), random)
    tables = _tables(shape, random.random() < 0.5)
    spoilt = random.randrange(len(tables))
    members = [
        ZipMember(name, mutate(raw, random) if n == spoilt else raw, method=random.choice([0, 8]))
        for n, (name, raw) in enumerate(tables)
    ]
    archive = write_zip(members)
    return filename, mutate(archive, random) if random.random() < 0.1 else archive
