"""The parts of a BAR in words: parties, clauses, the places of the signatures; from the frozen content alone."""

from collections.abc import Mapping
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from erekon.lib.pdf.layout import columns
from erekon.lib.pdf.parts import Place
from erekon.lib.pdf.sheet import WIDTH
from erekon.lib.pdf.text import SMALL, STRONG, block, labelled

_GUTTER = 20  # points between the two signers
PLACE_WIDTH = WIDTH / 2 - _GUTTER
PLACE_HEIGHT = 46 * mm


def parties(content: Mapping[str, Any]) -> list[Flowable]:
    """The two parties, numbered, each with its capacity."""
    parts: list[Flowable] = []
    for number, party in enumerate(content["pihak"], 1):
        nip = f"NIP {party['nip']}, " if party["nip"] else ""
        cells = [block(f"{number}."), labelled(f"{party['nama']},", f"{nip}{party['uraian']}")]
        parts += [columns(cells, [14, WIDTH - 14], gap=0), Spacer(0, 2)]
    return parts


def clause_list(content: Mapping[str, Any]) -> list[Flowable]:
    """The numbered clauses."""
    return [
        columns([block(f"{number}."), block(text)], [14, WIDTH - 14], gap=0)
        for number, text in enumerate(content["butir"], 1)
    ]


def signature_row(content: Mapping[str, Any], places: Mapping[str, Place]) -> Flowable:
    """Both signers side by side, each with a place for the stamp; without places (a draft) with the words
    that nobody has signed."""
    cells = []
    for signer in content["penandatangan"]:
        place = places.get(signer["peran"])
        below = [Spacer(0, 6), place] if place else _unsigned(signer)
        cells.append([block(signer["jabatan"]), block(signer["unit"]), *below])
    return columns(cells, gap=_GUTTER)


def _unsigned(signer: Mapping[str, str]) -> list[Flowable]:
    number = [block(f"NIP {signer['nip']}")] if signer["nip"] else []
    return [Spacer(0, 12 * mm), block(signer["nama"], STRONG), *number, block("Belum ditandatangani", SMALL)]
