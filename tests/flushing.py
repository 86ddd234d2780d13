"""Emptying the database after a test with real transactions, although audit events and messages refuse to be deleted."""

from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module

from django.db import connection
from django.test import TransactionTestCase

_GUARDS = [
    import_module(name)
    for name in (
        "audit.migrations.0002_append_only",
        "audit.migrations.0003_no_way_around",
        "audit.migrations.0005_checkpoints_append_only",
        "reconciliation.migrations.0012_messages_append_only",
    )
]


class _Plain:
    """As much of a schema editor as the guards' migrations use."""

    connection = connection

    @staticmethod
    def execute(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


@contextmanager
def without_guards() -> Generator[None]:
    """The append-only tables without their triggers, as a thief with the database file would have it."""
    for guard in reversed(_GUARDS):
        guard.remove(None, _Plain)
    try:
        yield
    finally:
        for guard in _GUARDS:
            guard.install(None, _Plain)


def let_flush_pass() -> None:
    """From now on every test with real transactions is emptied without the guards."""
    plain = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        with without_guards():
            plain(self)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
