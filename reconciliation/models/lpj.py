"""The LPJ of a satker's treasurers, entered by its operator."""

from typing import ClassVar

from django.db import models

from accounts.models import User
from accounts.scoping import ScopedQuerySet
from reconciliation.lpj.lines import BENDAHARA_LABELS
from reconciliation.models.case import Reconciliation


class LpjQuerySet(ScopedQuerySet["Lpj"]):
    """LPJs, scoped by the satker of their case."""

    scope_path = "case__satker"
    office_path = "case__office"


class Lpj(models.Model):
    """One treasurer's LPJ in one case. `version` is raised by each change; a page writes over the one it saw.

    `amounts` are whole rupiah by the code of the row (`reconciliation.lpj.lines`); a blank row is absent.
    """

    case = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="lpjs")
    bendahara = models.CharField(max_length=12, choices=[(b.value, w) for b, w in BENDAHARA_LABELS.items()])
    number = models.CharField(max_length=80, blank=True, default="")
    dated = models.DateField(null=True, blank=True)
    amounts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects: ClassVar[LpjQuerySet] = LpjQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["case", "bendahara"], name="lpj_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.bendahara}"
