"""The demo fills an empty database through the services, once, with every situation of the lifecycle."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import Assignment, User
from accounts.roles import ROLES
from adk.models import Upload
from audit.models import Event
from audit.verifying import verify_chain
from bar.models import ResetRequest, ResetState
from erekon.portal.demo.deadline import keep_open
from erekon.portal.demo.places import SATKERS
from erekon.portal.demo.story import SCENES
from erekon.portal.demo.timeline import timeline_of
from erekon.portal.pages.audit_words import ACTIONS
from erekon.portal.references.loading import SHIPPED
from reconciliation.models import Period, Reconciliation

WANTED = {
    "BELUM_UPLOAD",
    "TIDAK_STANDAR",
    "UPLOAD_ULANG",
    "PERSETUJUAN_BAR",
    "TTD_KPA",
    "TTD_KASI_VERA",
    "SIAP_DOWNLOAD",
    "DIBATALKAN",
}


def test_invented_kppn_codes_stand_in_no_public_list() -> None:
    listed = {line.split(",")[0] for line in (SHIPPED / "kppn.csv").read_text().splitlines()}
    assert not listed & {satker.kppn for satker in SATKERS}


def test_every_satker_has_its_scene() -> None:
    assert set(SCENES) == {satker.code for satker in SATKERS}


@pytest.mark.parametrize("month", range(1, 13))
def test_open_month_is_past_and_open_on_the_first_day_of_any_month(month: int) -> None:
    now = datetime(2027, month, 1, 5, 0, tzinfo=UTC)
    timeline = timeline_of(now)
    assert timeline.opens(timeline.month) <= now < timeline.closes(timeline.month)
    assert 1 < timeline.first_month <= timeline.month
    assert max(timeline.days(timeline.month)) < now.date()


@pytest.mark.django_db
def test_demo_shows_every_situation_and_fills_only_once(
    tmp_path: Path, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts = tmp_path / "accounts.json"
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    settings.KEY_FOLDER = tmp_path / "media" / "keys"  # type: ignore[attr-defined]
    settings.DEMO_ACCOUNTS_FILE = str(accounts)  # type: ignore[attr-defined]
    call_command("demo", "--no-serve")
    last = Period.objects.order_by("-year", "-month").first()
    cases = {case.satker_id: case for case in Reconciliation.objects.filter(period=last)}
    assert {case.stage for case in cases.values()} == WANTED
    assert cases["990205"].early_month
    assert cases["990104"].unexplained == 2
    assert (cases["990202"].verdict, cases["990202"].unexplained) == ("BEDA", 0)
    assert {cases[code].verdict for code in ("990103", "990201")} == {"SAMA", "BEDA"}
    assert set(ResetRequest.objects.values_list("state", flat=True)) == {
        ResetState.DIAJUKAN,
        ResetState.DISETUJUI,
    }
    assert verify_chain() is None
    # What the demo shows of the audit trail reads as words, not as codes.
    assert set(Event.objects.values_list("action", flat=True)) <= set(ACTIONS)
    roles = set(Assignment.objects.values_list("role", flat=True))
    assert roles == {role.code for role in ROLES} - {"SAKTI"}
    listed = json.loads(accounts.read_text())
    assert len(listed) == User.objects.count()
    assert {tuple(person) for person in listed} == {("username", "password", "pin", "name", "role", "place")}
    assert accounts.stat().st_mode & 0o077 == 0
    assert {path.name for path in (tmp_path / "adk").iterdir()} == {
        "hijau.zip",
        "merah.zip",
        "bulan-salah.zip",
        "rusak.zip",
        "isi-salah.zip",
    }
    uploads = Upload.objects.count()
    call_command("demo", "--no-serve")
    assert Upload.objects.count() == uploads
    assert "tidak ada yang dibuat ulang" in capsys.readouterr().out
    assert last is not None
    assert last.closes_at is not None
    assert keep_open(last.closes_at)
    last.refresh_from_db()
    assert keep_open(datetime.now(UTC)) is False
