"""The contestant of the bench `sign`, in a process of its own: `python -m tests.bench.sign_runs`."""

import os
import time
from statistics import median

import django

os.environ |= {"DJANGO_SETTINGS_MODULE": "erekon.settings", "ALLOWED_HOSTS": "testserver"}
django.setup()

from django.core.management import call_command  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.scoping import one_request  # noqa: E402
from bar.models import Bar  # noqa: E402
from bar.services.signing import Request, open_signing, sign  # noqa: E402
from erekon.lib import clock, ring  # noqa: E402
from erekon.portal.cases import visible_case  # noqa: E402
from erekon.portal.signing import signer_of  # noqa: E402
from tests.bench.measure import report  # noqa: E402
from tests.months import months_approved  # noqa: E402
from tests.story import PIN, Story  # noqa: E402

MONTHS = range(2, 12)
WARM_UP = 2


def signed(pk: int, user: User) -> float:
    """CPU seconds of one signature with its PIN, from the click to the stored PDF and the moved stage."""
    start, now = time.process_time(), clock.now()
    with one_request():  # as the middleware has it
        case = visible_case(user, pk=pk)
        right = open_signing(case=case, user=user, now=now)
        wish = Request(right.content_hash, right.nonce)
        sign(case=case, request=wish, pin=PIN, actor=signer_of(case, user, at=now), now=clock.now())
    return time.process_time() - start


def main() -> None:
    """Report the median milliseconds of both signatures of a BAR, and of the first alone."""
    call_command("migrate", verbosity=0)
    ring._publish = lambda task, times: None
    story = Story.begin()
    cases = [case.pk for case in months_approved(story, MONTHS)]
    spent = [(signed(pk, story.cast.kpa), signed(pk, story.cast.kasi_vera)) for pk in cases]
    if Bar.objects.filter(status="BERLAKU").exclude(sealed="").count() != len(cases):
        raise SystemExit("not every BAR is sealed")
    kept = spent[WARM_UP:]
    both, first = (
        median(1000 * time for time in times) for times in (map(sum, kept), (one for one, _ in kept))
    )
    report({"both": both, "first": first, "bars": len(kept)})


if __name__ == "__main__":
    main()
