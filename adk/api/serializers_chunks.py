"""What goes in and out of sending in chunks."""

from typing import Any

from rest_framework import serializers as s


class AnnouncementSerializer(s.Serializer[Any]):
    """A file before its first byte: for which period, its size in bytes and the SHA-256 of the whole."""

    period = s.CharField(max_length=20)
    satker = s.CharField(required=False, default="", allow_blank=True, max_length=6)
    filename = s.CharField(max_length=255)
    size = s.IntegerField(min_value=1)
    sha256 = s.CharField(max_length=64)


class HalfSentSerializer(s.Serializer[Any]):
    """A half-sent upload: the numbers of its missing chunks, and the upload it became once it is whole."""

    id = s.IntegerField()
    size = s.IntegerField()
    chunk_size = s.IntegerField()
    chunks = s.IntegerField()
    missing = s.ListField(child=s.IntegerField())
    upload = s.IntegerField(allow_null=True)
