"""Cursor paging of every list of the API: `{next, previous, results}`."""

import base64
import binascii
from typing import Any

from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param


class CursorPages(CursorPagination):
    """Newest first by id; a page of 50, at most 200 on request."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-id"


def slice_of(request: Request, *, most: int = 200) -> tuple[int, int]:
    """Start and size that an opaque cursor and `page_size` ask for; anything unreadable is the first page."""
    text = request.query_params.get("cursor", "")
    try:
        start = int(base64.urlsafe_b64decode(text.encode() + b"==").decode() or 0)
    except (ValueError, binascii.Error):
        start = 0
    size = request.query_params.get("page_size", "")
    return max(start, 0), min(max(int(size), 1), most) if size.isdecimal() and len(size) < 6 else 50  # noqa: PLR2004


def sliced_page(request: Request, results: list[Any], *, start: int, size: int, total: int) -> dict[str, Any]:
    """`{next, previous, results}` of a slice that no database cursor can serve (stored results)."""
    return {
        "next": _address(request, start + size) if start + size < total else None,
        "previous": _address(request, max(start - size, 0)) if start > 0 else None,
        "results": results,
    }


def _address(request: Request, start: int) -> str:
    cursor = base64.urlsafe_b64encode(str(start).encode()).decode().rstrip("=")
    return replace_query_param(request.build_absolute_uri(), "cursor", cursor)
