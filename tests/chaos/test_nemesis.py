"""Clients at work while a seeded nemesis strikes: nothing acknowledged is lost, nothing is done twice, nothing sticks."""

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.availability import soaking
from tests.chaos.client import Client, Journal, Patience
from tests.chaos.control import loss_is_found
from tests.chaos.nemesis import KILLING_PLACES, Nemesis
from tests.chaos.place import running

KILLS = int(os.environ.get("EREKON_KILLS", "1000" if soaking() else "100"))
EVERY = 0.5  # seconds between faults, half as many to half as many again
CLIENTS = 3
CASES = 40 + KILLS
SEED = 20261121


def working(
    clients: list[Client], satkers: Iterator[str], rest: threading.Event
) -> tuple[list[Any], list[Any]]:
    """Threads in which every client carries case after case until it may rest; and what went wrong."""
    failures: list[BaseException] = []

    def work(client: Client) -> None:
        try:
            for satker in satkers:
                client.carry(satker)
                if rest.is_set():
                    return
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    return threads, failures


@pytest.mark.once
def test_under_a_hundred_kills_nothing_is_lost_doubled_or_stuck(chaos_figure: Callable[..., None]) -> None:
    blows = ",".join(f"{place}:kill" for place in KILLING_PLACES)
    with running(CASES, blows=blows) as (place, known):
        journal, rest, patience = Journal(place.folder / "journal"), threading.Event(), Patience()
        satkers = iter(known["satkers"])
        clients = [Client(place.url, known["tokens"], journal, number, patience) for number in range(CLIENTS)]
        nemesis = Nemesis(place, SEED)
        with patience.in_storm():
            threads, failures = working(clients, satkers, rest)
            nemesis.strike(KILLS, every=EVERY)
            rest.set()
        for thread in threads:
            thread.join()
        found = place.world("judge", journal.path)
        done = len(journal.path.read_text().splitlines())
        log = place.portal.log.read_text()[-3000:]
    assert failures == [], (failures, nemesis.done[-10:], log)
    control = loss_is_found()
    chaos_figure("nemesis", n=nemesis.kills, bad=sum(found.values()), control_failed=control)
    assert found == {}
    assert control
    assert done > 0
