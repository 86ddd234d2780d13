"""Files that back an explanation: bytes in the store, named by their hash; a row is never deleted."""

from typing import ClassVar

from django.db import models

from accounts.models import User
from accounts.scoping import ScopedQuerySet
from erekon.lib.files import StoredFileField
from reconciliation.models.case import Reconciliation


class EvidenceQuerySet(ScopedQuerySet["Evidence"]):
    """Evidence, scoped by the satker of its case."""

    scope_path = "case__satker"
    office_path = "case__office"


class Evidence(models.Model):
    """One file of one (element, akun): it stays with them from upload to upload until it is removed.

    `kind` (pdf, jpg, png) was told by the content; `name` is safe to hand to a browser and to print.
    """

    case = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="evidence")
    element = models.CharField(max_length=8)
    akun = models.CharField(max_length=6)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    content = StoredFileField()
    added_for = models.PositiveIntegerField(help_text="Number of the upload it was added for")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[EvidenceQuerySet] = EvidenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["case", "element", "akun"], name="evidence_of_difference")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "element", "akun", "content"],
                condition=models.Q(removed_at__isnull=True),
                name="evidence_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.element} {self.akun} {self.name}"
