"""The matrix of access, asked one by one; and that it forgets no address."""

import json
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from adk.models import HalfSent, TreasuryIntake, Upload
from bar.models import Bar, ResetRequest
from erekon.lib import clock
from tests.access.matrix import MEMBERS, TABLE
from tests.access.resolver import named_urls
from tests.builders import make_user
from tests.story import Story, expect

pytestmark = pytest.mark.django_db

LINES = [line.split() for line in TABLE.strip().splitlines()]
ARGUMENTS = {name: set(arguments) for name, arguments in named_urls()}
BACKEND = "django.contrib.auth.backends.ModelBackend"
NOWHERE = 987_654
MULTIPART = ("/adk/", "/treasury/", "/reset-requests/")


@pytest.fixture
def world(settings):
    story = Story.begin().signed()
    expect(story.ask_reset(), 201)
    HalfSent.objects.create(
        user=story.cast.operator,
        satker=story.cast.places.satker,
        period="2026-09",
        filename="a.zip",
        size=3,
        sha256="0" * 64,
        started_at=clock.now(),
    )
    members: dict[str, User | None] = {
        "anybody": None,
        "neighbour": make_user("OPERATOR_SATKER", "441905"),
        "djpb": make_user("DJPB"),
        "admin": make_user("ADMIN_PUSAT"),
    }
    people = {name: members.get(name, getattr(story.cast, name, None)) for name in MEMBERS}
    return story, {name: client_for(person) for name, person in people.items()}


def address(name: str, story: Story, *, nowhere: bool = False) -> str:
    keys = {
        "api-chunks": getattr(HalfSent.objects.first(), "pk", NOWHERE),
        "api-adk": Upload.objects.get().pk,
        "api-treasury": TreasuryIntake.objects.get().pk,
        "api-reset-grant": ResetRequest.objects.get().pk,
        "api-reset-refuse": ResetRequest.objects.get().pk,
        "reset-": ResetRequest.objects.get().pk,
        "unggahan": Upload.objects.get().pk,
    }
    owner = next((key for key in keys if name.startswith(key)), "")
    known = {
        "pk": NOWHERE if nowhere else keys.get(owner, story.case.pk),
        "number": 0,
        "element": "BLJ",
        "akun": "521211",
        "verify_id": Bar.objects.get().verify_id,
        "satker": "503202",
        "period": "2026-09",
    }
    return reverse(name, kwargs={key: known[key] for key in ARGUMENTS[name]})


def client_for(user: User | None) -> APIClient:
    """One client per member: building one costs more than the calls it makes."""
    client = APIClient(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def ask(method: str, url: str, client: APIClient):
    """One call whose effects are undone, signing out too."""
    cookies = client.cookies.output(header="", sep=";")
    with transaction.atomic():
        fields = url.startswith("/api/") and not url.endswith(MULTIPART)
        body = {} if method == "GET" else {"data": {}, "format": "json" if fields else "multipart"}
        answer = getattr(client, method.lower())(url, **body)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)
    return answer


def test_every_named_address_has_a_line():
    assert sorted(set(ARGUMENTS) - {line[0] for line in LINES}) == []
    assert sorted({line[0] for line in LINES} - set(ARGUMENTS)) == []


def test_every_member_of_the_cast_gets_what_the_matrix_says(world):
    story, members = world
    wrong = []
    for name, method, *expected in LINES:
        assert len(expected) == len(MEMBERS), name
        url = address(name, story)
        for member, wanted in zip(MEMBERS, expected, strict=True):
            found = ask(method, url, members[member]).status_code
            if str(found) != wanted:
                wrong.append((name, method, member, wanted, found))
    assert wrong == []


def test_what_is_unseen_reads_like_what_does_not_exist(world):
    story, members = world
    compared = 0
    for name, method, *expected in LINES:
        for member, wanted in zip(MEMBERS, expected, strict=True):
            if wanted == "404" and name.startswith("api-"):
                unseen = ask(method, address(name, story), members[member])
                absent = ask(method, address(name, story, nowhere=True), members[member])
                assert json.loads(unseen.content) == json.loads(absent.content), (name, member)
                compared += 1
    assert compared > 50
