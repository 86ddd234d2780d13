"""Downloads: bytes that no browser runs or guesses at, hashed again on the way out."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from erekon.lib import files


def attachment(content: bytes, filename: str, kind: str) -> HttpResponse:
    """Bytes as a download with a name that is safe in the header, whatever it contains."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, filename)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def stored_attachment(sha256: str, filename: str, kind: str) -> HttpResponse:
    """A stored file as a download; raises FileDamaged when its bytes are no longer those that were stored.

    With X_ACCEL_PREFIX the web server in front sends the bytes: the portal has hashed them first, and the
    answer carries nothing but where they are.
    """
    content = files.read(sha256)
    if not settings.X_ACCEL_PREFIX:
        return attachment(content, filename, kind)
    response = attachment(b"", filename, kind)
    response["X-Accel-Redirect"] = f"{settings.X_ACCEL_PREFIX.rstrip('/')}/{sha256[:2]}/{sha256}"
    return response
