"""The LPJ from entry to BAR: entered, found different, corrected, carried; and whoever comes second is told."""

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.actors import Actor
from audit.models import Event
from bar.models import Bar
from erekon.lib import clock
from reconciliation.lpj.lines import Bendahara
from reconciliation.models import Balance, Lpj
from reconciliation.services import lpj as lpj_service
from reconciliation.services.lpj import Draft, write_lpj
from tests.builders import make_period
from tests.story import Story, expect

pytestmark = pytest.mark.django_db

UP = 5_000_000
SPENDING = "PENGELUARAN"
KEY = {"satker": "503202", "period": "2026-09"}
WRONG = {"BP_TUNAI": "500.000", "BP_BANK": "Rp 3.500.000", "BP_UP": "4.000.000"}
RIGHT = {"BP_TUNAI": "500.000", "BP_BANK": "4.500.000", "BP_UP": "5.000.000"}


@pytest.fixture
def story():
    return Story.begin().compared()


def enter(story, amounts, *, version=0, person="operator", bendahara=SPENDING, **fields):
    body = {"version": version, "amounts": amounts, **fields}
    return story.by(person).put(f"{story.path}/lpj/{bendahara}/", body, format="json")


def report(document, bendahara=SPENDING):
    return next(one for one in document["lpj"]["reports"] if one["bendahara"] == bendahara)


def lines(document, bendahara=SPENDING):
    return {line["code"]: line for line in report(document, bendahara)["lines"]}


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def page(person, name="rekon", **key):
    answer = browser(person).get(reverse(name, kwargs=key or KEY))
    assert answer.status_code == 200
    return answer.content.decode()


def pdf_text(content):
    return " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages).split())


def test_a_difference_is_shown_corrected_and_carried_by_lhr_and_bar(story):
    before = story.document()
    assert before["lpj"]["warnings"] == 0
    wrong = expect(enter(story, WRONG, number="LPJ-9/2026", date="2026-10-02"), 200)
    assert (wrong["verdict"], wrong["lpj"]["warnings"]) == ("SAMA", 1)
    up = lines(wrong)["BP_UP"]
    assert (up["amount"], up["ledger"], up["difference"], up["state"]) == (4_000_000, UP, -1_000_000, "BEDA")
    assert up["accounts"] == [{"code": "111611", "balance": UP}]
    for person, name, key in (("operator", "rekon", KEY), ("vera", "rekon", KEY), ("kpa", "lpj", KEY)):
        text = page(getattr(story.cast, person), name, **key)
        assert "Cocokkan BKU bendahara dengan buku besar" in text
        assert "1 perlu diperiksa" in text
    assert (
        "LPJ Bendahara Pengeluaran belum sesuai" in browser(story.cast.vera).get("/antrean").content.decode()
    )

    right = expect(enter(story, RIGHT, version=1, number="LPJ-9/2026", date="2026-10-02"), 200)
    assert (report(right)["warnings"], lines(right)["BP_UP"]["state"]) == (0, "SAMA")
    expect(story.approve(content_hash=wrong["content_hash"]), 409, "BERUBAH")
    expect(story.approve(), 200)
    frozen = Bar.objects.get().content["lpj"]["laporan"][0]
    assert frozen["judul"] == "LPJ Bendahara Pengeluaran nomor LPJ-9/2026 tanggal 2 Oktober 2026"
    told = pdf_text(story.get("kpa", "/bar.pdf").content)
    assert "Pencocokan UAKPA dengan Bendahara" in told
    assert told.index("LAMPIRAN I") < told.index("LPJ-9/2026")
    assert "LPJ Bendahara Pengeluaran sama dengan Neraca Percobaan." in page(
        story.cast.kpa, "bar", pk=story.case.pk
    )
    sheet = openpyxl.load_workbook(io.BytesIO(story.get("kpa", "/lhr.xlsx").content))["LPJ BENDAHARA"]
    rows = list(sheet.iter_rows(values_only=True))
    assert (frozen["judul"], "Saldo uang persediaan (UP)", "111611", UP, UP, 0, "Sama") in rows


def test_a_difference_hinders_no_approval_and_the_bar_says_it(story):
    expect(enter(story, WRONG), 200)
    expect(story.approve(), 200)
    content = Bar.objects.get().content
    assert content["semua_sama"]
    assert content["lpj"]["laporan"][0]["kesimpulan"].startswith("LPJ Bendahara Pengeluaran belum sesuai")
    assert "(1.000.000)" in pdf_text(story.get("kpa", "/bar.pdf").content)


