"""`GET periods/`: the schedule."""

import re
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from erekon.lib import clock
from erekon.lib.paging import CursorPages
from erekon.lib.refusals import field_refusal
from reconciliation.models import Period
from reconciliation.queries import periods_of


class PeriodPages(CursorPages):
    """Newest month first."""

    ordering = ("-year", "-month")  # type: ignore[assignment]


class PeriodSerializer(serializers.ModelSerializer[Period]):
    """One month; `open` says whether the schedule (not a dispensation) lets an upload in now."""

    open = serializers.SerializerMethodField()

    class Meta:
        model = Period
        fields = (
            "year",
            "month",
            "opens_at",
            "closes_at",
            "on_time_until",
            "sanction_from",
            "letter_number",
            "open",
        )

    def get_open(self, period: Period) -> bool:
        """Whether the schedule is open at this instant."""
        return period.is_open(clock.now())


class PeriodsView(ListAPIView[Period]):
    """The schedule, of one year when asked; the same for everybody who is signed in."""

    serializer_class = PeriodSerializer
    pagination_class = PeriodPages

    @extend_schema(parameters=[OpenApiParameter("year", int)])
    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """One page of periods."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Period]:
        year = self.request.query_params.get("year")
        if year is not None and not re.fullmatch(r"[0-9]{4}", year):
            raise field_refusal(year="Tahun ditulis dengan empat angka, misalnya 2026.")
        return periods_of(int(year) if year else None)
