"""Named mistakes and odd-but-legal traits, each a change of a draft, for `make_adk` and the tests."""

from dataclasses import dataclass
from typing import Literal

from adk.formats.drafts import Draft
from adk.formats.mistakes_archive import ARCHIVE, Spoil
from adk.formats.mistakes_table import TABLE
from adk.formats.mistakes_treasury import TREASURY
from adk.formats.traits import TRAITS


@dataclass(frozen=True)
class Mistake:
    """One change of an ADK: `code` is the finding it must lead to, None when the ADK stays acceptable."""

    name: str
    code: str | None
    of: Literal["satker", "kppn"]
    spoil: Spoil

    def build(self, draft: Draft) -> tuple[str, bytes]:
        """File name and bytes of the draft with the mistake in it; the draft is used up."""
        self.spoil(draft)
        return draft.build()


MISTAKES: dict[str, Mistake] = {
    mistake.name: mistake
    for mistake in (
        *(Mistake(name, code, "satker", spoil) for name, (code, spoil) in {**ARCHIVE, **TABLE}.items()),
        *(Mistake(name, None, "satker", spoil) for name, spoil in TRAITS.items()),
        *(Mistake(name, code, "kppn", spoil) for name, (code, spoil) in TREASURY.items()),
    )
}
