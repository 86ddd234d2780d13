"""Threads that meet at one point, and the guards that controls take away."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from django.db import connection, transaction

from erekon.lib.refusals import Refusal
from reconciliation.lifecycle import Action, Stage, find_step
from reconciliation.models import Reconciliation, StageChange

PATIENCE = 60


def race(*steps: Callable[[], Any]) -> list[Any]:
    """Run every step in its own thread, let go together; each gives its value, or the refusal's code."""
    gate, outcomes = threading.Barrier(len(steps)), [None] * len(steps)

    def run(place: int, step: Callable[[], Any]) -> None:
        gate.wait(PATIENCE)
        try:
            outcomes[place] = step()
        except Refusal as refusal:
            outcomes[place] = refusal.code
        except Exception as error:
            outcomes[place] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


def meet_before_transaction(monkeypatch: Any, module: Any, gate: threading.Barrier) -> None:
    """Whoever opens a transaction in this module waits until everybody has read what he decides on."""

    def atomic() -> Any:
        gate.wait(PATIENCE)
        return transaction.atomic()

    monkeypatch.setattr(module, "transaction", SimpleNamespace(atomic=atomic))


@contextmanager
def unguarded_moving(
    case: Reconciliation, action: Action, *, actor: Any, now: Any, values: Any = None, **ignored: Any
) -> Generator[Any]:
    """The writer of stages without its conditions: what was read is believed to hold."""
    step = find_step(action, Stage(case.stage))
    assert step is not None
    Reconciliation.objects.filter(pk=case.pk).update(stage=step.target, **(values or {}))
    yield step
    StageChange.objects.create(
        case=case, from_stage=case.stage, to_stage=step.target, action=action, actor_name="", role="", at=now
    )


@contextmanager
def without_indexes(model: Any, *names: str) -> Generator[None]:
    """The table without these partial unique indexes; its rows are gone afterwards."""
    constraints = [one for one in model._meta.constraints if one.name in names]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP INDEX {name}")
    try:
        yield
    finally:
        model.objects.all().delete()
        with connection.schema_editor() as editor:
            for constraint in constraints:
                editor.add_constraint(model, constraint)
