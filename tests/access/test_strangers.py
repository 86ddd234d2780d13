"""Nothing of a satker is ever seen by those who may not: every address, nine principals, three satkers.

The requests come from the URL configuration. Whatever an answer carries (status, headers, cookies, text, the
insides of XLSX, PDF and zip) is searched for the marks of the satkers that the asker must not see, and compared
with the answer about something that does not exist: a difference tells that the unseen exists.
"""

import hashlib

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from rest_framework.test import APIClient

from accounts import actors
from accounts.models import RateCount
from accounts.scoping import ScopedQuerySet
from adk.models.upload import UploadQuerySet
from reconciliation.models.case import CaseQuerySet
from tests.access.asker import Asker, ask_everything
from tests.access.asking import ROUTES, body
from tests.access.menagerie import AKUN, BEASTS, ELEMENT, objects_of
from tests.access.test_matrix import client_for
from tests.story import API, expect

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("menagerie")]


# Nothing stands there to be read but for one person, or at this stage.
WITHOUT_READING = {"api-explanation"}


@pytest.mark.once
def test_nobody_sees_anything_of_a_satker_that_is_not_his(menagerie, clients):
    asker = Asker(menagerie, clients)
    ask_everything(asker)
    assert asker.leaks == []
    assert asker.asked >= 1_000


def test_every_address_was_asked_about_something_that_is_there(menagerie, clients):
    """A `pk` that names nothing is unseen by everybody, and would prove nothing."""
    asker = Asker(menagerie, clients)
    dead = []
    for route in ROUTES:
        if not route.names_objects or route.unsafe:
            continue
        objects = objects_of(menagerie, "own", 9)
        said = [asker.ask(route, who, objects)[:3] for who in ("operator", "vera")]
        if set(said) <= {"404"}:
            dead.append(route.name)
    assert set(dead) <= WITHOUT_READING, (
        "say in OWNERS of tests/access/asking.py what their pk is, or here why not"
    )


@pytest.mark.parametrize(
    ("opened", "where"),
    [
        (CaseQuerySet, {"api-case", "api-cases", "api-rows"}),
        (UploadQuerySet, {"api-adk-one", "api-adk-file", "unggahan"}),
    ],
)
def test_control_with_one_queryset_opened_the_matrix_finds_leaks(
    menagerie, clients, monkeypatch, opened, where
):
    monkeypatch.setattr(opened, "visible_to", lambda rows, user: rows.all())
    asker = Asker(menagerie, clients)
    ask_everything(asker, ["operator", "vera"], lambda route: route.name in where)
    assert {leak.target for leak in asker.leaks} >= {"other"}
    assert any("shows" in leak.what for leak in asker.leaks)
    assert any("differs" in leak.what for leak in asker.leaks)


def _plain(value):
    """Bytes as bytes: PostgreSQL's come as views, which say where they lie."""
    return bytes(value) if isinstance(value, memoryview) else value


def everything_kept() -> dict[str, tuple[int, str]]:
    """Number and checksum of all rows of every table, but for sessions and running counts."""
    kept = {}
    for model in apps.get_models():
        if model not in {Session, RateCount}:
            rows = sorted(repr(list(map(_plain, row))) for row in model._default_manager.values_list())
            kept[model._meta.label] = (len(rows), hashlib.sha256("".join(rows).encode()).hexdigest())
    return kept


def strangers_of(menagerie):
    """Everybody of the other office who may decide anything, and the other satker's own people."""
    people = {**menagerie.offices["156"], **BEASTS["other"].people}
    return {name: client_for(person) for name, person in people.items()}


def write_everything(menagerie) -> tuple[int, list[str]]:
    """Send every unsafe request about October, with the right content, as each stranger; what was changed or let in."""
    strangers, asked, wrong = strangers_of(menagerie), 0, []
    objects = objects_of(menagerie, "own", 10)
    now_held = menagerie.case("own", 10).content_hash
    for route in ROUTES:
        if not (route.unsafe and route.names_objects):
            continue
        before = everything_kept()
        for name, client in strangers.items():
            form = "multipart" if route.multipart else "json"
            sent = {**body(objects, multipart=route.multipart), "content_hash": now_held}
            answer = getattr(client, route.method.lower())(route.address(objects), sent, format=form)
            asked += 1
            if answer.status_code not in {403, 404, 405}:
                wrong.append(f"{route} by {name}: {answer.status_code}")
        after = everything_kept()
        wrong += [f"{route} changed {label}" for label in before if before[label] != after[label]]
    return asked, wrong


def test_no_officer_of_another_office_changes_anything(menagerie):
    asked, wrong = write_everything(menagerie)
    assert wrong == []
    assert asked >= 144


def test_control_with_the_doors_open_the_other_office_changes_something(menagerie, monkeypatch):
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, user: rows.all())
    monkeypatch.setattr(actors, "_covers", lambda assignment, satker, office: True)
    _, wrong = write_everything(menagerie)
    assert any("changed" in one for one in wrong)


def test_the_cursor_of_another_user_opens_nothing(menagerie, clients):
    page = expect(clients["vera"].get(f"{API}/cases/?page_size=1"), 200)
    assert page["next"]
    stranger = client_for(menagerie.offices["156"]["vera"])
    answer = stranger.get(page["next"])
    if answer.status_code == 200:
        assert {row["satker"]["code"] for row in answer.json()["results"]} <= {BEASTS["other"].code}


def test_the_idempotency_key_of_another_user_gives_away_no_answer(menagerie, clients):
    path = f"{API}/cases/{menagerie.case('own', 10).pk}/explanations/{ELEMENT}/{AKUN}/messages/"
    key, words = {"Idempotency-Key": "kunci-walabi"}, {"text": "Kata Walabi sendiri."}
    first = clients["vera"].post(path, words, format="json", headers=key)
    assert first.status_code == 201
    stranger = client_for(menagerie.offices["156"]["vera"])
    answer = stranger.post(path, words, format="json", headers=key)
    expect(answer, 404, "TIDAK_DITEMUKAN")
    assert "Walabi" not in answer.content.decode()
    again = clients["vera"].post(path, words, format="json", headers=key)
    assert again.content == first.content


@pytest.mark.parametrize("which", ["same", "other"])
def test_evidence_of_another_satker_is_not_reached_through_ones_own_case(menagerie, clients, which):
    mixed = {**objects_of(menagerie, "own", 10), "evidence": objects_of(menagerie, which, 10)["evidence"]}
    absent = {**mixed, "evidence": 987_654}
    asked = 0
    for route in ROUTES:
        if "evidence" in route.arguments:
            asker = Asker(menagerie, clients)
            found = [asker.ask(route, "operator", objects)[:3] for objects in (mixed, absent)]
            assert found[0] == found[1], route
            assert found[0] in {"404", "405"}, route
            asked += 1
    assert asked >= 4


def test_an_upload_for_another_satker_reads_like_one_for_no_satker(menagerie, clients):
    answers = []
    for code in (BEASTS["same"].code, "999999"):
        operator: APIClient = clients["operator"]
        form = {**body(objects_of(menagerie, "own", 10), multipart=True), "satker": code}
        answers.append(expect(operator.post(f"{API}/adk/", form, format="multipart"), 404))
    assert answers[0] == answers[1]
