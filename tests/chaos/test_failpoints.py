"""Each named place kills its process; the road is walked to its end all the same, and nothing is lost or doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from erekon.lib.failpoints import PLACES
from tests.chaos.client import Client, Journal, Patience
from tests.chaos.control import loss_is_found
from tests.chaos.place import Place, running

STORMS = 5
# Fewer than the wrong PINs that close one, as a kill amid the check counts as one.
KILLS = 4  # at each place in each storm
CLIENTS = 24
SECONDS = 180.0  # for one step: it may be hit more than once, by kills of its own and of its neighbours
# A place on a road of its own.
ASIDE = ("reset.stored",)
ON_THE_ROAD = tuple(place for place in PLACES if place not in ASIDE)


@pytest.mark.soak
def test_twenty_kills_at_every_place_lose_nothing(chaos_figure: Callable[..., None]) -> None:
    blows = ",".join(f"{place}:kill" for place in ON_THE_ROAD)
    with running(CLIENTS * STORMS, blows=blows) as (place, known):
        journal, patience = Journal(place.folder / "journal"), Patience(SECONDS)
        clients = [Client(place.url, known["tokens"], journal, number, patience) for number in range(CLIENTS)]
        satkers = iter(known["satkers"])
        for _ in range(STORMS):
            strike(place, clients, [next(satkers) for _ in clients])
        found = place.world("judge", journal.path)
    control = loss_is_found()
    kills = STORMS * KILLS * len(ON_THE_ROAD)
    chaos_figure("failpoints", n=kills, bad=sum(found.values()), control_failed=control)
    assert found == {}
    assert control


def strike(place: Place, clients: list[Client], satkers: list[str]) -> None:
    """Aim at every place while all clients walk the road, and see that every blow fell."""
    for name in ON_THE_ROAD:
        place.aim(name, KILLS)
    with ThreadPoolExecutor(len(clients)) as pool:
        walked = [pool.submit(client.carry, satker) for client, satker in zip(clients, satkers, strict=True)]
        for walk in walked:
            walk.result()
    assert [name for name in ON_THE_ROAD if place.aimed(name)] == [], "never passed"
