"""History cannot be rewritten through the database, and what is rewritten around it is found."""

import random

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import Event
from audit.services import append, verify_chain
from erekon.lib import clock
from tests.availability import soaking
from tests.flushing import without_guards

pytestmark = pytest.mark.django_db(transaction=True)

EVENTS = 40
EDITS = 300 if soaking() else 36
COLUMNS = {
    "at": "2020-01-01 00:00:00+00:00",
    "actor": "pengguna:999",
    "role": "VERA",
    "action": "APPROVE",
    "subject": "kasus:999",
    "satker": "999999",
    "content": '{"n": 999}',
    "previous_hash": "1" * 64,
    "hash": "2" * 64,
}
KINDS = [*COLUMNS, "delete", "cut", "swap"]
STATEMENTS = {
    "update": "UPDATE audit_event SET actor = 'lain' WHERE seq = 3",
    "delete": "DELETE FROM audit_event WHERE seq = 3",
}


@pytest.fixture(autouse=True)
def _chain():
    for number in range(EVENTS):
        with transaction.atomic():
            append(
                at=clock.now(),
                actor=f"pengguna:{number}",
                action="MASUK",
                subject=f"kasus:{number}",
                content={"n": number},
            )


def run(statement, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def replacing() -> str:
    columns = "id, seq, at, actor, role, action, subject, satker, content, previous_hash, hash"
    values = columns.replace("actor,", "'lain',")
    if connection.vendor == "sqlite":
        return (
            f"INSERT OR REPLACE INTO audit_event ({columns}) SELECT {values} FROM audit_event WHERE seq = 3"
        )
    return (
        f"INSERT INTO audit_event ({columns}) SELECT {values} FROM audit_event WHERE seq = 3 "
        "ON CONFLICT (seq) DO UPDATE SET actor = 'lain'"
    )


@pytest.mark.parametrize("kind", ["update", "delete", "replace", "truncate"])
def test_the_database_refuses_to_rewrite_an_event(kind):
    statement = replacing() if kind == "replace" else STATEMENTS.get(kind, emptying())
    with pytest.raises(DatabaseError, match="append-only"):
        run(statement)
    assert Event.objects.count() == EVENTS
    assert verify_chain() is None


def emptying() -> str:
    return "TRUNCATE audit_event" if connection.vendor == "postgresql" else "DELETE FROM audit_event"


def test_replace_is_refused_on_a_connection_without_our_settings():
    if connection.vendor == "sqlite":
        run("PRAGMA recursive_triggers=OFF")
    try:
        with pytest.raises(DatabaseError):
            run(replacing())
    finally:
        if connection.vendor == "sqlite":
            run("PRAGMA recursive_triggers=ON")
    assert verify_chain() is None


def test_without_the_guards_the_same_statements_pass():
    with without_guards():
        run(STATEMENTS["update"])
        run(replacing() if connection.vendor == "postgresql" else STATEMENTS["delete"])
    assert verify_chain() is not None


def edit(kind, rng) -> int:
    """One planted edit; returns the first event that no longer fits."""
    seq = rng.randint(1, EVENTS - 1)
    if kind == "delete":
        run("DELETE FROM audit_event WHERE seq = %s", [seq])
        return seq
    if kind == "cut":
        run("DELETE FROM audit_event WHERE seq >= %s", [seq + 1])
        return seq + 1
    if kind == "swap":
        for old, new in ((seq, 10_000), (seq + 1, seq), (10_000, seq + 1)):
            run("UPDATE audit_event SET seq = %s WHERE seq = %s", [new, old])
        return seq
    run(f"UPDATE audit_event SET {kind} = %s WHERE seq = %s", [COLUMNS[kind], seq])
    return seq


def test_every_planted_edit_is_found_at_its_place(chaos_figure):
    rng, missed, unnoticed = random.Random(20260914), [], 0
    with without_guards():
        assert verify_chain() is None
        for number in range(EDITS):
            kind = KINDS[number % len(KINDS)]
            with transaction.atomic():
                expected = edit(kind, rng)
                found = verify_chain()
                # The control: who only counts the events notices few of the edits.
                unnoticed += Event.objects.count() == EVENTS
                transaction.set_rollback(True)
            if found is None or found.seq != expected:
                missed.append((kind, expected, found))
    assert missed == []
    assert verify_chain() is None
    chaos_figure("audit-edits", n=EDITS, bad=len(missed), control_failed=unnoticed > 0)
    assert unnoticed > 0
