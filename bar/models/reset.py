"""Written requests of a satker to reset its BAR."""

from typing import ClassVar

from django.db import models

from accounts.models import User
from accounts.scoping import ScopedQuerySet
from bar.models.document import Bar
from erekon.lib.files import StoredFileField
from reconciliation.models import Reconciliation


class ResetQuerySet(ScopedQuerySet["ResetRequest"]):
    """Reset requests, scoped by the satker of their case."""

    scope_path = "case__satker"
    office_path = "case__office"


class ResetState(models.TextChoices):
    """Where a request stands."""

    DIAJUKAN = "DIAJUKAN", "Menunggu keputusan KPPN"
    DISETUJUI = "DISETUJUI", "Disetujui"
    DITOLAK = "DITOLAK", "Ditolak"


class ResetRequest(models.Model):
    """One request: letter number and date, reason, and the scan of the letter as stored bytes."""

    case = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="reset_requests")
    bar = models.ForeignKey(Bar, on_delete=models.PROTECT, related_name="reset_requests")
    letter_number = models.CharField(max_length=80)
    letter_date = models.DateField()
    reason = models.TextField()
    scan = StoredFileField()
    scan_kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=ResetState, default=ResetState.DIAJUKAN)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)

    objects: ClassVar[ResetQuerySet] = ResetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="DIAJUKAN"), name="one_open_reset_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.letter_number}"
