"""Building a hint from the line it explains."""

from reconciliation.matching.hints.hint import Hint
from tests.oracle.hints.evidence import DetailLine, Scene


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
