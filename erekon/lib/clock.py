"""The only place that reads the wall clock; edges call it and hand the instant to the services."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant in UTC, aware."""
    return datetime.now(UTC)
