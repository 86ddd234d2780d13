"""Sending a satker ADK in chunks that survive a dropped line."""

from typing import IO, Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.queries import satker_to_upload
from adk.api.serializers import ReceivedSerializer
from adk.api.serializers_chunks import AnnouncementSerializer, HalfSentSerializer
from adk.api.views import AdkApi
from adk.models import HalfSent
from adk.services.halfsending import (
    CHUNK_BYTES,
    Announced,
    abandon,
    begin,
    chunk_count,
    finish,
    half_sent_of,
    missing_chunks,
    take_chunk,
)
from erekon.lib import clock


class RawParser(BaseParser):
    """The body as bytes, read no further than one byte past a chunk."""

    media_type = "application/octet-stream"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        """At most a chunk and one byte more, which shows that it is too long."""
        return stream.read(CHUNK_BYTES + 1)


class ChunksApi(AdkApi):
    """Shared: the caller's own half-sent upload."""

    parser_classes = (JSONParser,)

    def half_sent(self) -> HalfSent:
        """The half-sent upload of the address; TIDAK_DITEMUKAN for anybody else's."""
        return half_sent_of(self.person, self.kwargs["pk"], now=clock.now())

    def document(self, half: HalfSent, status: int = 200) -> Response:
        """What is still missing of it."""
        shown = {
            "id": half.pk,
            "size": half.size,
            "chunk_size": CHUNK_BYTES,
            "chunks": chunk_count(half),
            "missing": missing_chunks(half),
            "upload": half.upload_id,
        }
        return Response(HalfSentSerializer(shown).data, status=status)


class ChunksView(ChunksApi):
    """`POST adk/chunks/`."""

    @extend_schema(request=AnnouncementSerializer, responses={200: HalfSentSerializer})
    def post(self, request: Request) -> Response:
        """Announce a file, or find the caller's own half-sent one of the same bytes."""
        form = AnnouncementSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        first_byte = getattr(request._request, "received_at", None) or clock.now()
        satker = satker_to_upload(self.person, given["satker"], at=first_byte)
        announced = Announced(given["filename"], given["size"], given["sha256"])
        return self.document(
            begin(
                user=self.person, satker=satker, period=given["period"], announced=announced, now=first_byte
            )
        )


class HalfSentView(ChunksApi):
    """`GET` and `DELETE adk/chunks/{id}/`."""

    @extend_schema(responses=HalfSentSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """What is still missing."""
        return self.document(self.half_sent())

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Abandon it: its chunks are forgotten. SUDAH_DITERIMA once it has become an upload."""
        abandon(self.half_sent())
        return Response(status=204)


class ChunkView(ChunksApi):
    """`PUT adk/chunks/{id}/{n}/`."""

    parser_classes = (RawParser,)  # type: ignore[assignment]

    @extend_schema(request={"application/octet-stream": OpenApiTypes.BINARY}, responses={204: None})
    def put(self, request: Request, pk: int, number: int) -> Response:
        """Take one chunk; `X-Chunk-SHA256` is the SHA-256 of its bytes in hex."""
        half = self.half_sent()
        content: Any = request.data
        take_chunk(
            half, number=number, content=bytes(content), sha256=request.headers.get("X-Chunk-SHA256", "")
        )
        return Response(status=204)


class FinishView(ChunksApi):
    """`POST adk/chunks/{id}/finish/`."""

    @extend_schema(request=None, responses={202: ReceivedSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Make the whole file an upload; the receipt is that of `POST adk/`."""
        upload = finish(self.half_sent(), now=clock.now())
        receipt = {
            "id": upload.pk,
            "case": upload.case_id,
            "number": upload.number,
            "verdict": upload.verdict,
        }
        return Response(receipt, status=202)
