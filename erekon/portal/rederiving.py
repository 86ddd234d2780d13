"""The satker's lines file of a run: as stored, or made again from the upload's bytes by the gate."""

from adk.formats.gate import inspect
from adk.models import Upload
from adk.services.checking import expected_of, references_of
from erekon.lib import files
from erekon.lib.refusals import Refusal
from reconciliation.matching.lines import pack
from reconciliation.models import MatchRun, Reconciliation
from reconciliation.services.cases import parse_period
from reconciliation.services.rederiving import CannotRederive


def lines_of(run: MatchRun) -> bytes:
    """The lines file that the run compared. Raises CannotRederive when neither it nor the upload is whole."""
    name = run.sai_sha256 or run.submission.lines
    try:
        return files.read(name)
    except (files.FileDamaged, ValueError):
        content = _from_upload(run)
    if files.name_of(content) != name:
        raise CannotRederive(f"the lines file {name} is missing or damaged, and the upload gives another")
    return content


def _from_upload(run: MatchRun) -> bytes:
    upload = Upload.objects.filter(submission=run.submission).first()
    try:
        content = files.read(run.submission.sha256)
    except (files.FileDamaged, ValueError):
        raise CannotRederive("lines file and upload are both missing or damaged") from None
    expected, references = expected_of(run.case), references_of(run.case.period.year)
    found = inspect(content, upload.filename if upload else run.submission.filename, expected, references)
    if found.lines is None or found.opening is None:
        raise CannotRederive("the lines file is missing or damaged, and the gate no longer passes the upload")
    return pack(found.lines, found.opening)


def run_of(text: str, number: int | None) -> MatchRun:
    """The run of a case given by its id or as `503202/2026-09`; without a number the one that stands.

    Raises CannotRederive where there is none.
    """
    runs = MatchRun.objects.select_related("case__period", "case__satker__eselon_satu", "submission")
    case = _case(text)
    chosen = {"pk": case.run_id or 0} if number is None else {"number": number}
    run = runs.filter(case=case, **chosen).first()
    if run is None:
        raise CannotRederive(f"case {text} has no such run")
    return run


def _case(text: str) -> Reconciliation:
    satker, slash, period = text.partition("/")
    cases = Reconciliation.objects.all()
    if slash:
        try:
            year, month = parse_period(period)
        except Refusal:
            raise CannotRederive(f"not a period: {period}") from None
        found = cases.filter(satker=satker, period__year=year, period__month=month).first()
    else:
        found = cases.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 19 else None  # noqa: PLR2004
    if found is None:
        raise CannotRederive(f"no case {text}")
    return found
