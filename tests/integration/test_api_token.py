"""`POST token/`, `GET me/`, `GET periods/`."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from rest_framework.test import APIClient

from accounts.models import TokenFailure
from tests.builders import PASSWORD, assign, make_cast, make_period

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"
NOON = datetime(2026, 10, 2, 5, tzinfo=UTC)


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def api():
    return APIClient(enforce_csrf_checks=True)


def ask(api, username, password=PASSWORD, **headers):
    return api.post("/api/v1/token/", {"username": username, "password": password}, format="json", **headers)


def use(api, token):
    api.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return api


def test_a_token_works_for_twelve_hours_and_then_no_more(api, cast):
    with time_machine.travel(NOON, tick=False) as clock:
        answer = ask(api, cast.operator.username)
        assert answer.status_code == 200
        assert answer.json()["expires_at"] == "2026-10-03T00:00:00+07:00"
        use(api, answer.json()["token"])
        clock.move_to(NOON + timedelta(hours=11, minutes=59))
        assert api.get("/api/v1/me/").status_code == 200
        clock.move_to(NOON + timedelta(hours=12, minutes=1))
        assert api.get("/api/v1/me/").status_code == 401


def test_me_names_the_roles_that_hold_now(api, cast):
    assign(cast.operator, "VERA", "156", valid_to=NOON)
    use(api, ask(api, cast.operator.username).json()["token"])
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        api.force_authenticate(cast.operator)
        assert api.get("/api/v1/me/").json() == {
            "username": "oprsatker503202",
            "name": cast.operator.name,
            "assignments": [{"role": "OPERATOR_SATKER", "place": "503202"}],
        }


def test_wrong_name_and_wrong_password_read_the_same(api, cast):
    wrong, unknown = ask(api, cast.operator.username, "salah"), ask(api, "tidak.ada", "salah")
    assert (wrong.status_code, wrong["Content-Type"]) == (403, PROBLEM)
    assert wrong.json() == unknown.json()
    assert wrong.json()["code"] == "SANDI_SALAH"


@pytest.mark.parametrize("path", ["me/", "periods/"])
def test_an_anonymous_call_is_a_problem_401(api, path):
    answer = api.get(f"/api/v1/{path}")
    assert (answer.status_code, answer["Content-Type"], answer.json()["code"]) == (
        401,
        PROBLEM,
        "BELUM_MASUK",
    )


def test_a_missing_field_is_named(api, cast):
    answer = api.post("/api/v1/token/", {"username": "x"}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "password")


def test_five_wrong_tries_close_the_name_with_a_problem(api, cast):
    for _ in range(5):
        answer = ask(api, cast.operator.username, "salah")
    assert (answer.status_code, answer["Content-Type"]) == (429, PROBLEM)
    assert answer["Retry-After"] == "1800"
    assert ask(api, cast.operator.username).status_code == 429
    assert ask(api, cast.stranger_operator.username).status_code == 200


def test_thirty_failures_of_one_address_close_it_until_the_first_is_an_hour_old(api, cast):
    with time_machine.travel(NOON, tick=False) as clock:
        for number in range(30):
            assert ask(api, f"tebak{number}", "salah").status_code == 403
        answer = ask(api, cast.operator.username)
        assert (answer.status_code, answer.json()["code"]) == (429, "TERLALU_SERING")
        assert 3600 <= int(answer["Retry-After"]) <= 3601
        assert ask(api, cast.operator.username, REMOTE_ADDR="10.0.0.9").status_code == 200
        clock.move_to(NOON + timedelta(hours=1, seconds=1))
        assert ask(api, cast.operator.username).status_code == 200
        ask(api, "tebak", "salah")
        assert TokenFailure.objects.count() == 1


def test_successes_are_not_counted(api, cast):
    assert {ask(api, cast.operator.username).status_code for _ in range(32)} == {200}


def test_a_session_works_as_well_as_a_token(api, cast):
    api.force_login(cast.vera)
    assert api.get("/api/v1/me/").json()["username"] == cast.vera.username


def test_periods_are_paged_by_cursor_newest_first_and_chosen_by_year(api, cast):
    api.force_authenticate(cast.stranger_vera)
    for year, month in [(2025, 12), (2026, 9), (2026, 8)]:
        make_period(year, month)
    make_period(2026, 7, closes_at=datetime(2026, 8, 20, tzinfo=UTC))
    with time_machine.travel(NOON, tick=False):
        page = api.get("/api/v1/periods/?year=2026&page_size=2").json()
        rest = api.get(page["next"]).json()
    assert set(page) == {"next", "previous", "results"}
    rows = page["results"] + rest["results"]
    assert [(row["year"], row["month"], row["open"]) for row in rows] == [
        (2026, 9, True),
        (2026, 8, True),
        (2026, 7, False),
    ]
    assert rows[2]["closes_at"] == "2026-08-20T07:00:00+07:00"
    assert list(rows[0]) == [
        "year",
        "month",
        "opens_at",
        "closes_at",
        "on_time_until",
        "sanction_from",
        "letter_number",
        "open",
    ]


def test_a_year_that_is_no_year_is_refused(api, cast):
    api.force_authenticate(cast.vera)
    answer = api.get("/api/v1/periods/?year=dua")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "year")
