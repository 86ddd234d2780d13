"""`manage.py import_reference`: whole or nothing, again and again."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Assignment, EselonSatu, Kanwil, Kppn, Satker, User
from audit.models import Event
from audit.verifying import verify_chain
from bar.models import SignerPin
from bar.services.pins import has_pin
from erekon.portal.references import people, secrets
from erekon.portal.references.offices import ensure_pusat
from reconciliation.models import Akun, FiscalYear, Holiday, Period, Reconciliation, Sdcp

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent.parent / "samples" / "reference"
FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def quick(settings, tmp_path):
    settings.PASSWORD_HASHERS = FAST
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.KEY_FOLDER = settings.MEDIA_ROOT / "keys"


@pytest.fixture
def folder(tmp_path):
    """A copy of the samples without the people, whose PINs are slow to set."""
    target = tmp_path / "reference"
    shutil.copytree(SAMPLES, target)
    lines = (target / "pengguna.csv").read_text(encoding="utf-8").splitlines()
    (target / "pengguna.csv").write_text("\n".join(lines[:3]) + "\n", encoding="utf-8")
    return target


def run(folder, *flags):
    out = StringIO()
    call_command("import_reference", *([str(folder)] if folder else []), *flags, stdout=out)
    return out.getvalue()


def refused(folder, *flags):
    with pytest.raises(CommandError) as caught:
        run(folder, *flags)
    return str(caught.value)


def write(folder, file, *lines):
    folder.mkdir(exist_ok=True)
    (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")


def census():
    models = (
        Kanwil,
        Kppn,
        EselonSatu,
        Akun,
        Sdcp,
        FiscalYear,
        Holiday,
        Satker,
        Period,
        Reconciliation,
        User,
        Assignment,
    )
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_the_samples_load_and_make_a_case_per_satker_and_period(folder):
    out = run(folder, "--with-secrets")
    assert "satker.csv: 8 baris" in out
    assert Reconciliation.objects.count() == 8 * 5
    satker = Satker.objects.get(code="474369")
    assert (satker.kppn_id, satker.es1, satker.is_blu, satker.konsolidator) == ("017", "04", True, "0240412")
    assert FiscalYear.objects.get(year=2026).first_month == 5
    assert Holiday.objects.get(kind="lokal").kppn == "116"


def test_the_import_is_noted_in_an_audit_chain_that_holds(folder):
    run(folder)
    assert Event.objects.get().action == "IMPOR_REFERENSI"
    assert verify_chain() is None


def test_importing_again_changes_nothing(folder):
    run(folder, "--with-secrets")
    before = census()
    run(folder, "--with-secrets")
    assert census() == before


def test_passwords_and_pins_come_only_with_the_flag(folder):
    assert "--with-secrets" in run(folder)
    user = User.objects.get(username="oprsatker503202")
    assert not user.has_usable_password()
    assert not SignerPin.objects.exists()
    run(folder, "--with-secrets")
    user.refresh_from_db()
    assert user.check_password("Sandi-8e1802094c0a9-Uji")
    assert has_pin(user, "040417")


def test_standing_passwords_and_pins_are_not_set_again(folder, monkeypatch):
    run(folder, "--with-secrets")

    def forbidden(*args, **kwargs):
        raise AssertionError("set again")

    monkeypatch.setattr(people, "set_pin", forbidden)
    monkeypatch.setattr(secrets, "make_password", forbidden)
    run(folder, "--with-secrets")


def test_a_user_with_two_roles_is_one_user(folder):
    head = "username,name,nip,email,role,place"
    person = "198808242011081071,Vera Kotabumi,198808242011081071,vera@contoh.go.id"
    write(folder, "pengguna.csv", head, f"{person},VERA,116", f"{person},VERA,PUSAT")
    run(folder)
    user = User.objects.get()
    assert sorted(user.assignments.values_list("role", "place")) == [("VERA", "116"), ("VERA", "PUSAT")]
    assert {row.valid_from.year for row in user.assignments.all()} == {2000}


def test_an_ended_assignment_is_not_given_back(folder):
    run(folder)
    Assignment.objects.filter(role="KPA").update(valid_to="2026-01-01T00:00:00Z")
    run(folder)
    assert Assignment.objects.filter(role="KPA", valid_to__isnull=True).count() == 0


def test_a_byte_order_mark_and_a_missing_last_newline_are_no_mistake(tmp_path):
    (tmp_path / "bank.csv").write_bytes("\ufeffcode,name\r\n52001,Bank Operasional I".encode())
    assert run(tmp_path) == "bank.csv: 1 baris\n"


def test_a_file_that_is_not_supported_is_named(folder):
    write(folder, "sakti_kunci.csv", "key_id,secret", "a,b")
    assert "sakti_kunci.csv" in run(folder)


def test_an_optional_column_that_is_absent_leaves_what_stands(folder):
    head = "code,name,ba,es1,kewenangan,kppn,lokasi,blu,bun"
    write(
        folder,
        "satker.csv",
        f"{head},sakti_from,kmk_number",
        "503202,A,015,04,KD,116,12,n,n,2026-01-01,KMK-1",
    )
    run(folder)
    write(folder, "satker.csv", head, "503202,Nama Baru,015,04,KD,116,12,n,n")
    run(folder)
    satker = Satker.objects.get(code="503202")
    assert (satker.name, str(satker.sakti_from), satker.kmk_number) == ("Nama Baru", "2026-01-01", "KMK-1")


def test_a_password_keeps_the_spaces_around_it(folder):
    head = "username,name,nip,email,role,place,password"
    write(folder, "pengguna.csv", head, 'abc,A,198808242011081071,a@b.id,VERA,116," sandi berspasi "')
    run(folder, "--with-secrets")
    assert User.objects.get().check_password(" sandi berspasi ")


@pytest.mark.parametrize(
    ("file", "lines", "where"),
    [
        ("satker.csv", ["code,name,ba,es1,kewenangan,kppn,lokasi,blu,bun", "503202,A,015,04,KD,998,12,n,n"], "baris 2, kolom kppn"),
        ("satker.csv", ["code,name,ba,es1,kewenangan,kppn,lokasi,blu,bun", "503202,A,999,04,KD,116,12,n,n"], "baris 2, kolom ba"),
        ("satker.csv", ["code,name,ba,es1,kewenangan,kppn,lokasi,blu,bun", "503202,A,015,99,KD,116,12,n,n"], "baris 2, kolom es1"),
        ("satker.csv", ["code,name,ba,es1,kewenangan,kppn,lokasi,blu,bun", "503202,A,015,04,KD,116,99,n,n"], "baris 2, kolom lokasi"),
        ("satker.csv", ["code,name,ba,es1,kewenangan,kppn,lokasi,blu,bun", "503202,A,015,04,KD,116,12,x,n"], "baris 2, kolom blu"),
        ("satker.csv", ["code,name,ba,es1,kewenangan,kppn,lokasi,blu", "503202,A,015,04,KD,116,12,n"], "baris 1, kolom bun"),
        ("bank.csv", ["code,name", "1,A", "1,B"], "baris 3, kolom code"),
        ("bank.csv", ["code,name", "1,A,B"], "baris 2"),
        ("bank.csv", ["code,name,nama", "1,A,B"], "baris 1, kolom nama"),
        ("akun.csv", ["code,name,normal_balance", '524111,"Perjalanan\ndinas",D', "524112,B,X"], "baris 2, kolom name"),
        ("akun.csv", ["code,name,normal_balance", "", "524112,B,X"], "baris 3, kolom normal_balance"),
        ("jadwal.csv", ["year,month,opens_at,closes_at,on_time_until,sanction_from,letter_number,letter_date", "2026,9,2026-10-01T00:00:00,2026-10-09T00:00:00+07:00,2026-10-09T00:00:00+07:00,2026-10-09T00:00:00+07:00,S-9,2026-01-05"], "baris 2, kolom opens_at"),
        ("jadwal.csv", ["year,month,opens_at,closes_at,on_time_until,sanction_from,letter_number,letter_date", "2026,9,2026-10-09T00:00:00+07:00,2026-10-01T00:00:00+07:00,2026-10-09T00:00:00+07:00,2026-10-09T00:00:00+07:00,S-9,2026-01-05"], "baris 2, kolom closes_at"),
        ("terpusat.csv", ["ba,es1,satker_pusat,akun_from,akun_to,counterpart", "015,04,000000,411111,419999,PUSAT"], "baris 2, kolom satker_pusat"),
        ("libur.csv", ["date,name,kind,kppn", "2026-02-30,X,nasional,"], "baris 2, kolom date"),
        ("pengguna.csv", ["username,name,nip,email,role,place", "abc,A,198808242011081071,,VERA,116"], "baris 2, kolom email"),
        ("pengguna.csv", ["username,name,nip,email,role,place", "abc,A,198808242011081071,a@b.id,VERA,503202"], "baris 2, kolom place"),
        ("pengguna.csv", ["username,name,nip,email,role,place", "abc,A,198808242011081071,a@b.id,UAPPA_W,0159912"], "baris 2, kolom place"),
        ("pengguna.csv", ["username,name,nip,email,role,place", "abc,A,198808242011081071,a@b.id,RAJA,"], "baris 2, kolom role"),
        ("pengguna.csv", ["username,name,nip,email,role,place", "abc,A,198808242011081071,a@b.id,DJPB,", "abc,B,198808242011081071,a@b.id,VERA,116"], "baris 3, kolom name"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_and_nothing_changes(folder, file, lines, where):
    run(folder)
    before = census()
    write(folder, "lokasi.csv", "code,name", "77,Provinsi Baru")
    write(folder, file, *lines)
    assert f"{file}, {where}" in refused(folder)
    assert census() == before


def test_every_bad_row_of_every_file_is_listed_up_to_fifty(folder):
    write(folder, "bank.csv", "code,name", *[f"{number}," for number in range(60)])
    write(folder, "sdcp.csv", "code", "x")
    message = refused(folder)
    assert message.count("bank.csv, baris") == 50
    assert "ada 61 kesalahan" in message
    assert "dan 11 kesalahan lain" in message


def test_text_that_is_not_utf8_is_named_by_line(tmp_path):
    (tmp_path / "bank.csv").write_bytes(b"code,name\n1,\xff\n")
    assert "bank.csv, baris 2" in refused(tmp_path)


def test_a_folder_without_a_known_file_or_none_at_all_is_refused(tmp_path):
    assert "Tidak ada berkas" in refused(tmp_path)
    assert "tidak ada" in refused(tmp_path / "x")
    assert "Sebutkan" in refused(None)


def test_the_shipped_references_load_and_leave_what_an_administrator_set():
    run(None, "--shipped")
    zones = dict(Kanwil.objects.values_list("code", "timezone"))
    assert (zones["07"], zones["25"], zones["30"]) == ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
    Kppn.objects.filter(code="116").update(letter_code="KP.03")
    run(None, "--shipped")
    assert Kppn.objects.get(code="116").letter_code == "KP.03"


def test_three_hundred_satkers_more_cost_hardly_a_query_more(folder):
    run(folder)
    costs = []
    for first, count in ((600000, 10), (700000, 310)):
        rows = [f"{first + n},Satker {n},015,04,KD,116,12,n,n" for n in range(count)]
        write(folder, "satker.csv", "code,name,ba,es1,kewenangan,kppn,lokasi,blu,bun", *rows)
        with CaptureQueriesContext(connection) as queries:
            run(folder)
        costs.append(len(queries))
    assert costs[1] - costs[0] < 40


def test_the_head_office_belongs_to_no_regional_kanwil_and_needs_none():
    ensure_pusat()
    ensure_pusat()
    assert list(Kppn.objects.values_list("code", "kanwil", "kanwil__timezone")) == [
        ("PUSAT", "00", "Asia/Jakarta")
    ]
