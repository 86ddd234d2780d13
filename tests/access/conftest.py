"""The three satkers, built once for the tests of one module that ask about them."""

import gc
from typing import Any

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from accounts.models import User
from audit.witness import Witness
from erekon.lib import settling
from tests.access.asker import SEES
from tests.access.menagerie import BEASTS, Menagerie, settle
from tests.access.test_matrix import client_for
from tests.builders import make_user


@pytest.fixture(scope="module")
def menagerie(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Built once; every test's own transaction lies inside this one."""
    book = Witness(tmp_path_factory.mktemp("menagerie") / "checkpoints.txt")
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # services insist on being outermost
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("audit.checkpoints.witness", lambda: book)
        with around:
            world = settle()
            # Thousands of requests in one test: each search for cycles would look through the whole program.
            settling.settle()
            yield world
            gc.unfreeze()
            transaction.set_rollback(True)


@pytest.fixture
def clients(menagerie: Menagerie) -> dict[str, APIClient]:
    own, office = BEASTS["own"].people, menagerie.offices["116"]
    people: dict[str, User | None] = {
        "anybody": None,
        "operator": own["operator"],
        "kpa": own["kpa"],
        **{name: office[name] for name in ("vera", "kasi_vera", "supervisor")},
        "kanwil": make_user("KANWIL", "07"),
        "uapa": make_user("UAPA", "015"),
        "djpb": make_user("DJPB"),
    }
    assert set(people) == set(SEES)
    return {name: client_for(person) for name, person in people.items()}
