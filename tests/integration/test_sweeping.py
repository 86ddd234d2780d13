"""The sweep leaves nothing used up behind, and rings again for what waits."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from erekon.portal.sweeping import HEARD_FOR, sweep_leftovers


@pytest.mark.django_db
def test_heard_rings_go_after_a_while_and_unheard_ones_stay(tmp_path: Path, settings: object) -> None:
    for name in ("processed", "queue"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ring.msg").write_text("{}")
    settings.BROKER_FOLDER = tmp_path  # type: ignore[attr-defined]
    now = datetime.now(UTC)
    assert sweep_leftovers(now=now)["rings"] == 0
    assert sweep_leftovers(now=now + HEARD_FOR + timedelta(seconds=5))["rings"] == 1
    assert not (tmp_path / "processed" / "ring.msg").exists()
    assert (tmp_path / "queue" / "ring.msg").exists()


@pytest.mark.django_db
def test_doorbell_of_redis_has_nothing_to_clear(settings: object) -> None:
    settings.BROKER_FOLDER = None  # type: ignore[attr-defined]
    assert sweep_leftovers(now=datetime.now(UTC)) == dict.fromkeys(
        ("checkpoints", "keys", "rings", "half_sent", "counts"), 0
    )
