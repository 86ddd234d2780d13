"""The kept uploads of a case, and any two of them compared."""

from dataclasses import dataclass

from adk.models import Upload, Verdict
from erekon.lib import files
from erekon.lib.refusals import Refusal
from reconciliation.comparing import Comparison, compare
from reconciliation.matching.lines import unpack
from reconciliation.models import Reconciliation, Submission


@dataclass(frozen=True)
class Versions:
    """Two uploads of a case side by side; `comparison` is None where one of them never became data.

    `identical` tells equal bytes, `opening_equal` whether the opening balances agree.
    """

    before: Upload
    after: Upload
    identical: bool
    comparison: Comparison | None
    opening_equal: bool = True


def uploads_of(case: Reconciliation) -> list[Upload]:
    """Every upload of a case the caller already sees, newest first."""
    return list(
        Upload.objects.filter(case=case).select_related("received_by", "submission").order_by("-number")
    )


def two_of(uploads: list[Upload], first: str, second: str) -> tuple[Upload, Upload]:
    """The chosen two by number; left open, the last two that passed the check, else the last two.

    Raises TIDAK_DITEMUKAN for a number that no upload has, or where there is only one upload.
    """
    usual = [one for one in uploads if one.verdict == Verdict.STANDAR] + uploads
    last = usual[0] if usual else None
    earlier = next((one for one in usual if last is not None and one.number < last.number), last)
    before = _numbered(uploads, first, earlier)
    return before, _numbered(uploads, second, last)


def _numbered(uploads: list[Upload], number: str, otherwise: Upload | None) -> Upload:
    found = next((one for one in uploads if str(one.number) == number), None) if number else otherwise
    if found is None:
        raise Refusal("TIDAK_DITEMUKAN")
    return found


def compared(before: Upload, after: Upload) -> Versions:
    """The rows of one upload against those of another of the same case. Raises FileDamaged as the store does."""
    if before.sha256 == after.sha256:
        return Versions(before, after, identical=True, comparison=None)
    submissions = [_submission(before), _submission(after)]
    if None in submissions:
        return Versions(before, after, identical=False, comparison=None)
    sides = [unpack(files.read(one.lines)) for one in submissions if one is not None]
    (lines_before, opening_before), (lines_after, opening_after) = sides
    return Versions(
        before,
        after,
        identical=False,
        comparison=compare(lines_before, lines_after),
        opening_equal=sorted(opening_before.tolist()) == sorted(opening_after.tolist()),
    )


def _submission(upload: Upload) -> Submission | None:
    """What the upload became; one with the bytes of another stands for that one."""
    if upload.submission is not None or upload.same_as is None:
        return upload.submission
    return Submission.objects.filter(case=upload.case_id, number=upload.same_as).first()
