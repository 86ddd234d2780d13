"""The world of the chaos runs, worked on in a process of its own: `python -m tests.chaos.world ACTION …`.

`seed N` makes one KPPN, N satkers whose books agree with the ledger, an operator, four KPA and four Kasi Vera with
PINs, a Vera, an administrator, and answers with their tokens. `judge JOURNAL` compares what was acknowledged with
what is there; `ringer` rings every bell twenty times, shuffled, for each seed it reads; `cut LIST` does what a power cut does to the files
that are not on the LIST of those brought to the disk.
"""

import json
import os
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erekon.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from kombu.exceptions import OperationalError  # noqa: E402

from accounts.models import Kanwil, Kppn, User  # noqa: E402
from accounts.services.tokens import issue_token  # noqa: E402
from adk.formats.writing import write_treasury_adk  # noqa: E402
from adk.models import TreasuryIntake  # noqa: E402
from adk.services.receiving import CHECK_TASK, Received  # noqa: E402
from adk.services.treasury import LOAD_TASK, load_next, receive_treasury  # noqa: E402
from bar.services.pins import set_pin  # noqa: E402
from erekon.celery import app  # noqa: E402
from erekon.lib import clock  # noqa: E402
from reconciliation.services.matching import PUBLISH_TASK  # noqa: E402
from reconciliation.services.submitting import MATCH_TASK  # noqa: E402
from tests.builders import assign, make_period, make_satker, make_user  # noqa: E402
from tests.chaos.books import PIN, SIGNERS, ledger_of  # noqa: E402
from tests.chaos.checker import judge  # noqa: E402

LEDGER_DAY = date(2026, 9, 28)


def seed(count: str) -> dict[str, Any]:
    """Places, people and ledger; answers with the satkers and everybody's token."""
    call_command("migrate", verbosity=0)
    kanwil = Kanwil.objects.create(code="07", name="Kanwil Lampung")
    kppn = Kppn.objects.create(code="116", name="KPPN Kotabumi", kanwil=kanwil)
    satkers = [make_satker(f"{100000 + number}", kppn).code for number in range(int(count))]
    make_period()
    people = {
        "operator": make_user("OPERATOR_SATKER", satkers[0]),
        "vera": make_user("VERA", "116"),
        "supervisor": make_user("SUPERVISOR_KPPN", "116"),
        **{f"kpa{number}": make_user("KPA", satkers[0]) for number in range(SIGNERS)},
        **{f"kasi{number}": make_user("KASI_VERA", "116") for number in range(SIGNERS)},
    }
    for satker in satkers[1:]:
        assign(people["operator"], "OPERATOR_SATKER", satker)
        for number in range(SIGNERS):
            assign(people[f"kpa{number}"], "KPA", satker)
    for name, person in people.items():
        if name.startswith(("kpa", "kasi")):
            set_pin(user=person, pin=PIN, now=clock.now())
    _load_ledger(people["supervisor"], satkers)
    tokens = {name: issue_token(user=person, now=clock.now()).token for name, person in people.items()}
    return {"satkers": satkers, "tokens": tokens}


def _load_ledger(supervisor: User, satkers: list[str]) -> None:
    rows = [row for satker in satkers for row in ledger_of(satker)]
    name, content = write_treasury_adk(rows, kppn="116", date=LEDGER_DAY)
    receive_treasury(user=supervisor, file=Received(name, content, clock.now()), now=clock.now())
    load_next(now=clock.now())
    assert TreasuryIntake.objects.get().verdict == "STANDAR"


def judged(journal: str) -> dict[str, int]:
    """How many of each invariant are broken."""
    lines = Path(journal).read_text().splitlines()
    return dict(Counter(judge([json.loads(line) for line in lines])))


def ring(seed: str) -> None:
    """Every task twenty times in any order, as a broker that repeats and reorders would."""
    bells = [CHECK_TASK, LOAD_TASK, MATCH_TASK, PUBLISH_TASK, "erekon.portal.tasks.sweep"] * 20
    Random(seed).shuffle(bells)
    for bell in bells:
        app.send_task(bell, retry=False)


def ring_when_told() -> dict[str, int]:
    """Ring for each seed that comes in, one a line, until there is no more; answers with how often it was heard."""
    heard = 0
    for line in sys.stdin:
        try:
            ring(line.strip())
        except OperationalError:
            continue  # the broker is dead just now
        heard += 1
    return {"heard": heard}


def cut(book: str) -> dict[str, int]:
    """Empty every stored file that was not whole on the disk."""
    safe = set(Path(book).read_text().splitlines()) if Path(book).exists() else set()
    lost = 0
    for path in (Path(settings.MEDIA_ROOT) / "files").rglob("*"):
        status = path.stat()
        if path.is_file() and f"{status.st_ino} {status.st_size}" not in safe:
            path.write_bytes(b"")
            lost += 1
    return {"lost": lost}


if __name__ == "__main__":
    answer = {"seed": seed, "judge": judged, "ringer": ring_when_told, "cut": cut}[sys.argv[1]](*sys.argv[2:])
    sys.stdout.write("\n" + json.dumps(answer) + "\n")
