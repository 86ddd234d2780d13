"""References of the chart of accounts; each may say from when to when it holds."""

from django.db import models


class Dated(models.Model):
    """Abstract: a reference row with an optional span of validity."""

    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Akun(Dated):
    """An account of the Bagan Akun Standar; `normal_balance` is D or K."""

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=200)
    normal_balance = models.CharField(max_length=1)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Sdcp(Dated):
    """Sumber dana (2 digits) and cara penarikan (1)."""

    code = models.CharField(max_length=3, primary_key=True)

    def __str__(self) -> str:
        return self.code


class Bank(Dated):
    """A bank or post account of a KPPN."""

    code = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Program(Dated):
    """A programme code inside BA and eselon I."""

    ba = models.CharField(max_length=3)
    es1 = models.CharField(max_length=2)
    code = models.CharField(max_length=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ba", "es1", "code"], name="program_once")]

    def __str__(self) -> str:
        return f"{self.ba}.{self.es1}.{self.code}"


class Output(Dated):
    """An output code inside a kegiatan."""

    kegiatan = models.CharField(max_length=4)
    code = models.CharField(max_length=3)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kegiatan", "code"], name="output_once")]

    def __str__(self) -> str:
        return f"{self.kegiatan}.{self.code}"


class Terpusat(Dated):
    """Accounts of a BA+ES1 that are reconciled centrally, in the case of one satker."""

    ba = models.CharField(max_length=3)
    es1 = models.CharField(max_length=2)
    satker_pusat = models.CharField(max_length=6)
    akun_from = models.CharField(max_length=6)
    akun_to = models.CharField(max_length=6)
    counterpart = models.CharField(max_length=5)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ba", "es1", "satker_pusat", "akun_from", "akun_to"], name="terpusat_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ba}.{self.es1} {self.akun_from}-{self.akun_to}"
