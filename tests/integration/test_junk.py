"""Junk at every address of the API: refused in a problem document, never an error of ours."""

import json
import random
from itertools import product

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from tests.access.matrix import TABLE
from tests.access.test_matrix import addresses, client_for
from tests.availability import soaking
from tests.story import API, SWAPPED, Story, expect

pytestmark = pytest.mark.django_db

ADDRESSES = sorted({line.split()[0] for line in TABLE.split("\n") if line.startswith("api-")})
ROUNDS = 2_000 if soaking() else 120
FIELDS = [
    "pin",
    "content_hash",
    "nonce",
    "reason",
    "text",
    "location",
    "username",
    "password",
    "letter_date",
    "scan",
]
NASTY = [
    *(None, True, 0, -1, 10**30, 1.5, "", " ", "\x00", "\ud800", "é" * 300, "x" * 70_000, "../../etc/passwd"),
    *(
        "'; DROP TABLE x; --",
        "=1+1",
        "2026-09",
        "2026-99-99",
        "٢٠٢٦-٠٩",
        [],
        [[]],
        {},
        {"a": [None]},
        "\u202e",
    ),
]
BODIES = [
    *(b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe\x00", b"[" * 60_000, b'{"a":' * 20_000),
    *(b"1" * 6_000, b"-", b"NaN", b'{"pin": NaN}', b"<?xml version='1.0'?><a/>"),
]
QUERIES = [
    *("cursor=x", "cursor=cD0x", "cursor=%00", "cursor=bz0xMDAwMDAwMDAwMDAwMDAwMDA%3D", "page_size=-1"),
    *(
        "limit=99999999999999999999",
        "period=%D9%A2026-09",
        "period=2026-00",
        "satker=%00",
        "stage=%F0%9F%98%80",
    ),
    *(
        "element=BLJ&akun=%E2%98%83",
        "element=%00",
        "element=BLJ&cursor=-5",
        "element=BLJ&only=%00",
        "year=%00",
    ),
    *(
        "year=99999",
        "year=0000",
        "kppn=" + "1" * 5000,
        "verdict=SAMA%00",
        "format=xml",
        "element=BLJ&limit=0",
    ),
]
KINDS = [
    "application/json",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "text/plain",
    "",
    "a/b;c",
]
HEADERS = {
    "HTTP_IDEMPOTENCY_KEY": ["", "x" * 5000, "\x7f", "é", "a b"],
    "HTTP_ACCEPT": ["text/html", "*/*", "junk", "application/xml"],
    "HTTP_AUTHORIZATION": ["Token", "Token x", "Token \xff", "Basic eDp5", "Bearer " + "y" * 4000],
    "HTTP_ACCEPT_LANGUAGE": ["xx", ",;q=é", "en-" * 400],
}


@pytest.fixture
def story():
    story = Story.begin().signed()
    expect(story.ask_reset(), 201)
    return story


def body_of(rng: random.Random) -> tuple[bytes, str]:
    if rng.random() < 0.5:
        return rng.choice(BODIES), rng.choice(KINDS)
    document = {rng.choice(FIELDS): rng.choice(NASTY) for _ in range(rng.randint(1, 4))}
    return json.dumps(document).encode(), "application/json"


def one_call(rng: random.Random, client: APIClient, url: str):
    method = rng.choice(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
    headers = {name: rng.choice(values) for name, values in HEADERS.items() if rng.random() < 0.15}
    content, kind = body_of(rng)
    query = f"?{rng.choice(QUERIES)}" if rng.random() < 0.4 else ""
    with transaction.atomic():
        answer = client.generic(method, f"{url}{query}", content, content_type=kind, **headers)
        transaction.set_rollback(True)
    return (method, url, query, kind, content[:60], headers), answer


def flawed(answer, method) -> bool:
    if answer.status_code >= 500:
        return True
    kind = answer.headers.get("Content-Type", "")
    return answer.status_code >= 400 and method != "HEAD" and kind != "application/problem+json"


def test_no_junk_at_any_address_is_an_error_of_ours(story):
    rng = random.Random(1_045_994)
    clients = [client_for(getattr(story.cast, name)) for name in ("operator", "kpa", "vera", "supervisor")]
    there = addresses(story)[False]
    urls = [there[name] for name in ADDRESSES]
    urls += [url.replace("/1/", f"/{10**25}/") for url in urls]
    bad = []
    for number in range(ROUNDS):
        call, answer = one_call(rng, rng.choice(clients), urls[number % len(urls)])
        if flawed(answer, call[0]):
            bad.append((answer.status_code, answer.headers.get("Content-Type"), call))
    assert bad == []


def test_no_junk_in_a_query_is_an_error_of_ours(story):
    client = client_for(story.cast.operator)
    case = f"/cases/{story.case.pk}"
    for tail, query in product(("/cases/", f"{case}/coa/", f"{case}/detail/", "/periods/"), QUERIES):
        answer = client.get(f"{API}{tail}?{query}")
        assert not flawed(answer, "GET"), (tail, answer.status_code, answer.content[:200])


def test_no_junk_body_is_an_error_of_ours(story):
    client = client_for(story.cast.vera)
    for content, kind in product(BODIES, KINDS):
        answer = client.generic("POST", f"{story.path}/reject/", content, content_type=kind)
        assert not flawed(answer, "POST"), (kind, content[:20], answer.content[:200])
        token = client.generic("POST", f"{API}/token/", content, content_type=kind)
        assert not flawed(token, "POST"), (kind, content[:20], token.content[:200])


def test_nasty_values_in_an_explanation_are_refused_or_kept_as_text():
    story = Story.begin().compared(SWAPPED)
    for value in NASTY:
        body = {"location": "SIAP", "reason": "LAINNYA", "text": value}
        answer = story.by("operator").put(
            f"{story.path}/explanations/BLJ/521211/",
            json.dumps(body).encode(),
            content_type="application/json",
        )
        assert not flawed(answer, "PUT"), (value, answer.content[:200])
