"""The matrix of access, asked one by one; and that it forgets no address."""

import json
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from accounts.sessions import open_session
from adk.models import HalfSent, TreasuryIntake, Upload
from bar.models import Bar, ResetRequest
from erekon.lib import clock, files
from reconciliation.models import Evidence
from tests.access.matrix import MEMBERS, TABLE
from tests.access.resolver import named_urls
from tests.builders import make_user
from tests.story import Story, expect

pytestmark = pytest.mark.django_db

LINES = [line.split() for line in TABLE.strip().splitlines()]
ARGUMENTS = {name: set(arguments) for name, arguments in named_urls()}
BACKEND = "django.contrib.auth.backends.ModelBackend"
NOWHERE = 987_654
AHEAD = timedelta(hours=1)
MULTIPART = ("/adk/", "/treasury/", "/reset-requests/", "/evidence/")


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
    Evidence.objects.create(
        case=story.case,
        element="BLJ",
        akun="521211",
        name="surat.pdf",
        kind="pdf",
        size=8,
        content=files.store(b"%PDF-1.4"),
        added_for=1,
        added_by=story.cast.operator,
        added_at=clock.now(),
    )
    members: dict[str, User | None] = {
        "anybody": None,
        "neighbour": make_user("OPERATOR_SATKER", "441905"),
        "djpb": make_user("DJPB"),
        "admin": make_user("ADMIN_PUSAT"),
    }
    people = {name: members.get(name, getattr(story.cast, name, None)) for name in MEMBERS}
    return story, {name: client_for(person) for name, person in people.items()}


def addresses(story: Story) -> dict[bool, dict[str, str]]:
    """Every address for what is there (False) and for what is not (True). Looked up once: each call is undone."""
    keys, known = keys_of(story), known_of(story)
    return {
        nowhere: {name: address(name, keys, known, nowhere=nowhere) for name in ARGUMENTS}
        for nowhere in (False, True)
    }


def address(name: str, keys: dict[str, int], known: dict[str, Any], *, nowhere: bool) -> str:
    owner = next((key for key in keys if name.startswith(key)), "")
    named = {**known, "pk": NOWHERE if nowhere else keys.get(owner, known["pk"])}
    return reverse(name, kwargs={key: named[key] for key in ARGUMENTS[name]})


def keys_of(story: Story) -> dict[str, int]:
    """What `pk` names, by how the address's name begins; everywhere else it is the case."""
    return {
        "api-chunks": getattr(HalfSent.objects.first(), "pk", NOWHERE),
        "api-adk": Upload.objects.get().pk,
        "api-treasury": TreasuryIntake.objects.get().pk,
        "api-reset-grant": ResetRequest.objects.get().pk,
        "api-reset-refuse": ResetRequest.objects.get().pk,
        "admin-pin": story.cast.kpa.pk,
        "reset-": ResetRequest.objects.get().pk,
        "unggahan": Upload.objects.get().pk,
    }


def known_of(story: Story) -> dict[str, Any]:
    """What every other argument names."""
    return {
        "pk": story.case.pk,
        "number": 0,
        "element": "BLJ",
        "akun": "521211",
        "bendahara": "PENGELUARAN",
        "verify_id": Bar.objects.get().verify_id,
        "satker": "503202",
        "period": "2026-09",
        "evidence": getattr(Evidence.objects.first(), "pk", NOWHERE),
    }


def client_for(user: User | None) -> APIClient:
    """One client per member: building one costs more than the calls it makes.

    Its session begins as a sign-in begins it, and a while ahead: else some calls, undone as they are, would begin
    it anew or note its use, with a cookie that the others lack.
    """
    client = APIClient(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend=BACKEND)
        session = client.session
        open_session(session, user, now=clock.now() + AHEAD)
        session.save()
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
    there, wrong = addresses(story)[False], []
    for name, method, *expected in LINES:
        assert len(expected) == len(MEMBERS), name
        for member, wanted in zip(MEMBERS, expected, strict=True):
            found = ask(method, there[name], members[member]).status_code
            if str(found) != wanted:
                wrong.append((name, method, member, wanted, found))
    assert wrong == []


def test_what_is_unseen_reads_like_what_does_not_exist(world):
    story, members = world
    urls, compared = addresses(story), 0
    for name, method, *expected in LINES:
        for member, wanted in zip(MEMBERS, expected, strict=True):
            if wanted == "404" and name.startswith("api-"):
                unseen = ask(method, urls[False][name], members[member])
                absent = ask(method, urls[True][name], members[member])
                assert json.loads(unseen.content) == json.loads(absent.content), (name, member)
                compared += 1
    assert compared > 50
