"""The audit trail: who reads which events, and what was before and after."""

import pytest
from django.db import transaction
from django.test import Client

from audit.models import ActorName, Event
from audit.services import append, forget_name
from erekon.lib import clock
from tests.builders import make_user
from tests.story import Story

pytestmark = pytest.mark.django_db

ADDRESS = "/jejak"


def browser(story, person):
    """A signed-in browser of a member of the cast, or of an administrator."""
    client = Client()
    client.force_login(make_user("ADMIN_PUSAT") if person == "admin" else getattr(story.cast, person))
    return client


def read(story, person, **filters):
    return browser(story, person).get(ADDRESS, filters)


def shown(answer):
    return answer.context["events"]


def test_a_kasi_vera_reads_the_events_of_the_satkers_of_the_office_alone():
    story = Story.begin().signed()
    events = shown(read(story, "kasi_vera"))
    assert {event["satker"] for event in events} == {story.case.satker_id}
    assert "Tanda tangan Kasi Vera" in {event["action"] for event in events}
    assert shown(read(story, "stranger_kasi_vera")) == []


def test_national_readers_see_sign_ins_and_keys_too():
    story = Story.begin().compared()
    with transaction.atomic():
        append(at=clock.now(), actor="pengguna:1", action="MASUK", subject="pengguna:1")
    assert "Masuk" in {event["action"] for event in shown(read(story, "admin"))}


@pytest.mark.parametrize("asked", ["sistem", "Sistem", "sist"])
def test_what_the_system_did_is_named_and_found_by_its_name(asked):
    story = Story.begin().compared()
    found = shown(read(story, "admin", pelaku=asked))
    assert {(event["action"], event["actor"]) for event in found} >= {("Memuat ADK", "Sistem")}
    assert {event["actor"] for event in found} == {"Sistem"}


def test_a_move_shows_the_stage_before_and_after_in_the_words_of_the_screen():
    story = Story.begin().approved()
    (event,) = shown(read(story, "admin", tindakan="APPROVE"))
    change = event["changes"][0]
    assert (change["before"], change["after"]) == ("Menunggu Persetujuan BAR", "Menunggu TTD KPA")


@pytest.mark.parametrize(
    ("filters", "actions"),
    [
        ({"satker": "999999"}, set()),
        ({"pelaku": "tidak ada orang ini"}, set()),
        ({"tindakan": "LOAD"}, {"Memuat ADK"}),
        ({"dari": "2099-01-01"}, set()),
        ({"sampai": "2000-01-01"}, set()),
        ({"sebelum": "1"}, set()),
    ],
)
def test_filters_narrow_the_list(filters, actions):
    story = Story.begin().compared()
    assert {event["action"] for event in shown(read(story, "admin", **filters))} == actions


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("satker", "12"),
        ("subjek", "'; drop"),
        ("dari", "kemarin"),
        ("sampai", "9999-12-31"),
        ("sebelum", "x"),
        ("sebelum", "9" * 40),
        ("tindakan", "LAIN"),
        ("pelaku", "a\0b"),
    ],
)
def test_a_wrong_filter_is_named_and_nothing_is_shown(name, value):
    answer = read(Story.begin(), "admin", **{name: value})
    assert answer.status_code == 400
    assert answer.context["errors"][0]["target"] == f"id_{name}"


def test_older_events_are_on_the_next_page(monkeypatch):
    monkeypatch.setattr("erekon.portal.pages.audit_trail.PAGE", 3)
    story = Story.begin().compared()
    admin = browser(story, "admin")
    first = admin.get(ADDRESS)
    second = admin.get(first.context["next_url"])
    numbers = [event["seq"] for event in (*shown(first), *shown(second))]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 6


def test_the_page_takes_few_queries(django_assert_max_num_queries):
    story = Story.begin().signed()
    kasi_vera = browser(story, "kasi_vera")
    with django_assert_max_num_queries(12):
        kasi_vera.get(ADDRESS)


def test_an_erased_name_leaves_the_chain_whole_and_the_key_in_its_place():
    story = Story.begin().signed()
    key = Event.objects.filter(action="SIGN_KPA").values_list("actor", flat=True).get()
    assert ActorName.objects.filter(key=key).exists()
    with transaction.atomic():
        forget_name(key=key, letter="S-12/2026", actor="sistem", now=clock.now())
    assert not ActorName.objects.filter(key=key).exists()
    (event,) = shown(read(story, "admin", tindakan="SIGN_KPA"))
    assert event["actor"] == key
    (erased,) = shown(read(story, "admin", tindakan="HAPUS_NAMA"))
    assert {"label": "letter", "before": "", "after": "S-12/2026"} in erased["changes"]
