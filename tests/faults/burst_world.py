"""The burst's own small world, worked on in processes beside the test: `python -m tests.faults.burst_world ACTION N`.

Actions: `seed` (places, people, a period and N satkers), `receive` (N uploads through the service), `judge` (what
became of them, as one line of JSON).
"""

import json
import os
import sys
from collections import Counter
from datetime import UTC, date, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erekon.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from accounts.models import Assignment, Kanwil, Kppn, Satker, User  # noqa: E402
from adk.formats.writing import write_satker_adk  # noqa: E402
from adk.models import Upload  # noqa: E402
from adk.services.receiving import Received, receive_upload  # noqa: E402
from audit.verifying import verify_chain  # noqa: E402
from erekon.lib import clock  # noqa: E402
from reconciliation.models import MatchRun, Reconciliation, StageChange  # noqa: E402
from reconciliation.services.periods import set_period  # noqa: E402
from tests.builders import make_satker  # noqa: E402

LONG_AGO, FAR_OFF = datetime(2000, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)
ROWS = 200
EXPECTED = {"SUBMIT": 1, "LOAD": 1, "MATCH": 1, "PUBLISH": 1}


def seed(count: int) -> dict[str, int]:
    """One KPPN, N satkers, one operator for all of them, one open period."""
    call_command("migrate", verbosity=0)
    kanwil = Kanwil.objects.create(code="07", name="Kanwil Lampung")
    kppn = Kppn.objects.create(code="116", name="KPPN Kotabumi", kanwil=kanwil)
    operator = User.objects.create(username="operator", name="Operator", nip="198001", email="o@contoh.go.id")
    for number in range(count):
        satker = make_satker(f"{100000 + number}", kppn)
        Assignment.objects.create(
            user=operator, role="OPERATOR_SATKER", place=satker.code, valid_from=LONG_AGO
        )
    instants = {
        "opens_at": LONG_AGO,
        "closes_at": FAR_OFF,
        "on_time_until": FAR_OFF,
        "sanction_from": FAR_OFF,
    }
    set_period(year=2026, month=9, letter_number="S-9", letter_date=date(2026, 1, 5), **instants)
    return {"cases": Reconciliation.objects.count()}


def adk_of(code: str) -> tuple[str, bytes]:
    """A satker's ADK of a budget line and many payments; every satker's differs."""
    common = {"KDWILAYAH": "1203", "KDPROGRAM": "0801", "KDGIAT": "4701", "KDOUTPUT": "994", "KDSDCP": "010"}
    rows = [
        {
            **common,
            "KDTRN": "3" if number else "2",
            "KDMAKMAP": f"5211{11 + number % 5}",
            "PERKSAI": "115612",
            "KDDK": "D",
            "RPHREAL": int(code) * 7 + number,
            "JNSDOK1": "301",
            "NODOK1": f"{code}{number:06d}",
            "TGLDOK1": "20260910",
            "TGLPOST": "20260910",
            "PERIODE": "09",
        }
        for number in range(ROWS)
    ]
    return write_satker_adk(
        rows, kewenangan="KD", ba="015", es1="08", satker=code, kppn="116", year=2026, month=9
    )


def receive(count: int) -> dict[str, int]:
    """Receive one upload per satker, as the web would."""
    operator = User.objects.get(username="operator")
    for satker in Satker.objects.order_by("code")[:count]:
        name, content = adk_of(satker.code)
        now = clock.now()
        receive_upload(
            user=operator, satker=satker, period="2026-09", file=Received(name, content, now), now=now
        )
    return {"received": Upload.objects.count()}


def judge(count: int) -> dict[str, int]:
    """How many uploads, cases, runs and histories are not as they must be; all 0 when nothing was lost."""
    done: dict[int, Counter[str]] = {
        pk: Counter() for pk in Reconciliation.objects.values_list("pk", flat=True)
    }
    for pk, action in StageChange.objects.values_list("case_id", "action"):
        done[pk][action] += 1
    return {
        "lost": count - Upload.objects.count(),
        "unjudged": Upload.objects.exclude(verdict="STANDAR").count(),
        "stages": Reconciliation.objects.exclude(stage="PERSETUJUAN_BAR").count(),
        "histories": sum(dict(actions) != EXPECTED for actions in done.values()),
        "unfinished": sum(model.objects.exclude(state="DONE").count() for model in (Upload, MatchRun)),
        "chain": int(verify_chain() is not None),
    }


if __name__ == "__main__":
    action, number = sys.argv[1], int(sys.argv[2])
    found = {"seed": seed, "receive": receive, "judge": judge}[action](number)
    sys.stdout.write("\n" + json.dumps(found) + "\n")
