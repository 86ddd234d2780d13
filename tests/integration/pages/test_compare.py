"""Two uploads of a case compared on the page, each still downloadable; strangers see nothing."""

import pytest

from tests.integration.pages.entry_world import (
    MOST_QUERIES,
    file_of,
    good_file,
    make_open_month,
    sent,
    work_through,
)
from tests.story import CORRECTED, satker_adk

pytestmark = pytest.mark.django_db

PLACE = "/rekon/503202/2026-09/bandingkan"


@pytest.fixture
def cast():
    return make_open_month()


@pytest.fixture
def operator(client, cast):
    client.force_login(cast.operator)
    for file in (good_file(), file_of("rusak.zip", b"x"), file_of(*satker_adk(CORRECTED)), good_file()):
        sent(client, file)
        work_through()
    return client


def test_the_changed_amount_is_named_by_account_and_document(operator, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = operator.get(f"{PLACE}?a=1&b=3")
    (one,) = answer.context["accounts"]
    assert (one["account"].akun, one["account"].changed, one["account"].difference) == ("521211", 1, 90_000)
    assert [(row["kind"], row["before"], row["after"]) for row in answer.context["rows"]] == [
        ("Berubah", 7_450_000, 7_540_000)
    ]
    back = operator.get(f"{PLACE}?a=3&b=1").context["accounts"][0]["account"]
    assert back.difference == -90_000


def test_without_a_choice_the_last_two_accepted_are_compared(operator):
    context = operator.get(PLACE).context
    assert (context["before"], context["after"]) == (3, 4)


def test_equal_bytes_are_said_to_be_equal_and_a_refused_file_to_be_incomparable(operator):
    assert operator.get(f"{PLACE}?a=1&b=4").context["verdict"]["title"] == "Sama persis"
    assert operator.get(f"{PLACE}?a=2&b=3").context["verdict"]["equal"] is None
    assert operator.get(f"{PLACE}?a=1&b=9").status_code == 404


def test_every_kept_version_is_downloadable_and_the_history_leads_there(operator):
    context = operator.get(PLACE).context
    assert [one["number"] for one in context["uploads"]] == [4, 3, 2, 1]
    for one in context["uploads"]:
        assert operator.get(one["file_url"]).status_code == 200
    rows = operator.get("/riwayat").context["uploads"]
    assert [bool(row["compare_url"]) for row in rows] == [True, True, True, False]
    assert operator.get(rows[0]["compare_url"]).status_code == 200


def test_a_stranger_and_a_case_without_upload_are_not_found(operator, cast, client):
    client.force_login(cast.stranger_operator)
    assert client.get(PLACE).status_code == 404
    assert client.get("/rekon/503202/kemarin/bandingkan").status_code == 404
    client.force_login(cast.operator)
    assert client.get("/rekon/503202/2026-08/bandingkan").status_code == 404