def test_without_an_lpj_hash_bar_and_lhr_are_as_before(story):
    seen = story.case.content_hash
    expect(enter(story, RIGHT), 200)
    assert story.case.content_hash != seen
    emptied = expect(enter(story, {}, version=1), 200)
    assert (emptied["content_hash"], report(emptied)["entered"]) == (seen, False)
    expect(story.approve(), 200)
    assert "lpj" not in Bar.objects.get().content
    assert (
        "LPJ BENDAHARA"
        not in openpyxl.load_workbook(io.BytesIO(story.get("kpa", "/lhr.xlsx").content)).sheetnames
    )


def test_each_change_is_an_event_with_before_and_after_and_the_same_again_is_none(story):
    expect(enter(story, WRONG), 200)
    expect(enter(story, {**WRONG, "BP_UP": UP}, version=1, number="7"), 200)
    expect(enter(story, {**WRONG, "BP_UP": UP}, version=1, number="7"), 200)
    first, second = Event.objects.filter(action="ISI_LPJ").order_by("seq")
    assert first.content["from"] == {"BP_TUNAI": None, "BP_BANK": None, "BP_UP": None}
    assert second.content["from"] == {"BP_UP": 4_000_000, "number": ""}
    assert second.content["to"] == {"BP_UP": UP, "number": "7"}
    assert (second.satker, second.role) == ("503202", "OPERATOR_SATKER")
    assert Lpj.objects.get().version == 2


def test_the_second_of_two_gets_both_versions_and_nothing_is_lost(story):
    expect(enter(story, WRONG), 200)
    answer = expect(enter(story, RIGHT, number="B"), 409, "BERUBAH")
    assert answer["stands"] == {
        "version": 1,
        "number": "",
        "date": None,
        "BP_TUNAI": 500_000,
        "BP_BANK": 3_500_000,
        "BP_UP": 4_000_000,
    }
    assert (answer["yours"]["BP_UP"], answer["yours"]["number"]) == (UP, "B")
    assert Lpj.objects.get().amounts["BP_UP"] == 4_000_000


def test_a_late_form_shows_both_versions_and_can_be_saved_again(story):
    client = browser(story.cast.operator)
    url = reverse("lpj-simpan", kwargs={**KEY, "bendahara": "pengeluaran"})
    assert client.post(url, {**WRONG, "version": "0"}).status_code == 302
    late = client.post(url, {**RIGHT, "version": "0", "number": "B<1>"})
    text = late.content.decode()
    assert late.status_code == 409
    assert "Tersimpan: <b>4.000.000</b>" in text
    assert 'value="5.000.000"' in text
    assert 'value="B&lt;1&gt;"' in text
    assert 'name="version" value="1"' in text
    assert client.post(url, {**RIGHT, "version": "1"}).status_code == 302
    assert Lpj.objects.get().amounts["BP_UP"] == UP


def test_a_form_without_its_version_overwrites_nothing(story):
    client = browser(story.cast.operator)
    url = reverse("lpj-simpan", kwargs={**KEY, "bendahara": "pengeluaran"})
    client.post(url, {**WRONG, "version": "0"})
    for version in ("", "x", "-1", "9" * 400, "\u0661"):
        assert client.post(url, {**RIGHT, "version": version}).status_code == 409
    assert Lpj.objects.get().version == 1


BAD = {
    "BP_TUNAI": ("lima ribu", "Tulis angka saja"),
    "BP_BANK": ("5.000,50", "tanpa koma"),
    "BP_UP": ("-1", "tidak boleh negatif"),
    "BP_TUP": ("12345678901234567890", "Angka terlalu besar"),
    "BP_LAINNYA": ("1.25", "Titik hanya memisahkan ribuan"),
}


def test_bad_amounts_are_named_field_by_field_by_api_and_page(story):
    typed = {code: text for code, (text, _) in BAD.items()}
    answer = expect(enter(story, typed, date="2026-13-40", number="n" * 81), 400, "ISIAN")
    told = {one["field"]: one["message"] for one in answer["errors"]}
    assert all(words in told[code] for code, (_, words) in BAD.items())
    assert set(told) == {*BAD, "date", "number"}
    url = reverse("lpj-simpan", kwargs={**KEY, "bendahara": "pengeluaran"})
    back = browser(story.cast.operator).post(url, {**typed, "version": "0", "date": "kemarin"})
    text = back.content.decode()
    assert back.status_code == 400
    assert all(words in text and f'value="{typed}"' in text for typed, words in BAD.values())
    assert 'href="#lpj-pengeluaran-BP_UP"' in text
    assert 'id="lpj-pengeluaran-BP_UP"' in text
    assert "Uang tunai di brankas: Tulis angka saja" in text
    assert not Lpj.objects.exists()


