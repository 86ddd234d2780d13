"""The places of the state budget: Kanwil, KPPN, bagian anggaran, eselon I, lokasi, satker."""

from typing import ClassVar

from django.db import models

from accounts.scoping import KppnQuerySet, SatkerQuerySet


class Kanwil(models.Model):
    """A regional office of the treasury; `timezone` (IANA) decides what its documents print as local time."""

    code = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=200)
    letter_code = models.CharField(max_length=10, blank=True)
    timezone = models.CharField(max_length=40, default="Asia/Jakarta")

    def __str__(self) -> str:
        return self.name


class Kppn(models.Model):
    """A treasury service office; `letter_code` is its number in letters (`KP.03`), blank until set."""

    code = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=200)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="kppns")
    letter_code = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=300, blank=True)

    objects: ClassVar[KppnQuerySet] = KppnQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def local(self) -> bool:
        """Whether it is a KPPN; the head office (PUSAT) has central cases only."""
        return self.code.isdigit()


class BagianAnggaran(models.Model):
    """A budget section (ministry or agency), 3 digits."""

    code = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class EselonSatu(models.Model):
    """A first-echelon unit inside a bagian anggaran, 2 digits."""

    ba = models.ForeignKey(BagianAnggaran, on_delete=models.PROTECT, related_name="eselon_satu")
    code = models.CharField(max_length=2)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ba", "code"], name="eselon_satu_once")]

    def __str__(self) -> str:
        return f"{self.ba_id}.{self.code} {self.name}"


class Lokasi(models.Model):
    """A province in the treasury's own numbering, 2 digits."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Satker(models.Model):
    """A government spending unit; one bagian anggaran, one eselon I, one KPPN.

    `is_bun`: it shares one database with BUN, so that there is nothing to reconcile. Other UAKPA BUN are
    reconciled as any satker is.
    """

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=200)
    ba = models.ForeignKey(BagianAnggaran, on_delete=models.PROTECT, related_name="satkers")
    eselon_satu = models.ForeignKey(EselonSatu, on_delete=models.PROTECT, related_name="satkers")
    kewenangan = models.CharField(max_length=2)
    kppn = models.ForeignKey(Kppn, on_delete=models.PROTECT, related_name="satkers")
    lokasi = models.ForeignKey(Lokasi, on_delete=models.PROTECT, related_name="satkers")
    is_blu = models.BooleanField(default=False)
    is_bun = models.BooleanField(default=False)
    sakti_from = models.DateField(null=True, blank=True)
    kmk_number = models.CharField(max_length=80, blank=True)
    konsolidator = models.CharField(max_length=20, blank=True)

    objects: ClassVar[SatkerQuerySet] = SatkerQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def es1(self) -> str:
        """The 2-digit code of its eselon I."""
        return self.eselon_satu.code
