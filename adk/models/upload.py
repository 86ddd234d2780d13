"""Every file a satker sent, good or bad, and every reason the gate gave."""

from typing import ClassVar

from django.db import models

from accounts.models import User
from accounts.scoping import ScopedQuerySet
from adk.models.finding import FindingRow
from erekon.lib.files import StoredFileField
from erekon.lib.leases import RunRow
from reconciliation.models import Reconciliation, Submission


class UploadQuerySet(ScopedQuerySet["Upload"]):
    """Uploads, scoped by the satker of their case."""

    scope_path = "case__satker"
    office_path = "case__office"


class Verdict(models.TextChoices):
    """What the gate said of a file."""

    DIPERIKSA = "DIPERIKSA", "Sedang diperiksa"
    STANDAR = "STANDAR", "Memenuhi standar"
    TIDAK_STANDAR = "TIDAK_STANDAR", "ADK Tidak Standar"
    PERIODE_TIDAK_DIPERKENANKAN = "PERIODE_TIDAK_DIPERKENANKAN", "ADK Periode Jan-Apr Tidak Diperkenankan"


class Upload(RunRow):
    """One received satker ADK; it is its own run row of the gate.

    `received_at` is the instant of the first byte, at which the window was judged. `same_as` is the number
    of the upload with the same bytes that stood when this one came: it is recorded, and nothing moves.
    """

    case = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="uploads")
    number = models.PositiveIntegerField()
    filename = models.CharField(max_length=255)
    sha256 = StoredFileField()
    size = models.PositiveBigIntegerField()
    source = models.CharField(max_length=8, default="SAIBA")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assignment_role = models.CharField(max_length=20)
    window = models.CharField(
        max_length=10, help_text="What opened the window: JADWAL or IZIN (window grant)"
    )
    verdict = models.CharField(max_length=30, choices=Verdict, default=Verdict.DIPERIKSA)
    same_as = models.PositiveIntegerField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    findings_total = models.PositiveIntegerField(default=0)
    submission = models.OneToOneField(
        Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="upload"
    )

    objects: ClassVar[UploadQuerySet] = UploadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(RunRow.Meta):
        abstract = False
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="upload_once")]

    def __str__(self) -> str:
        return f"{self.case_id} #{self.number}"


class Finding(FindingRow):
    """One finding of the gate in a satker ADK."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="findings")

    def __str__(self) -> str:
        return f"{self.upload_id} {self.code}"
