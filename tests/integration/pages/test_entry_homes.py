"""The home pages, and what everybody looks up."""

from datetime import timedelta

import pytest
from django.urls import reverse

from erekon.lib import clock
from reconciliation.lifecycle import LOOKS
from reconciliation.models import Holiday, Reconciliation
from reconciliation.services.periods import set_period
from tests.builders import LONG_AGO, assign, make_cast, make_period, make_user
from tests.integration.pages.entry_world import (
    MOST_QUERIES,
    file_of,
    good_file,
    make_open_month,
    sent,
    work_through,
)
from tests.integration.pages.signing_world import give_pin, make_world, sign_as

pytestmark = pytest.mark.django_db

EVERYBODYS = ("/", "/riwayat", "/jadwal", "/bantuan")
OWN, NEIGHBOUR, FAR = "503202", "441905", "627898"
ONLOOKERS = (
    ("KEPALA_KPPN", "116", (OWN, NEIGHBOUR)),
    ("SUPERVISOR_KPPN", "116", (OWN, NEIGHBOUR)),
    ("KANWIL", "07", (OWN, NEIGHBOUR)),
    ("DJPB", "", (OWN, NEIGHBOUR, FAR)),
    ("UAPPA_W", "0150812", (OWN,)),
    ("UAPPA_E1", "01508", (OWN, FAR)),
    ("UAPA", "015", (OWN, FAR)),
    ("ADMIN_PUSAT", "", (OWN, NEIGHBOUR, FAR)),
    ("ADMIN_KPPN", "116", (OWN, NEIGHBOUR)),
    ("ADMIN_LOKAL", OWN, (OWN,)),
)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("path", [*EVERYBODYS, "/upload"])
def test_a_visitor_is_led_to_the_sign_in_page(client, path):
    assert client.get(path)["Location"] == f"{reverse('masuk')}?next={path}"


@pytest.mark.parametrize("role", ["operator", "kpa", "vera", "kasi_vera", "supervisor"])
@pytest.mark.parametrize("path", EVERYBODYS)
def test_every_page_opens_for_the_people_of_a_case_within_its_queries(
    client, role, path, django_assert_max_num_queries
):
    world = make_world()
    client.force_login(getattr(world.cast, role))
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(path)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", EVERYBODYS)
def test_pages_open_before_any_schedule_is_set(client, path):
    client.force_login(make_cast().operator)
    assert client.get(path).status_code == 200


def test_a_user_without_a_role_sees_an_empty_list(client):
    cast = make_open_month()
    cast.operator.assignments.all().delete()
    client.force_login(cast.operator)
    assert "Tidak ada kasus yang cocok" in text(client.get("/"))


def test_the_operators_first_task_is_the_open_upload(client):
    client.force_login(make_open_month().operator)
    response = client.get("/")
    assert response.context["turn"]["title"] == "Unggah ADK September 2026"
    assert 'name="period" value="2026-09"' in text(response)


def test_the_operator_reads_that_differences_wait_for_an_explanation(client):
    client.force_login(make_open_month().operator)
    sent(client, good_file())
    work_through()
    turn = client.get("/").context["turn"]
    assert (turn["title"], turn["upload"]) == ("Jelaskan selisih September 2026", None)
    assert turn["url"] == "/rekon/503202/2026-09"


def test_the_operator_reads_of_a_rejected_file_and_of_one_under_check(client):
    client.force_login(make_open_month().operator)
    sent(client, file_of("a.zip", b"bukan zip"))
    assert client.get("/").context["waiting"][0]["text"] == "Berkas diterima, sedang diperiksa."
    work_through()
    context = client.get("/").context
    assert context["tasks"][0]["button"] == "Lihat sebabnya"
    assert context["turn"]["title"] == "Unggah ulang ADK September 2026"


def test_a_closed_month_without_data_is_named_as_late(client):
    cast = make_cast()
    make_period(2026, 8, opens_at=LONG_AGO, closes_at=clock.now() - timedelta(days=1))
    client.force_login(cast.operator)
    context = client.get("/").context
    assert context["turn"] is None
    assert context["tasks"][0]["tag"]["text"] == "Jadwal ditutup"


def test_the_kpa_sees_what_waits_for_him_and_then_what_he_signed(client):
    world = make_world()
    client.force_login(world.cast.kpa)
    bar = client.get("/").context["bars"][0]
    assert (bar["url"], bar["verdict"]) == (f"/bar/{world.case.pk}", "Tidak semua sama")
    assert [step["text"] for step in bar["trail"]] == ["ADK diunggah operator", "Disetujui Seksi Vera KPPN"]
    give_pin(world.cast.kpa)
    sign_as(world, world.cast.kpa)
    context = client.get("/").context
    assert (context["bars"], context["signed"][0]["stage"]) == ([], "TTD_KASI_VERA")
    assert "Giliran Kasi Vera" in context["working"]


def test_the_kppn_sees_positions_late_satkers_and_its_turn(client):
    world = make_world()
    give_pin(world.cast.kpa)
    sign_as(world, world.cast.kpa)
    client.force_login(world.cast.kasi_vera)
    context = client.get("/").context
    assert {one["stage"]: one["count"] for one in context["positions"]} == {
        "BELUM_UPLOAD": 1,
        "TTD_KASI_VERA": 1,
    }
    assert context["turn"]["title"] == "1 BAR menunggu tanda tangan Anda"
    assert [one["title"] for one in context["late"]] == [str(world.cast.places.neighbour)]
    client.force_login(world.cast.vera)
    assert client.get("/").context["turn"] is None


