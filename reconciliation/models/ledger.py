"""The treasury's ledger (SiAP) as rows, because it is corrected with history."""

from typing import ClassVar, Self

from django.db import models

from erekon.lib.prepared import Slot


class LedgerState(models.Model):
    """The version of one satker's ledger: a counter raised in every loading transaction.

    `absolute_total` is what all its rows, ended ones too, come to without their signs: no sum over any of them is more.
    """

    satker = models.CharField(max_length=6, primary_key=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    absolute_total = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.satker} v{self.version}"


class LedgerRowQuerySet(models.QuerySet["LedgerRow"]):
    """Rows of the ledger, as they stood."""

    def standing_at(self, version: int | Slot) -> Self:
        """The rows that held at this version of their satker's ledger."""
        ended = models.Q(version_to__isnull=True) | models.Q(version_to__gt=version)
        return self.filter(ended, version_from__lte=version)


class LedgerRow(models.Model):
    """One posted row of a KPPN's ledger; it holds for versions `version_from` up to before `version_to`.

    Versions are those of the row's own satker (LedgerState). A row is never changed or deleted: it ends at
    a version and another follows it, so that what a run read can be read again.

    The satker may be unknown here (suspend 1): the code is kept as sent. `packed` is the row as the lines
    file writes it, so that the matcher reads a satker's year without parsing text again.
    """

    kppn = models.CharField(max_length=5)
    satker = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    posted_on = models.DateField()
    idtrn = models.CharField(max_length=20)
    koreksi = models.CharField(max_length=20, blank=True)
    akun = models.CharField(max_length=6)
    rphreal = models.BigIntegerField()
    packed = models.BinaryField()
    source = models.CharField(max_length=64, help_text="SHA-256 of the KPPN ADK")
    version_from = models.PositiveIntegerField()
    version_to = models.PositiveIntegerField(null=True, blank=True)

    objects: ClassVar[LedgerRowQuerySet] = LedgerRowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["satker", "year", "posted_on"], name="ledger_satker_year"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kppn", "idtrn"],
                condition=models.Q(version_to__isnull=True),
                name="ledger_idtrn_once",
            ),
            models.CheckConstraint(
                condition=models.Q(version_to__gt=models.F("version_from")), name="ledger_ends_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kppn} {self.idtrn}"


class LedgerSent(models.Model):
    """Every column of a ledger row as the KPPN sent it.

    Beside the row and not in it: runs read rows by the hundred thousand, and three quarters of each would be these.
    """

    row = models.OneToOneField(LedgerRow, on_delete=models.CASCADE, primary_key=True, related_name="sent")
    columns = models.JSONField(help_text="Every column of LAK as sent")

    def __str__(self) -> str:
        return str(self.row)
