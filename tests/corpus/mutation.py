"""Seeded mutations of valid and odd ADKs: in the archive, in a table before it is packed, or in both."""

from functools import cache
from random import Random

from adk.formats.traits import TRAITS
from adk.formats.zipwriting import ZipMember, write_zip
from tests.corpus.case import Made
from tests.unit.adk.formats.cast import row, rows, satker

SNIPPETS = [
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"PK\x06\x07",
    b"PK\x07\x08",
    b"\x80\0\0\0",
    b"-",
    b"*",
    b"\x1a",
    b"\x0d",
    b"        ",
]
SHAPES = (None, "descriptor", "zip64", "tanpa_kompresi", "tanpa_backlink", "kolom_terbalik", "dbf_polos")


def mutate(content: bytes, random: Random) -> bytes:
    """The bytes with one to five small changes; never empty."""
    raw = bytearray(content)
    for _ in range(random.choice([1, 1, 2, 5])):
        at = random.randrange(len(raw))
        match random.randrange(6):
            case 0:
                raw[at] = random.randrange(256)
            case 1:
                raw[at] ^= 1 << random.randrange(8)
            case 2:
                del raw[at : at + random.randrange(1, 40)]
            case 3:
                raw[at:at] = random.randbytes(random.randrange(1, 20))
            case 4:
                start = random.randrange(len(raw))
                raw[at:at] = raw[start : start + random.randrange(1, 500)]
            case _:
                snippet = random.choice(SNIPPETS)
                raw[at : at + len(snippet)] = snippet
        raw = raw or bytearray(b"x")
    return bytes(raw)


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
