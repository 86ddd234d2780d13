"""What a satker submitted, as everybody above the roads in reads it."""

from typing import ClassVar

from django.db import models

from accounts.models import User
from accounts.scoping import ScopedQuerySet
from erekon.lib.files import StoredFileField
from reconciliation.models.case import Reconciliation


class SubmissionQuerySet(ScopedQuerySet["Submission"]):
    """Submissions, scoped by the satker of their case."""

    scope_path = "case__satker"
    office_path = "case__office"


class Submission(models.Model):
    """A file or push that passed every check. `number` is the upload's number within the case.

    `sha256` names the bytes as received, `lines` the normalised lines file.
    """

    case = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=8, default="SAIBA")
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    lines = StoredFileField()
    rows = models.PositiveIntegerField()
    warnings = models.PositiveIntegerField(default=0)
    warning_lines = models.JSONField(default=list, help_text="[{code, message, member, row, field}], at most 200")
    received_at = models.DateTimeField()
    uploader = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[SubmissionQuerySet] = SubmissionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="submission_once")]

    def __str__(self) -> str:
        return f"{self.case_id} #{self.number}"


class Balance(models.Model):
    """Sums of the standing submission per ledger and account, whole rupiah; `debit` and `credit` are positive.

    `ledger` is PAGU (KDTRN 2), REALISASI (KDTRN 3, by budget account) or BUKU_BESAR (legs on GL accounts).
    """

    case = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="balances")
    ledger = models.CharField(max_length=10)
    akun = models.CharField(max_length=6)
    debit = models.BigIntegerField()
    credit = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "ledger", "akun"], name="balance_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.ledger} {self.akun}"
