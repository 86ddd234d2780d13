"""How often what may be done: counted in rows that all web processes share."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from accounts.models import RateCount
from accounts.services.limits import SIGN_IN_FAILURES, Limit, refuse_used_up, spend, sweep_counts
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from erekon.portal import rates
from tests.access.resolver import named_urls
from tests.builders import PASSWORD, make_cast
from tests.story import Story, client_of, expect

THREE = Limit("uji", 3, timedelta(minutes=1))


def uses(subject, times, now):
    refused = 0
    for _ in range(times):
        try:
            spend(THREE, subject, now=now)
        except Refusal:
            refused += 1
    return refused


@pytest.mark.django_db
def test_so_many_in_a_while_and_a_stranger_has_his_own_count():
    now = clock.now()
    assert uses("a", 5, now) == 2
    assert uses("orang lain", 3, now) == 0
    with pytest.raises(Refusal) as caught:
        refuse_used_up(THREE, "a", now=now + timedelta(seconds=30))
    assert caught.value.extra == {"retry_after": 31}
    later = now + timedelta(seconds=60)
    refuse_used_up(THREE, "a", now=later)
    assert uses("a", 4, later) == 1
    assert sweep_counts(now=later) == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_instant_are_all_counted():
    gate, now, refused = threading.Barrier(8), clock.now(), []

    def run():
        gate.wait(20)
        try:
            refused.append(uses("a", 1, now))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(refused) == 5
    assert RateCount.objects.get().used == 8


@pytest.mark.django_db
def test_too_many_failures_from_one_address_close_the_sign_in_with_a_sentence(monkeypatch):
    cast = make_cast()
    monkeypatch.setattr("accounts.views.SIGN_IN_FAILURES", replace(SIGN_IN_FAILURES, most=3))
    client = Client()

    def sign_in(name, password, **more):
        return client.post("/masuk", {"username": name, "password": password}, **more)

    for number in range(3):
        assert sign_in(f"tebak{number}", "salah").status_code == 200
    answer = sign_in(cast.operator.username, PASSWORD)
    assert answer.status_code == 429
    assert 3590 < int(answer["Retry-After"]) <= 3601
    assert "Terlalu banyak percobaan. Tunggu" in answer.content.decode()
    assert sign_in(cast.operator.username, PASSWORD, REMOTE_ADDR="10.1.1.1").status_code == 302


@pytest.mark.django_db
def test_right_passwords_are_not_counted():
    cast = make_cast()
    for _ in range(3):
        Client().post("/masuk", {"username": cast.operator.username, "password": PASSWORD})
    assert not RateCount.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["account", "satker", "network"])
def test_downloads_are_limited_by_account_by_satker_and_by_address(monkeypatch, by):
    story = Story.begin().compared()
    low = [replace(one, **{by: 2}) for one in rates.RATES]
    table = {(name, method): one for one in low for name in one.addresses for method in one.methods}
    monkeypatch.setattr(rates, "BY_ADDRESS", table)
    for _ in range(2):
        assert story.get("operator", "/rows.csv").status_code == 200
    answer = story.get("operator", "/rows.csv")
    document = expect(answer, 429, "TERLALU_SERING")
    assert 1 <= int(answer["Retry-After"]) == document["retry_after"] <= 61
    neighbours = {"account": 200, "satker": 429, "network": 429}
    assert story.get("kpa", "/rows.csv").status_code == neighbours[by]
    assert story.get("vera", "/rows.csv").status_code == (429 if by == "network" else 200)


@pytest.mark.django_db
def test_pages_that_take_a_file_are_limited_too(monkeypatch):
    cast = make_cast()
    low = [replace(one, account=1) for one in rates.RATES]
    table = {(name, method): one for one in low for name in one.addresses for method in one.methods}
    monkeypatch.setattr(rates, "BY_ADDRESS", table)
    client = Client()
    client.force_login(cast.operator)
    assert client.post("/upload").status_code == 400
    answer = client.post("/upload")
    assert (answer.status_code, "Terlalu banyak percobaan. Tunggu" in answer.content.decode()) == (429, True)
    assert int(answer["Retry-After"]) >= 1
    assert client_of(cast.operator).get("/api/v1/me/").status_code == 200


def test_every_limited_address_exists():
    known = {name for name, _ in named_urls()}
    assert {name for one in rates.RATES for name in one.addresses} - known == set()
