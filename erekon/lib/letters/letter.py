"""A letter as content, every sentence decided, and its one renderer; equal letters give equal bytes."""

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from erekon.lib.pdf.layout import columns, kop, pairs
from erekon.lib.pdf.sheet import WIDTH, Sheet, render
from erekon.lib.pdf.text import BODY, MUTED_SMALL, STRONG, SUBTITLE, block, heading

BLANK = "." * 40  # where a pen writes
_LABEL = 42 * mm
_REFERENCE = (22 * mm, WIDTH - 80 * mm, 58 * mm)


@dataclass(frozen=True, slots=True)
class Points:
    """Numbered sentences."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Labels with their values."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose name stands under the letter: capacity, name and NIP; blank where a pen writes them."""

    capacity: str
    name: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The bodies above, the office, its address."""

    above: tuple[str, ...]
    office: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter (with `reference` and `addressee`) or minutes (with a `title`, and a `number` under it)."""

    name: str
    head: Letterhead
    body: tuple[str | Points | Table, ...]
    signers: tuple[Signer, ...]
    place_date: str
    title: str = ""
    number: str = ""
    reference: tuple[tuple[str, str], ...] = ()
    addressee: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    note: str = ""


def render_letter(letter: Letter) -> bytes:
    """The letter as PDF bytes, unsigned."""
    story: list[Flowable] = [*kop(letter.head.above, letter.head.office, letter.head.address)]
    story += _opening(letter)
    for part in letter.body:
        story += [*_part(part), Spacer(0, 7)]
    story.append(KeepTogether(list(_closing(letter))))
    sheet = Sheet(
        title=letter.name,
        author=letter.head.office,
        subject=letter.name,
        footer=letter.note,
        footer_left="e-Rekon-LK",
        footer_right=letter.number or letter.name,
    )
    return render(story, sheet)


def _opening(letter: Letter) -> Iterator[Flowable]:
    if letter.title:
        yield heading(letter.title)
        yield block(f"Nomor {letter.number or BLANK}", SUBTITLE)
        yield Spacer(0, 12)
        return
    for at, (label, text) in enumerate(letter.reference):
        dated = block(letter.place_date if at == 0 else "")
        yield columns([block(label), block(f": {text}"), dated], _REFERENCE, gap=6)
    yield Spacer(0, 14)
    yield from (block(line) for line in letter.addressee)
    yield Spacer(0, 12)


def _part(part: str | Points | Table) -> Iterator[Flowable]:
    if isinstance(part, Points):
        for number, text in enumerate(part.texts, 1):
            yield columns([block(f"{number}."), block(text)], [14, WIDTH - 14], gap=0)
    elif isinstance(part, Table):
        yield pairs([(block(label), block(f": {text}")) for label, text in part.rows], _LABEL)
    else:
        yield block(part)


def _closing(letter: Letter) -> Iterator[Flowable]:
    yield Spacer(0, 6)
    if letter.title:
        yield block(letter.place_date)
        yield Spacer(0, 5)
    cells = [list(_signature(signer)) for signer in letter.signers]
    yield columns(cells if len(cells) > 1 else [[block("")], *cells], gap=20)
    if letter.copies:
        yield Spacer(0, 12)
        yield block("Tembusan:", MUTED_SMALL)
        yield from (block(f"{number}. {text}", MUTED_SMALL) for number, text in enumerate(letter.copies, 1))


def _signature(signer: Signer) -> Iterator[Flowable]:
    yield block(signer.capacity, BODY)
    yield Spacer(0, 20 * mm)
    yield block(signer.name or BLANK, STRONG)
    yield block(f"NIP {signer.nip or '.' * 24}")
