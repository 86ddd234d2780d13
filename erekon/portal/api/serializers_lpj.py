"""The LPJs of a case, in and out."""

from typing import Any

from rest_framework import serializers as s

from reconciliation.lpj.lines import Bendahara
from reconciliation.lpj.report import State

MOST_ROWS = 50


class LpjAccountSerializer(s.Serializer[Any]):
    """Closing balance of one GL account on the Neraca Percobaan, whole rupiah, debit positive."""

    code = s.CharField()
    balance = s.IntegerField()


class LpjLineSerializer(s.Serializer[Any]):
    """One row of an LPJ; null where nothing was entered or nothing is compared."""

    code = s.CharField()
    label = s.CharField()  # type: ignore[assignment]  # DRF's own attribute is the form label
    amount = s.IntegerField(allow_null=True)
    ledger = s.IntegerField(allow_null=True)
    difference = s.IntegerField(allow_null=True, help_text="amount − ledger")
    state = s.ChoiceField(choices=[state.value for state in State])
    accounts = LpjAccountSerializer(many=True)


class LpjReportSerializer(s.Serializer[Any]):
    """One treasurer's LPJ; `held` is cash and bank, `booked` the balances, `gap` held − booked."""

    bendahara = s.ChoiceField(choices=[one.value for one in Bendahara])
    label = s.CharField()  # type: ignore[assignment]
    entered = s.BooleanField()
    version = s.IntegerField()
    number = s.CharField(allow_blank=True)
    date = s.DateField(allow_null=True)
    written_by = s.CharField(allow_null=True)
    written_at = s.DateTimeField(allow_null=True)
    warnings = s.IntegerField()
    held = s.IntegerField(allow_null=True)
    booked = s.IntegerField(allow_null=True)
    gap = s.IntegerField()
    notes = s.ListField(
        child=s.CharField(), help_text="A sentence for each account below zero that no cash has"
    )
    lines = LpjLineSerializer(many=True)


class LpjSerializer(s.Serializer[Any]):
    """Both LPJs; `warnings` never changes the verdict of the case."""

    warnings = s.IntegerField()
    reports = LpjReportSerializer(many=True)


class LpjEntrySerializer(s.Serializer[Any]):
    """An LPJ as typed; `version` is the one that was read (0: none yet), the service judges the rest."""

    version = s.IntegerField(min_value=0, max_value=2**31 - 1)
    number = s.CharField(required=False, default="", allow_blank=True, max_length=500)
    date = s.CharField(required=False, default="", allow_blank=True, allow_null=True, max_length=40)
    amounts = s.DictField(required=False, default=dict, help_text="row code: whole rupiah, text or null")

    def validate_date(self, text: str | None) -> str:
        """Null is no date."""
        return text or ""

    def validate_amounts(self, amounts: dict[str, Any]) -> dict[str, Any]:
        """So many rows as an LPJ may ever have."""
        if len(amounts) > MOST_ROWS:
            raise s.ValidationError(f"Paling banyak {MOST_ROWS} baris.")
        return amounts
