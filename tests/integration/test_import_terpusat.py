"""`terpusat.csv`: no amount may count in two central cases, and no central satker has two offices at once."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Kppn
from reconciliation.models import Terpusat
from tests.builders import make_places, make_satker

pytestmark = pytest.mark.django_db

HEAD = "ba,es1,satker_pusat,akun_from,akun_to,counterpart,valid_from,valid_to"
CENTRAL, ORDINARY, OTHER = "990001", "990002", "990003"
TAXES = f"015,04,{CENTRAL},410000,419999,183,,"
CLASHES = [
    ("two satkers", f"015,04,{OTHER},419999,425999,183,,", "akun_from", CENTRAL),
    ("two satkers, the end of one not known", f"015,04,{OTHER},411111,411111,183,2027-01-01,", "akun_from", CENTRAL),
    ("two offices", f"015,04,{CENTRAL},411111,411111,PUSAT,,", "counterpart", "183"),
    ("two offices for other accounts", f"015,08,{CENTRAL},425111,425199,PUSAT,,2026-06-30", "counterpart", "183"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def places():
    kppn = make_places().kppn
    Kppn.objects.create(code="183", name="KPPN Khusus Penerimaan", kanwil=kppn.kanwil)
    for code in (CENTRAL, ORDINARY, OTHER):
        make_satker(code, kppn, es1="04")


@pytest.fixture
def load(tmp_path):
    def load(*rows, head=HEAD):
        (tmp_path / "terpusat.csv").write_text("\n".join([head, *rows]) + "\n")
        call_command("import_reference", str(tmp_path), verbosity=0)

    return load


@pytest.mark.parametrize(
    ("row", "column", "names"), [case[1:] for case in CLASHES], ids=[c[0] for c in CLASHES]
)
def test_rows_at_odds_are_refused_in_one_file_and_against_what_stands(load, row, column, names):
    with pytest.raises(CommandError, match=rf"baris 3, kolom {column}: .*{names}.*baris 2") as refused:
        load(TAXES, row)
    assert "pisahkan" in str(refused.value).lower()
    assert not Terpusat.objects.exists()
    load(TAXES)
    with pytest.raises(CommandError, match=rf"baris 2, kolom {column}: .*{names}.*tersimpan"):
        load(row)
    assert Terpusat.objects.count() == 1


@pytest.mark.parametrize(
    "row",
    [
        f"015,04,{OTHER},425111,425199,183,,",
        f"015,08,{OTHER},410000,419999,PUSAT,,",
        f"015,04,{CENTRAL},411111,425999,183,,",
    ],
    ids=["other accounts", "another unit", "the same satker and office"],
)
def test_rows_that_agree_stand_together(load, row):
    load(TAXES, row)
    load(TAXES, row)
    assert Terpusat.objects.count() == 2


def test_one_row_may_follow_where_another_ends(load):
    load(TAXES)
    ended, follows = f"015,04,{CENTRAL},410000,419999,183,,2026-06-30", f"015,04,{OTHER},410000,419999,PUSAT,"
    with pytest.raises(CommandError, match="baris 3, kolom akun_from"):
        load(ended, f"{follows}2026-06-30,")
    load(ended, f"{follows}2026-07-01,")
    assert Terpusat.objects.count() == 2


def test_without_its_columns_validity_is_what_stands(load):
    load(f"015,04,{CENTRAL},410000,419999,183,,2026-06-30")
    load(f"015,04,{OTHER},410000,419999,183,2026-07-01,")
    short = HEAD.removesuffix(",valid_from,valid_to")
    load(f"015,04,{CENTRAL},410000,419999,183", head=short)
    with pytest.raises(CommandError, match="baris 2, kolom akun_from"):
        load(f"015,04,{ORDINARY},410000,419999,183", head=short)


def test_an_office_changes_with_all_the_rows_of_its_satker(load):
    more = f"015,04,{CENTRAL},425111,425199,183,,"
    load(TAXES, more)
    with pytest.raises(CommandError, match="kolom counterpart"):
        load(TAXES.replace("183", "PUSAT"))
    load(*(row.replace("183", "PUSAT") for row in (TAXES, more)))
    assert set(Terpusat.objects.values_list("counterpart", flat=True)) == {"PUSAT"}
