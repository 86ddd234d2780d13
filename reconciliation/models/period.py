"""Periods: when a month opens and closes for upload, by letter of the head office."""

import calendar
from datetime import date, datetime

from django.db import models

from erekon.lib.indonesian import month_name


class FiscalYear(models.Model):
    """The first month whose cumulative ADK is accepted in a year (2016: May); absent means January."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    first_month = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.year)


class Period(models.Model):
    """One month of one fiscal year with its four instants; `opens_at` and `closes_at` are inclusive.

    The instants are null while no letter has set the schedule: nothing is open then.
    """

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    on_time_until = models.DateTimeField(null=True, blank=True)
    sanction_from = models.DateTimeField(null=True, blank=True)
    letter_number = models.CharField(max_length=80, blank=True)
    letter_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-year", "-month")
        constraints = [
            models.UniqueConstraint(fields=["year", "month"], name="period_once"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="period_closes_after"
            ),
            models.CheckConstraint(condition=models.Q(month__gte=1, month__lte=12), name="period_month"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The period as the API writes it: `2026-09`."""
        return f"{self.year}-{self.month:02d}"

    @property
    def label(self) -> str:
        """The period as people say it: `September 2026`."""
        return f"{month_name(self.month)} {self.year}"

    @property
    def last_day(self) -> date:
        """The last day of the month: SiAP rows count up to and including it."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def is_open(self, at: datetime) -> bool:
        """Whether the schedule lets an upload in whose first byte arrived at this instant."""
        return bool(self.opens_at and self.closes_at and self.opens_at <= at <= self.closes_at)


class Holiday(models.Model):
    """A day without office: national, cuti bersama, or local to one KPPN."""

    date = models.DateField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=14)
    kppn = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["date", "kind", "kppn"], name="holiday_once")]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
