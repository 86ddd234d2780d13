"""Building hints from the lines they explain."""

from collections.abc import Iterator

from reconciliation.matching.hints.evidence import Scene
from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.hints.line import DetailLine
from reconciliation.matching.hints.table import Chosen


def hint_of(
    scene: Scene,
    line: DetailLine,
    code: str,
    words: dict[str, str],
    *,
    variant: str = "",
    others: tuple[int, ...] = (),
    leading: bool = False,
) -> Hint:
    """The hint `code` for one line; `words` fill the gaps of its sentence."""
    return Hint(
        code=code,
        element=scene.element.code,
        position=line.position,
        explains=abs(line.gap),
        variant=variant,
        words=tuple(sorted(words.items())),
        others=others,
        leading=leading,
    )


def hints_by_number(scene: Scene, lines: Chosen, code: str) -> Iterator[Hint]:
    """The hint `code` for each of the lines, its only word the document's number: from the columns alone."""
    table, element = lines.table, scene.element.code
    detail = table.detail[lines.numbers]
    columns = (table.at[lines.numbers], detail["siap"], detail["sai"], detail["nodok"])
    for position, siap, sai, number in zip(*(column.tolist() for column in columns), strict=True):
        text = number.decode(
            "ascii" if number.isascii() else "cp1252"
        )  # a third of the time, and nearly always
        yield Hint(code, element, position, abs(siap - sai), "", (("n", text),))
