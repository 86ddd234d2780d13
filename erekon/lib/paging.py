"""Cursor paging of every list of the API: `{next, previous, results}`."""

from rest_framework.pagination import CursorPagination


class CursorPages(CursorPagination):
    """Newest first by id; a page of 50, at most 200 on request."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-id"
