"""When the sweep was last here: one small file beside the stored ones, so that a sweep that stopped is noticed."""

from datetime import UTC, datetime
from pathlib import Path

import structlog
from django.conf import settings

logger = structlog.get_logger(__name__)


def note_sweep(*, now: datetime) -> None:
    """Write the instant down; never raises, for a full disk must not stop the sweep."""
    path = _path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(now.astimezone(UTC).isoformat(), encoding="ascii")
        fresh.replace(path)
    except OSError as error:
        logger.warning("sweep_not_noted", error=repr(error))


def last_sweep() -> datetime | None:
    """The instant of the last sweep, or None where there was none yet."""
    try:
        return datetime.fromisoformat(_path().read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _path() -> Path:
    return Path(settings.MEDIA_ROOT) / "last-sweep"
