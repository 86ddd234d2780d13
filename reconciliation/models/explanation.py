"""What the satker says about a difference, and what Vera decided about it."""

from typing import ClassVar

from django.db import models

from accounts.models import User
from accounts.scoping import ScopedQuerySet
from reconciliation.models.case import Reconciliation


class ExplanationQuerySet(ScopedQuerySet["Explanation"]):
    """Explanations, scoped by the satker of their case."""

    scope_path = "case__satker"
    office_path = "case__office"


class Location(models.TextChoices):
    """Where the satker sees the mistake."""

    SATKER = "SATKER", "Di satker, akan diperbaiki"
    SIAP = "SIAP", "Di data KPPN (SiAP)"
    BEDA_PERIODE = "BEDA_PERIODE", "Beda periode"
    LAINNYA = "LAINNYA", "Lainnya"


class Reason(models.TextChoices):
    """Why a difference may stand."""

    SALAH_SIAP = "SALAH_SIAP", "Salah data SiAP, menunggu koreksi KPPN"
    BEDA_TANGGAL_BUKU = "BEDA_TANGGAL_BUKU", "Beda tanggal buku koreksi"
    KPPN_LAIN = "KPPN_LAIN", "Transaksi melalui KPPN lain"
    REVISI_DIPA = "REVISI_DIPA", "Revisi DIPA dalam proses"
    TERPUSAT = "TERPUSAT", "Setoran di rekonsiliasi terpusat"
    RETUR_VOID = "RETUR_VOID", "Retur atau pembatalan SP2D"
    LAINNYA = "LAINNYA", "Lainnya"


class Decision(models.TextChoices):
    """Where an explanation stands."""

    DITULIS = "DITULIS", "Menunggu Vera"
    DITERIMA = "DITERIMA", "Diterima KPPN"
    DITOLAK = "DITOLAK", "Ditolak KPPN"
    GUGUR = "GUGUR", "Gugur, selisihnya berubah"


class Explanation(models.Model):
    """One explanation per (element, akun) of a case, for the amounts it was written about (whole rupiah).

    `version` rises with each writing, so that nobody replaces words that he has not seen.
    """

    case = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="explanations")
    element = models.CharField(max_length=8)
    akun = models.CharField(max_length=6)
    location = models.CharField(max_length=14, choices=Location)
    reason = models.CharField(max_length=20, choices=Reason)
    text = models.TextField()
    siap = models.BigIntegerField()
    sai = models.BigIntegerField()
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.DITULIS)
    decision_reason = models.TextField(blank=True, default="")
    carried_from = models.PositiveIntegerField(null=True, blank=True)
    written_for = models.PositiveIntegerField(help_text="Number of the upload it was written for")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    judge = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ExplanationQuerySet] = ExplanationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["case", "element", "akun"], name="explanation_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.element} {self.akun}"
