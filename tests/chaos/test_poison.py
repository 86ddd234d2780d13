"""An ADK that kills every worker that reads it is shown as failed, and holds nobody up."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.architecture.tree import ROOT
from tests.chaos.client import Client, Journal
from tests.chaos.place import Place, running
from tests.faults.portal import until

WORD = "racun"
OTHERS = 3


def status_of(place: Place) -> tuple[int, dict[str, Any]]:
    """What `manage.py status` says of the running portal, and its exit code."""
    done = subprocess.run(
        [sys.executable, "manage.py", "status", "--json"],
        cwd=ROOT,
        env=place.quiet,
        check=False,
        capture_output=True,
        text=True,
    )
    return done.returncode, json.loads(done.stdout)


@pytest.mark.soak
def test_poison_is_set_aside_with_a_number_and_holds_nobody_up(chaos_figure: Callable[..., None]) -> None:
    with running(1 + OTHERS, CHAOS_POISON=WORD) as (place, known):
        journal = Journal(place.folder / "journal")
        client = Client(place.url, known["tokens"], journal)
        poisoned, *others = known["satkers"]
        case = client.upload(poisoned, named=f"{WORD}.zip")
        upload = json.loads(journal.path.read_text())["id"]
        for satker in others:
            client.carry(satker)

        def has_failed() -> bool:
            time.sleep(2)
            _, told = status_of(place)
            return [failure["number"] for failure in told["failures"]] == [f"ADK-{upload}"]

        assert until(has_failed, 90)
        log = place.portal.log.read_text()
        code, told = status_of(place)
        (place.folder / "antidote").touch()
        # 409 where the first answer was lost on the way: it waits already.
        assert until(lambda: client.call("vera", "POST", f"adk/{upload}/rerun/", {})[0] in {200, 409})
        client.carry_on(case)
        healed, _ = status_of(place)
        found = place.world("judge", journal.path)
    chaos_figure("poison", n=1, bad=sum(found.values()), control_failed=bool(code))
    assert found == {}
    assert (code, healed) == (1, 0), told
    assert len(set(re.findall(r"pid:(\d+) exited with", log))) == 3, log[-3000:]
    assert [need["text"] for need in told["needs"]] == ["check: 1 failed for good"]
    assert "worker gone" in told["failures"][0]["error"]
