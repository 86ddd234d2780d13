"""The papers of an LHR: the workbook at once, the PDF when somebody asks for it, both of one frozen content."""

from collections.abc import Sequence

from erekon.lib import files
from erekon.lib.prepared_writes import insert_or_keep
from erekon.lib.refusals import Refusal
from reconciliation.lhr import workbook_content
from reconciliation.matching.outcome import Outcome
from reconciliation.matching.results import unpack_outcome
from reconciliation.models import Explanation, LhrEdition, MatchRun
from reconciliation.workbook.frozen import freeze, thaw
from reconciliation.workbook.paper import render_paper
from reconciliation.workbook.render import render_workbook


def make_edition(run: MatchRun, outcome: Outcome, explanations: Sequence[Explanation]) -> LhrEdition:
    """Render the LHR of a run and its outcome with these explanations and store its bytes; the row is not saved yet.

    Bytes come before rows: call it outside the transaction, then `keep_edition` inside.
    """
    content = workbook_content(run, outcome, explanations)
    return LhrEdition(
        workbook=files.store(render_workbook(content)),
        content=files.store(freeze(content, outcome=run.outcome)),
    )


def keep_edition(edition: LhrEdition) -> None:
    """Save an edition, in the caller's transaction; one that stands already stays as it is."""
    insert_or_keep(edition)


def stored_pdf(workbook: str) -> str:
    """The SHA-256 of the PDF that says what this workbook says; rendered and stored when it is first asked for.

    Two who ask at once render the same bytes. Raises BELUM_ADA for a workbook whose content was not kept:
    one made before contents were.
    """
    edition = LhrEdition.objects.filter(pk=workbook).first()
    if edition is None:
        raise Refusal("BELUM_ADA")
    if not edition.pdf:
        content = thaw(files.read(edition.content), stored_outcome)
        edition.pdf = files.store(render_paper(content, fingerprint=edition.content))
        LhrEdition.objects.filter(pk=workbook).update(pdf=edition.pdf)
    pdf: str = edition.pdf
    return pdf


def stored_outcome(sha256: str) -> Outcome:
    """A run's outcome as stored under this name. Raises FileDamaged, or ValueError when it is of no known version."""
    return unpack_outcome(files.read(sha256))
