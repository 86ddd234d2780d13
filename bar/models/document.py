"""The BAR, its number register, and its signatures."""

from typing import ClassVar

from django.db import models

from accounts.models import Assignment, Kppn, User
from accounts.scoping import ScopedQuerySet
from erekon.lib.files import StoredFileField
from reconciliation.models import MatchRun, Reconciliation


class BarQuerySet(ScopedQuerySet["Bar"]):
    """BARs, scoped by the satker of their case."""

    scope_path = "case__satker"
    office_path = "case__office"


class BarNumber(models.Model):
    """The gapless register of one KPPN and calendar year: the last number given."""

    kppn = models.ForeignKey(Kppn, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kppn", "year"], name="bar_number_once")]

    def __str__(self) -> str:
        return f"{self.kppn_id} {self.year}: {self.last}"


class BarStatus(models.TextChoices):
    """Where a BAR stands; a voided one is never deleted."""

    DRAFT = "DRAFT"
    BERLAKU = "BERLAKU"
    DIBATALKAN = "DIBATALKAN"


class Bar(models.Model):
    """The n-th BAR of a case (`revision`); its number is kept through undo and decline.

    `content` is the frozen content, every string decided; `sealed` names the final PDF once both signed.
    """

    case = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="bars")
    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    number = models.CharField(max_length=60, unique=True)
    kppn = models.ForeignKey(Kppn, on_delete=models.PROTECT, related_name="bars")
    register_year = models.PositiveSmallIntegerField()
    register_number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    workbook = StoredFileField()
    status = models.CharField(max_length=12, choices=BarStatus, default=BarStatus.DRAFT)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    uploader_nip = models.CharField(max_length=20, blank=True)
    approver_nip = models.CharField(max_length=20)
    verify_id = models.CharField(max_length=26, blank=True, db_index=True)
    token = models.TextField(blank=True)
    sealed = StoredFileField()
    sealed_at = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced"
    )
    voided_at = models.DateTimeField(null=True, blank=True)
    void_letter = models.CharField(max_length=80, blank=True)
    void_letter_date = models.DateField(null=True, blank=True)

    objects: ClassVar[BarQuerySet] = BarQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "revision"], name="bar_revision_once"),
            models.UniqueConstraint(
                fields=["kppn", "register_year", "register_number"], name="bar_register_once"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=~models.Q(status="DIBATALKAN"), name="one_bar_stands"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Signature(models.Model):
    """One signature of one role over one content hash (P-256, DER, hex) and inside one PDF. Voided by DECLINE,
    never deleted.

    The three numbers by which persons are compared stand here, so that the database itself can refuse one
    person in two parts.
    """

    bar = models.ForeignKey(Bar, on_delete=models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=12)
    signer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    nip = models.CharField(max_length=20)
    barred_nip = models.CharField(
        max_length=20, blank=True, help_text="Who may not sign here: uploader or approver"
    )
    key = models.ForeignKey("bar.SignerKey", on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    value = models.TextField()
    document = StoredFileField(help_text="The PDF as it stood with this signature as its last")
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["bar", "role"],
                condition=models.Q(voided_at__isnull=True),
                name="one_signature_per_role",
            ),
            models.UniqueConstraint(
                fields=["bar", "nip"],
                condition=models.Q(voided_at__isnull=True),
                name="one_signature_per_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(nip=models.F("barred_nip")), name="signer_is_not_barred"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bar_id} {self.role}"
