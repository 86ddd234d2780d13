"""Every file a KPPN sent of its ledger, and what was found in it."""

from typing import ClassVar

from django.db import models

from accounts.models import Kppn, User
from accounts.scoping import KppnScopedQuerySet
from adk.models.finding import FindingRow
from adk.models.upload import Verdict
from erekon.lib.files import StoredFileField
from erekon.lib.leases import RunRow


class TreasuryQuerySet(KppnScopedQuerySet["TreasuryIntake"]):
    """Intakes, scoped by their KPPN: satker roles see none."""

    scope_path = "kppn"


class TreasuryIntake(RunRow):
    """One received KPPN ADK; its own run row. `day` is the ledger date, null until it could be read."""

    kppn = models.ForeignKey(Kppn, on_delete=models.PROTECT, related_name="intakes")
    day = models.DateField(null=True, blank=True)
    filename = models.CharField(max_length=255)
    sha256 = StoredFileField()
    size = models.PositiveBigIntegerField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=30, choices=Verdict, default=Verdict.DIPERIKSA)
    rows = models.PositiveIntegerField(default=0)
    unposted = models.PositiveIntegerField(default=0)
    findings_total = models.PositiveIntegerField(default=0)

    objects: ClassVar[TreasuryQuerySet] = TreasuryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(RunRow.Meta):
        abstract = False
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["kppn", "day"], condition=models.Q(verdict="STANDAR"), name="treasury_day_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kppn_id} {self.day}"


class TreasuryFinding(FindingRow):
    """One finding in a KPPN ADK."""

    intake = models.ForeignKey(TreasuryIntake, on_delete=models.CASCADE, related_name="findings")

    def __str__(self) -> str:
        return f"{self.intake_id} {self.code}"