def test_a_failed_run_reaches_the_kppn_with_its_support_number(client):
    cast = make_open_month()
    client.force_login(cast.operator)
    upload = sent(client, good_file())
    type(upload).objects.filter(pk=upload.pk).update(state="FAILED")
    assert f"Kode ADK-{upload.pk}" in client.get("/").context["waiting"][0]["text"]
    client.force_login(cast.vera)
    assert f"kode ADK-{upload.pk}" in client.get("/").context["tasks"][0]["text"]
    client.force_login(cast.stranger_vera)
    assert client.get("/").context["tasks"] == []


@pytest.mark.parametrize(("role", "place", "seen"), ONLOOKERS)
def test_onlookers_list_the_cases_of_their_scope_alone(
    client, role, place, seen, django_assert_max_num_queries
):
    make_world()
    client.force_login(make_user(role, place))
    with django_assert_max_num_queries(MOST_QUERIES):
        context = client.get("/").context
    assert {case["code"] for case in context["cases"]} == set(seen)


def test_the_list_is_searched_by_satker_stage_and_period(client):
    make_world()
    client.force_login(make_user("DJPB"))

    def codes(query):
        return [case["code"] for case in client.get(f"/?{query}").context["cases"]]

    assert codes("q=5032") == codes("stage=TTD_KPA") == codes("q=kantor+503202") == ["503202"]
    assert codes("periode=2026-08") == []
    assert len(codes("stage=NONSENSE")) == len(codes("periode=nonsense")) == len(codes("hal=99")) == 3


def test_the_list_is_paged_and_its_links_keep_the_filter(client):
    make_open_month()
    for month in range(1, 9):
        make_period(2026, month)
    for year in (2023, 2024, 2025):
        for month in range(1, 5):
            make_period(year, month)
    client.force_login(make_user("DJPB"))
    first = client.get("/?stage=BELUM_UPLOAD").context
    assert (len(first["cases"]), first["total"]) == (50, 63)
    assert first["cases"][0]["period"] == "September 2026"
    assert len(client.get(first["next_url"]).context["cases"]) == 13
    assert "stage=BELUM_UPLOAD" in first["next_url"]


def test_a_person_of_two_roles_gets_the_one_that_has_something_and_a_way_to_the_other(client):
    world = make_world()
    assign(world.cast.stranger_operator, "KPA", "503202")
    Reconciliation.objects.filter(satker="627898").update(stage="SIAP_DOWNLOAD")
    client.force_login(world.cast.stranger_operator)
    response = client.get("/")
    assert response.context["bars"]
    assert [one["label"] for one in response.context["homes"]] == [
        "Operator satker",
        "Kuasa Pengguna Anggaran",
    ]
    assert "Yang perlu Anda kerjakan" in text(client.get(response.context["homes"][0]["url"]))


def test_the_schedule_names_each_state_and_the_holidays_of_ones_own_office(client):
    cast, now = make_open_month(), clock.now()
    late, soon = now - timedelta(days=2), now + timedelta(days=2)
    for month, opens, closes in ((8, LONG_AGO, late), (10, soon, soon + timedelta(days=9))):
        make_period(2026, month, opens_at=opens, closes_at=closes)
    for kppn in ("", "116", "156"):
        Holiday.objects.create(date="2026-12-25", name=f"Libur {kppn}", kind="lokal", kppn=kppn)
    client.force_login(cast.operator)
    context = client.get("/jadwal?tahun=2026").context
    assert [row["state"] for row in context["periods"]] == ["TUTUP", "BUKA", "BELUM"]
    assert [day["name"] for day in context["holidays"]] == ["Libur ", "Libur 116"]
    assert "Jadwal belum ditetapkan" in text(client.get("/jadwal?tahun=2031"))
    assert client.get("/jadwal?tahun=salah").status_code == 200


def test_the_help_page_explains_every_stage_and_code_without_placeholders(client):
    client.force_login(make_open_month().operator)
    page = text(client.get("/bantuan"))
    assert all(look.label in page for look in LOOKS.values())
    assert "BUKAN_KUMULATIF" in page
    assert "{" not in page.split("<main", 1)[1]


def test_the_sign_in_page_says_the_next_deadline_and_one_error_for_a_wrong_pair(client):
    assert "ditutup" not in text(client.get("/masuk"))
    make_open_month()
    assert "Rekon September 2026 ditutup" in text(client.get("/masuk"))
    answer = client.post("/masuk", {"username": "tidak.ada", "password": "salah"})
    assert answer.context["errors"] == [{"target": "username", "message": "NIP atau sandi salah."}]
    assert 'value="tidak.ada"' in text(answer)


def test_a_schedule_that_is_changed_changes_the_card(client):
    cast = make_open_month()
    far = clock.now() + timedelta(days=400)
    set_period(
        year=2026, month=9, opens_at=LONG_AGO, closes_at=far, on_time_until=far, sanction_from=far,
        letter_number="S-2", letter_date="2026-01-01",
    )  # fmt: skip
    client.force_login(cast.operator)
    assert client.get("/").context["turn"]["left"] == "399 hari lagi"
