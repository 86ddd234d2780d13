"""One forgery: what was done, the file, what the verifier must say, and the status list in hand."""

from dataclasses import dataclass

from bar.documents.status_list import StatusList
from bar.verify.verdicts import Verdict


@dataclass(frozen=True)
class Case:
    name: str
    pdf: bytes
    verdict: Verdict
    status: StatusList | None = None
