"""What goes in and out of the roads in."""

from typing import Any

from rest_framework import serializers as s


class UploadFormSerializer(s.Serializer[Any]):
    """A satker ADK for a period; `satker` where the caller has several."""

    file = s.FileField(allow_empty_file=True, max_length=255)
    period = s.CharField(max_length=20)
    satker = s.CharField(required=False, default="", allow_blank=True, max_length=6)


class TreasuryFormSerializer(s.Serializer[Any]):
    """A KPPN ADK."""

    file = s.FileField(allow_empty_file=True, max_length=255)


class ReceivedSerializer(s.Serializer[Any]):
    """The receipt of an upload."""

    id = s.IntegerField()
    case = s.IntegerField()
    number = s.IntegerField()
    verdict = s.CharField()


class FindingSerializer(s.Serializer[Any]):
    """One finding with its sentence."""

    code = s.CharField()
    severity = s.ChoiceField(choices=["galat", "peringatan"])
    message = s.CharField()
    member = s.CharField(allow_null=True)
    row = s.IntegerField(allow_null=True)
    field = s.CharField(allow_null=True)


class UploadSerializer(s.Serializer[Any]):
    """One upload and what the gate found."""

    id = s.IntegerField()
    case = s.IntegerField()
    satker = s.CharField()
    period = s.CharField()
    number = s.IntegerField()
    same_as = s.IntegerField(allow_null=True)
    filename = s.CharField()
    sha256 = s.CharField()
    size = s.IntegerField()
    source = s.CharField()  # type: ignore[assignment]  # DRF's own attribute names the model's
    received_at = s.DateTimeField()
    received_by = s.CharField()
    verdict = s.CharField()
    rows = s.IntegerField()
    findings = FindingSerializer(many=True)
    findings_total = s.IntegerField()


class IntakeReceiptSerializer(s.Serializer[Any]):
    """The receipt of a KPPN ADK."""

    id = s.IntegerField()


class IntakeSerializer(s.Serializer[Any]):
    """One KPPN ADK; `colour` is that of the sending monitor."""

    id = s.IntegerField()
    kppn = s.CharField()
    date = s.DateField(allow_null=True)
    filename = s.CharField()
    received_at = s.DateTimeField()
    verdict = s.CharField()
    colour = s.CharField()
    rows = s.IntegerField()
    findings = FindingSerializer(many=True)
    findings_total = s.IntegerField()
