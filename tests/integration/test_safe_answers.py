"""CSRF on every unsafe address, headers on every answer, /metrics for the few, and a clean `check --deploy`."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.test import Client
from rest_framework.test import APIClient

from tests.access.asking import Route, routes
from tests.access.menagerie import ELEMENT
from tests.builders import make_cast

ANYTHING = {
    **dict.fromkeys(("case", "upload", "half", "intake", "reset", "evidence", "number"), 7),
    "satker": "503202",
    "kppn": "116",
    "period": "2026-09",
    "element": ELEMENT,
    "akun": "521211",
    "bendahara": "PENGELUARAN",
    "verify_id": "A" * 26,
}
UNSAFE = [route for route in routes() if route.unsafe]
# A token is asked for with name and password, by nobody who is signed in.
NO_SESSION = {"api-token"}
CACHEABLE = {"jwks", "bar-ca", "bar-crl", "status-list", "health-live", "health-ready", "metrics"}


@pytest.fixture
def operator(db):
    return make_cast().operator


def send(client, route: Route):
    given = {} if route.multipart else {"data": {}, "content_type": "application/json"}
    return getattr(client, route.method.lower())(route.address(ANYTHING), **given)


def checking_client(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


def test_no_unsafe_address_takes_a_session_without_the_csrf_token(operator):
    passed = []
    for route in UNSAFE:
        # Signing out and a failed check both end what is set on the client.
        answer = send(checking_client(operator), route)
        if answer.status_code not in {403, 405} and route.name not in NO_SESSION:
            passed.append((str(route), answer.status_code))
    assert passed == []
    assert len(UNSAFE) > 40


def test_control_without_enforcement_they_are_taken(operator):
    taken = 0
    for route in UNSAFE:
        client = Client()
        client.force_login(operator)
        taken += send(client, route).status_code not in {403, 405}
    assert taken > 20


def test_every_answer_carries_the_headers_and_no_private_page_is_kept(operator):
    private, wrong = 0, []
    for route in (route for route in routes() if route.method == "GET"):
        client = APIClient()
        client.force_login(operator)
        answer = client.get(route.address(ANYTHING))
        wrong += [(route.name, name) for name in missing(answer)]
        if route.name not in CACHEABLE and answer.status_code != 405:
            private += 1
            if "no-store" not in answer.headers.get("Cache-Control", ""):
                wrong.append((route.name, answer.headers.get("Cache-Control")))
    assert wrong == []
    assert private > 30


def missing(answer):
    policy = answer.headers.get("Content-Security-Policy", "")
    wanted = {
        "csp": "default-src 'none'" in policy and "unsafe" not in policy and "nonce" not in policy,
        "frame-ancestors": "frame-ancestors 'none'" in policy,
        "base-uri": "base-uri 'none'" in policy,
        "nosniff": answer.headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": answer.headers.get("Referrer-Policy") == "same-origin",
        "permissions": "camera=()" in answer.headers.get("Permissions-Policy", ""),
        "frames": answer.headers.get("X-Frame-Options") == "DENY",
        "opener": answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "no hsts by http": "Strict-Transport-Security" not in answer.headers,
    }
    return [name for name, there in wanted.items() if not there]


def test_no_page_has_a_script_or_a_style_in_its_text(operator):
    client = Client()
    client.force_login(operator)
    for route in (one for one in routes() if one.method == "GET" and not one.name.startswith("api-")):
        answer = client.get(route.address(ANYTHING))
        if "html" not in answer.headers.get("Content-Type", ""):
            continue
        text = answer.content.decode()
        assert "<script>" not in text, route.name
        assert "<style" not in text, route.name
        assert not any(word in text for word in (" style=", " onclick=", "javascript:")), route.name


@pytest.mark.parametrize(
    ("headers", "address", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({}, "10.0.0.5", 404),
        ({"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1", 404),
        ({"Authorization": "Bearer rahasia-meter"}, "10.0.0.5", 200),
        ({"Authorization": "Bearer rahasia-meter", "X-Forwarded-For": "10.0.0.5"}, "127.0.0.1", 200),
        ({"Authorization": "Bearer salah"}, "10.0.0.5", 404),
        ({"Authorization": "Bearer "}, "10.0.0.5", 404),
    ],
)
def test_metrics_are_for_the_machine_itself_and_for_who_has_the_token(db, settings, headers, address, status):
    settings.METRICS_TOKEN = "rahasia-meter"
    assert Client(REMOTE_ADDR=address).get("/metrics", headers=headers).status_code == status


def test_an_empty_metrics_token_lets_nobody_in(db, settings):
    settings.METRICS_TOKEN = ""
    assert (
        Client(REMOTE_ADDR="10.0.0.5").get("/metrics", headers={"Authorization": "Bearer "}).status_code
        == 404
    )


HTTPS = {
    "PUBLIC_BASE_URL": "https://erekon.example",
    "SECRET_KEY": "Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4zAb3dEf6hIj9kLm2nOp5qRs8t",
    "DEBUG": "false",
}


def test_check_deploy_is_clean_under_https():
    run = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=django_settings.BASE_DIR,
        env={**os.environ, **HTTPS},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (run.returncode, "no issues" in run.stdout) == (0, True), run.stderr


def test_https_alone_turns_on_secure_cookies_and_hsts():
    told = (
        "import django; django.setup(); from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, "
        "s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_HTTPONLY)"
    )
    found = {}
    for scheme in ("https", "http"):
        env = {**os.environ, **HTTPS, "PUBLIC_BASE_URL": f"{scheme}://erekon.example"}
        env |= {"DJANGO_SETTINGS_MODULE": "erekon.settings"}
        run = subprocess.run(
            [sys.executable, "-c", told],
            cwd=django_settings.BASE_DIR,
            env=env,
            capture_output=True,
            text=True,
            check=True,
        )
        found[scheme] = run.stdout.split()
    assert found == {"https": ["True"] * 5, "http": [*["False"] * 4, "True"]}
