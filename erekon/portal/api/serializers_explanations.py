"""What goes in and out of the addresses of explanations. `version` and `seen` are additions to the contract."""

from typing import Any

from rest_framework import serializers as s


class ExplanationSerializer(s.Serializer[Any]):
    """An explanation as written; the service judges its fields and names each that is wrong.

    `version` is the one that the writer replaces (0: none stood); `If-Match` says the same. Without either,
    only words of the caller's own are replaced.
    """

    location = s.CharField(required=False, default="", allow_blank=True)
    reason = s.CharField(required=False, default="", allow_blank=True)
    text = s.CharField(required=False, default="", allow_blank=True, trim_whitespace=True)
    version = s.IntegerField(required=False, min_value=0, max_value=2**31 - 1)


class JudgeSerializer(s.Serializer[Any]):
    """A decision: the reason (refusing), and the mark of what was seen, as the reading gave it."""

    reason = s.CharField(required=False, default="", allow_blank=True, max_length=2000)
    seen = s.CharField(required=False, default="", allow_blank=True, max_length=400)
    content_hash = s.CharField(required=False, default=None, allow_null=True, max_length=64)
    run = s.IntegerField(required=False, default=None, allow_null=True, min_value=1, source="run_number")


class EvidenceUploadSerializer(s.Serializer[Any]):
    """One file; the service tells by its content what it is."""

    file = s.FileField(allow_empty_file=True, max_length=255)


class MessageUploadSerializer(s.Serializer[Any]):
    """One message for the thread."""

    text = s.CharField(required=False, default="", allow_blank=True)


class EvidenceSerializer(s.Serializer[Any]):
    """A file that stands with a difference."""

    id = s.IntegerField()
    name = s.CharField()
    kind = s.ChoiceField(choices=["pdf", "jpg", "png"])
    size = s.IntegerField()
    sha256 = s.CharField()
    added_by = s.CharField()
    added_at = s.DateTimeField()
    added_for = s.IntegerField(help_text="number of the upload it was added for")
    url = s.CharField()


class MessageSerializer(s.Serializer[Any]):
    """A line of the thread, oldest first: a message, a written explanation, or a reason for refusing."""

    id = s.IntegerField()
    kind = s.ChoiceField(choices=["PESAN", "JELASKAN", "TOLAK"])
    version = s.IntegerField(allow_null=True)
    text = s.CharField()
    author = s.CharField()
    role = s.CharField()
    at = s.DateTimeField()


class ExplanationDocumentSerializer(s.Serializer[Any]):
    """One difference with what was said about it; whole rupiah; null where nothing was written."""

    element = s.CharField()
    akun = s.CharField()
    siap = s.IntegerField()
    sai = s.IntegerField()
    difference = s.IntegerField()
    version = s.IntegerField()
    seen = s.CharField(allow_blank=True)
    location = s.CharField(allow_null=True)
    reason = s.CharField(allow_null=True)
    text = s.CharField(allow_null=True)
    decision = s.CharField(allow_null=True)
    decision_reason = s.CharField(allow_null=True)
    author = s.CharField(allow_null=True)
    written_at = s.DateTimeField(allow_null=True)
    written_for = s.IntegerField(allow_null=True)
    carried_from = s.IntegerField(allow_null=True)
    evidence = EvidenceSerializer(many=True)
    messages = MessageSerializer(many=True)
