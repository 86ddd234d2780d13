"""History cannot be rewritten through the database, and what is rewritten around it is found."""

import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit import checkpoints, notes
from audit.chain import Link
from audit.checkpoints import keep_checkpoint, keep_due_checkpoints
from audit.models import Checkpoint, Event
from audit.notes import sign_note
from audit.services import append
from audit.verifying import verify_chain
from erekon.lib import clock
from tests.availability import soaking
from tests.flushing import without_guards

pytestmark = pytest.mark.django_db(transaction=True)

EVENTS = 40
WITNESSED = 20  # events before the first of two checkpoints
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
        if number in (WITNESSED - 1, EVENTS - 1):
            keep_checkpoint(now=clock.now())


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
    if kind in WAYS:
        return WAYS[kind](seq)
    run(f"UPDATE audit_event SET {kind} = %s WHERE seq = %s", [COLUMNS[kind], seq])
    return seq


def delete(seq):
    run("DELETE FROM audit_event WHERE seq = %s", [seq])
    return seq


def cut(seq):
    run("DELETE FROM audit_event WHERE seq > %s", [seq])
    return seq + 1


def swap(seq):
    for old, new in ((seq, 10_000), (seq + 1, seq), (10_000, seq + 1)):
        run("UPDATE audit_event SET seq = %s WHERE seq = %s", [new, old])
    return seq


def rehash_from(first):
    """Who rewrites an event and makes every later hash anew, the head and the rows of the checkpoints too."""
    previous = Event.objects.get(seq=first).previous_hash
    for event in Event.objects.filter(seq__gte=first).order_by("seq"):
        link = Link(event.seq, event.at, "pengguna:9", "", event.action, event.subject, "", {}, previous)
        run(
            "UPDATE audit_event SET actor = %s, content = %s, previous_hash = %s, hash = %s WHERE seq = %s",
            [link.actor, "{}", previous, link.digest(), event.seq],
        )
        previous = link.digest()
    run("UPDATE audit_chainhead SET hash = %s", [previous])
    run("DELETE FROM audit_checkpoint")
    return 1 if first <= WITNESSED else WITNESSED + 1


def go_back_to(seq):
    """An older backup of the whole database put back: whole in itself."""
    run("DELETE FROM audit_event WHERE seq > %s", [seq])
    run("DELETE FROM audit_checkpoint WHERE seq > %s", [seq])
    digest = Event.objects.get(seq=seq).hash
    run("UPDATE audit_chainhead SET seq = %s, hash = %s", [seq, digest])
    return seq + 1


def go_back_and_on(seq):
    """The older backup, and the portal going on from there for as long as before."""
    go_back_to(seq)
    for number in range(EVENTS):
        append(at=clock.now(), actor="pengguna:1", action="LAIN", subject=f"kasus:{number}")
    return 1 if seq < WITNESSED else WITNESSED + 1


WAYS = {
    "delete": delete,
    "cut": cut,
    "swap": swap,
    "rehashed": rehash_from,
    "replayed": go_back_to,
    "replayed and gone on": go_back_and_on,
}
KINDS = [*COLUMNS, *WAYS]


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


def test_without_the_file_outside_a_replayed_backup_passes_for_whole():
    with without_guards(), transaction.atomic():
        go_back_to(WITNESSED)
        assert verify_chain().seq == WITNESSED + 1
        checkpoints.witness().path.unlink()
        assert verify_chain() is None
        transaction.set_rollback(True)


def test_checkpoints_are_not_to_be_rewritten_either():
    for statement in ("UPDATE audit_checkpoint SET seq = 7", "DELETE FROM audit_checkpoint"):
        with pytest.raises(DatabaseError, match="append-only"):
            run(statement)


def test_a_checkpoint_signed_by_another_key_is_told_from_a_bad_event():
    checkpoints.witness().add(
        [sign_note(notes.Checkpoint("lain", 3, "ab" * 32), Ed25519PrivateKey.generate())]
    )
    with pytest.raises(CommandError, match="not signed by a key") as told:
        call_command("audit_verify")
    assert told.value.returncode == 2


def test_a_copy_of_the_checkpoints_kept_elsewhere_is_asked_as_well(tmp_path, capsys):
    elsewhere = tmp_path / "salinan.txt"
    elsewhere.write_text(checkpoints.witness().path.read_text())
    call_command("audit_verify", checkpoints=[str(elsewhere)])
    assert "chain whole, 2 checkpoints agree" in capsys.readouterr().out
    with without_guards():
        go_back_to(WITNESSED)
    checkpoints.witness().path.unlink()
    with pytest.raises(CommandError, match="a checkpoint knows 40 events") as told:
        call_command("audit_verify", checkpoints=[str(elsewhere)])
    assert told.value.returncode == 1


def test_every_thousandth_event_gets_a_checkpoint_and_a_lost_note_comes_back(monkeypatch):
    monkeypatch.setattr("audit.checkpoints.EVERY", 15)
    assert keep_due_checkpoints(now=clock.now()) == 2
    assert [row.seq for row in Checkpoint.objects.order_by("seq")] == [15, 20, 30, 40]
    assert keep_due_checkpoints(now=clock.now()) == 0
    kept = checkpoints.witness().notes()
    checkpoints.witness().path.write_text("".join(f"{note}\n" for note in kept[:-1]))
    keep_due_checkpoints(now=clock.now())
    assert sorted(checkpoints.witness().notes()) == sorted(kept)
    assert verify_chain() is None