@pytest.mark.parametrize(
    "amounts",
    [
        {"BP_UP": 1.5},
        {"BP_UP": True},
        {"BP_UP": [1]},
        {"BP_UP": 10**20},
        {"BN_TUNAI": 1},
        {"\x00": 1},
        [1],
        "x",
    ],
)
def test_odd_json_is_refused_with_a_sentence(story, amounts):
    expect(enter(story, amounts), 400, "ISIAN")


@pytest.mark.parametrize(
    "fields",
    [{"version": None}, {"version": "x"}, {"version": -1}, {"date": "2099-01-01"}, {"date": "1999-12-31"}],
)
def test_odd_fields_are_refused_with_a_sentence(story, fields):
    expect(enter(story, RIGHT, **{"version": 0, **fields}), 400, "ISIAN")


def test_a_number_without_an_amount_is_refused(story):
    expect(enter(story, {}, number="LPJ-1"), 400, "ISIAN")


def test_an_unknown_treasurer_is_not_found(story):
    expect(enter(story, RIGHT, bendahara="DESA"), 404, "TIDAK_DITEMUKAN")


def test_it_is_frozen_from_approval_on_and_open_again_after_a_decline(story):
    expect(enter(story, WRONG), 200)
    expect(story.approve(), 200)
    expect(enter(story, RIGHT, version=1), 409, "SUDAH_DITANDATANGANI")
    assert "Ubah LPJ" not in page(story.cast.operator)
    expect(story.post("kpa", "/decline/", {"reason": "LPJ belum benar."}), 200)
    expect(enter(story, RIGHT, version=1), 200)


def test_it_can_be_entered_before_an_upload_and_compares_itself_when_one_stands():
    story = Story.begin()
    document = expect(enter(story, WRONG), 200)
    assert lines(document)["BP_UP"]["ledger"] is None
    assert document["lpj"]["warnings"] == 0
    assert "LPJ bendahara: Sesuai" in page(story.cast.operator)
    story.compared()
    assert lines(story.document())["BP_UP"]["difference"] == -1_000_000
    book = openpyxl.load_workbook(io.BytesIO(story.get("operator", "/lhr.xlsx").content))
    assert "LPJ BENDAHARA" in book.sheetnames


def test_an_adk_sent_back_is_compared_with_nothing_until_the_next(story):
    expect(enter(story, WRONG), 200)
    expect(story.post("vera", "/reject/", {"reason": "Perbaiki dulu ADK ini."}), 200)
    assert lines(story.document())["BP_UP"]["ledger"] is None
    expect(enter(story, RIGHT, version=1), 200)


def test_only_the_operator_enters_and_strangers_see_nothing(story):
    for person, status in (("kpa", 403), ("vera", 403), ("stranger_operator", 404), ("stranger_vera", 404)):
        expect(enter(story, RIGHT, person=person), status)
    expect(enter(story, RIGHT), 200)
    assert "Ubah LPJ" in page(story.cast.operator)
    assert "Ubah LPJ" not in page(story.cast.vera)


def test_last_month_stands_beside_the_field_and_is_not_copied(story):
    make_period(2026, 8)
    august = type(story.case).objects.get(satker="503202", period__month=8)
    actor = Actor(story.cast.operator, "OPERATOR_SATKER", None)
    draft = Draft({"BP_UP": "3.210.000"})
    write_lpj(
        case_id=august.pk,
        bendahara=Bendahara.PENGELUARAN,
        version=0,
        draft=draft,
        actor=actor,
        now=clock.now(),
    )
    text = page(story.cast.operator)
    assert "Bulan lalu: " in text
    assert "3.210.000" in text
    assert report(story.document())["entered"] is False


def test_receipts_are_compared_with_their_own_accounts(story):
    Balance.objects.create(case=story.case, ledger="BUKU_BESAR", akun="111711", debit=900, credit=200)
    Balance.objects.create(case=story.case, ledger="BUKU_BESAR", akun="111825", debit=0, credit=50)
    amounts = {"BN_TUNAI": 650, "BN_PENERIMAAN": 700, "BN_LAINNYA": "(50)"}
    document = expect(enter(story, amounts, bendahara="PENERIMAAN"), 200)
    assert report(document, "PENERIMAAN")["warnings"] == 0
    assert report(document)["entered"] is False


def test_control_without_the_version_the_faster_one_is_overwritten(story, monkeypatch):
    expect(enter(story, WRONG), 200)
    monkeypatch.setattr(lpj_service, "_refuse_overtaken", lambda *_: None)
    expect(enter(story, RIGHT), 200)
    assert Lpj.objects.get().amounts["BP_UP"] == UP
