"""A run of the matcher over one submission, and its stored results."""

from typing import ClassVar

from django.db import models

from accounts.scoping import ScopedQuerySet
from erekon.lib.files import StoredFileField
from erekon.lib.leases import RunRow
from reconciliation.models.case import Reconciliation
from reconciliation.models.submission import Submission


class RunQuerySet(ScopedQuerySet["MatchRun"]):
    """Runs, scoped by the satker of their case."""

    scope_path = "case__satker"
    office_path = "case__office"


class RunStep(models.TextChoices):
    """What a run row is to do next."""

    MATCH = "MATCH"
    PUBLISH = "PUBLISH"


class MatchRun(RunRow):
    """Compare, then publish. `outcome` names the stored result, `workbook` the LHR of PUBLISH.

    What was compared, and how, is kept so that the result can be worked out again: `rule_version` and
    `outcome_version` of the matcher, `ledger_version` and `siap_sha256` of the treasury's rows, `sai_sha256`
    of the satker's lines, `terpusat_sha256` of the rows of Rekonsiliasi Terpusat; the rest is in RunInputs.
    """

    case = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="runs")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=8, choices=RunStep, default=RunStep.MATCH)
    rule_version = models.CharField(max_length=20, blank=True)
    outcome_version = models.PositiveSmallIntegerField(null=True, blank=True)
    terpusat_sha256 = models.CharField(max_length=64, blank=True, default="")
    sai_sha256 = models.CharField(max_length=64, blank=True, default="")
    siap_sha256 = models.CharField(max_length=64, blank=True, default="")
    ledger_version = models.PositiveIntegerField(null=True, blank=True)
    ledger_at = models.DateTimeField(null=True, blank=True)
    outcome = StoredFileField()
    workbook = StoredFileField()
    verdict = models.CharField(max_length=4, blank=True)
    outside_siap_rows = models.PositiveIntegerField(default=0)
    outside_siap_total = models.BigIntegerField(default=0)
    outside_sai_rows = models.PositiveIntegerField(default=0)
    outside_sai_total = models.BigIntegerField(default=0)

    objects: ClassVar[RunQuerySet] = RunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(RunRow.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="run_once")]

    def __str__(self) -> str:
        return f"{self.case_id} run {self.number}"


class RunInputs(models.Model):
    """What a run read besides the rows; never changed.

    `facts` are `reconciliation.inputs.Inputs` as JSON. `others` are the SiAP rows through other KPPNs:
    [[kppn, rows, rupiah as booked]]. `workbook_version` is null until PUBLISH.
    """

    run = models.OneToOneField(MatchRun, primary_key=True, on_delete=models.CASCADE, related_name="inputs")
    facts = models.JSONField()
    ahead_sha256 = models.CharField(max_length=64, blank=True, default="")
    others = models.JSONField(default=list)
    workbook_version = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"inputs of run {self.run_id}"


class ElementResult(models.Model):
    """One element of one run: both totals in whole rupiah as shown, the two checks, counts at each grain."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="elements")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=8)
    applicable = models.BooleanField()
    siap = models.BigIntegerField()
    sai = models.BigIntegerField()
    rupiah_equal = models.BooleanField()
    coa_equal = models.BooleanField()
    coa_lines = models.PositiveIntegerField()
    coa_different = models.PositiveIntegerField()
    detail_lines = models.PositiveIntegerField()
    detail_different = models.PositiveIntegerField()
    gap = models.BigIntegerField(default=0, help_text="Absolute rupiah that differ, document by document")
    hinted = models.BigIntegerField(default=0, help_text="How much of `gap` a likely cause was found for")
    cash = models.JSONField(
        default=list, help_text="[{code, siap, sai}] of the S, M, K lines of a cash element"
    )
    accounts = models.JSONField(
        default=list, help_text="`reconciliation.matching.accounts.AccountSums`, as lists"
    )

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["run", "code"], name="element_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.code}"

    @property
    def difference(self) -> int:
        """SiAP − SAI, whole rupiah."""
        return self.siap - self.sai

    @property
    def equal(self) -> bool:
        """Sama: equal at Rupiah and at CoA."""
        return self.rupiah_equal and self.coa_equal
