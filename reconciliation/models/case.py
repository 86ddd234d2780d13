"""The case: one satker and one period; and every change of its stage."""

from typing import ClassVar

from django.db import models

from accounts.models import Assignment, Kppn, Satker, User
from accounts.scoping import ScopedQuerySet
from reconciliation.lifecycle import Action, Stage
from reconciliation.models.period import Period


class CaseQuerySet(ScopedQuerySet["Reconciliation"]):
    """Cases, scoped by their satker."""

    scope_path = "satker"
    office_path = "office"


class Reconciliation(models.Model):
    """A reconciliation case. `stage` is written by `services.moving.move` alone.

    `content_hash` is the SHA-256 of the canonical BAR facts, empty before PERSETUJUAN_BAR. `window_grant`
    lets the satker upload outside the schedule until SIAP_DOWNLOAD. `stale`: its treasury rows changed.
    """

    satker = models.ForeignKey(Satker, on_delete=models.PROTECT, related_name="cases")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="cases")
    office = models.ForeignKey(Kppn, on_delete=models.PROTECT, related_name="cases")
    stage = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Stage], default=Stage.BELUM_UPLOAD)
    stage_since = models.DateTimeField(null=True, blank=True)
    content_hash = models.CharField(max_length=64, blank=True, default="")
    verdict = models.CharField(max_length=4, blank=True, default="")
    window_grant = models.BooleanField(default=False)
    stale = models.BooleanField(default=False)
    early_month = models.BooleanField(default=False)
    unexplained = models.PositiveIntegerField(default=0)
    submission = models.ForeignKey(
        "reconciliation.Submission", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    run = models.ForeignKey(
        "reconciliation.MatchRun", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-period__year", "-period__month", "satker")
        constraints = [models.UniqueConstraint(fields=["satker", "period"], name="case_once")]
        indexes = [
            models.Index(fields=["period", "stage"], name="case_period_stage"),
            models.Index(fields=["office", "stage", "stage_since"], name="case_office_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.satker_id} {self.period.code}"


class StageChange(models.Model):
    """One move of a case: kept for good, written with the move in one transaction."""

    case = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="changes")
    from_stage = models.CharField(max_length=20)
    to_stage = models.CharField(max_length=20)
    action = models.CharField(max_length=16, choices=[(a.value, a.value) for a in Action])
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    assignment = models.ForeignKey(Assignment, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True, default="")
    content_hash = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.action}"
