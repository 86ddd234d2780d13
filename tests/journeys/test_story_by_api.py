"""The whole story by the HTTP API alone, with tokens, its figures worked out by hand in tests.story."""

import io
from collections.abc import Iterator

import openpyxl
import pytest
from cryptography.x509 import load_pem_x509_certificate
from pypdf import PdfReader

from bar.models import Bar
from bar.signing import keys
from tests.builders import PASSWORD
from tests.story import (
    API,
    CORRECTED,
    FIGURES,
    Story,
    client_of,
    expect,
    process_all,
    satker_adk,
)

pytestmark = pytest.mark.django_db

STRANGERS = ("stranger_operator", "stranger_vera")
READS = (
    "/",
    "/coa/?element=BLJ",
    "/detail/?element=BLJ",
    "/history/",
    "/lhr.xlsx",
    "/bar.pdf",
    "/rows.csv",
    "/signing/",
)
WRITES = (
    "/approve/",
    "/undo-approve/",
    "/reject/",
    "/rerun/",
    "/decline/",
    "/sign/",
    "/explanations/BLJ/521211/accept/",
    "/explanations/BLJ/521211/refuse/",
)


class TokenStory(Story):
    """The story by clients that hold nothing but a token."""

    def by(self, person):
        if person not in self.clients:
            body = {"username": getattr(self.cast, person).username, "password": PASSWORD}
            token = expect(client_of(None).post(f"{API}/token/", body, format="json"), 200)["token"]
            client = client_of(None)
            client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
            self.clients[person] = client
        return self.clients[person]


@pytest.fixture
def story():
    return TokenStory.begin()


def unseen_by_strangers(story, *, upload: int = 0, request: int = 0):
    """An operator of another satker and a Vera of another KPPN find nothing at any address of the case."""
    for answer in answers_to_strangers(story, upload, request):
        expect(answer, 404, "TIDAK_DITEMUKAN")


def answers_to_strangers(story, upload: int, request: int) -> Iterator:
    for stranger in STRANGERS:
        client = story.by(stranger)
        yield from (story.get(stranger, tail) for tail in READS)
        yield from (story.post(stranger, tail, {"reason": "x" * 20, "content_hash": "0"}) for tail in WRITES)
        yield story.explain(stranger)
        yield story.ask_reset(stranger)
        if upload:
            yield client.get(f"{API}/adk/{upload}/")
            yield client.get(f"{API}/adk/{upload}/file")
        if request:
            yield story.grant(request, stranger)
            yield client.post(f"{API}/reset-requests/{request}/refuse/", {"reason": "x" * 20}, format="json")
        assert expect(client.get(f"{API}/cases/?satker=503202"), 200)["results"] == []


def elements(document):
    return {row["code"]: (row["siap"], row["sai"]) for row in document["elements"]}


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def verify(verify_id):
    return expect(client_of(None).get(f"{API}/verify/{verify_id}/"), 200)


def test_from_the_treasury_to_a_sealed_bar_and_its_reset(story):
    sent = expect(story.send_treasury(), 202)
    process_all()
    assert expect(story.by("supervisor").get(f"{API}/treasury/{sent['id']}/"), 200)["verdict"] == "STANDAR"
    expect(story.by("stranger_vera").get(f"{API}/treasury/{sent['id']}/"), 404)
    expect(story.by("operator").get(f"{API}/treasury/{sent['id']}/"), 403, "BUKAN_HAK")

    receipt = expect(story.upload(), 202)
    assert receipt == {"id": receipt["id"], "case": story.case.pk, "number": 1, "verdict": "DIPERIKSA"}
    unseen_by_strangers(story, upload=receipt["id"])
    process_all()
    upload = expect(story.by("operator").get(f"{API}/adk/{receipt['id']}/"), 200)
    assert (upload["verdict"], upload["rows"], upload["same_as"]) == ("STANDAR", 7, None)
    assert story.by("operator").get(f"{API}/adk/{receipt['id']}/file").content == satker_adk()[1]

    compared_figures(story)
    unseen_by_strangers(story, upload=receipt["id"])
    explained_and_approved(story)
    unseen_by_strangers(story)
    first = signed_by_both(story)
    unseen_by_strangers(story)
    request = voided(story, first)
    unseen_by_strangers(story, request=request)
    replaced(story, first)
    unseen_by_strangers(story, request=request)


def compared_figures(story):
    case = story.document()
    assert (case["stage"], case["verdict"], case["turn"]) == ("PERSETUJUAN_BAR", "BEDA", "OPERATOR_SATKER")
    assert elements(case) == FIGURES
    belanja = next(row for row in case["elements"] if row["code"] == "BLJ")
    # One of the two CoA lines differs: 7.540.000 − 7.450.000.
    assert (belanja["difference"], belanja["coa_different"], belanja["akun_different"]) == (90_000, 1, 1)
    assert case["outside"] == {"siap_rows": 0, "siap_total": 0, "sai_rows": 1, "sai_total": 300_000}
    cash = next(row for row in case["elements"] if row["code"] == "KASBP")
    # No opening balance and no correction: all of the closing balance is mutasi.
    assert [(line["code"], line["siap"], line["sai"]) for line in cash["lines"]] == [
        ("KASBPS", 0, 0),
        ("KASBPM", 5_000_000, 5_000_000),
        ("KASBPK", 0, 0),
    ]
    lines = expect(story.get("vera", "/coa/?element=BLJ"), 200)["results"]
    assert sorted((line["key"]["akun"], line["siap"], line["sai"], line["difference"]) for line in lines) == [
        ("521111", 12_000_000, 12_000_000, 0),
        ("521211", 7_540_000, 7_450_000, 90_000),
    ]
    assert next(line["key"] for line in lines if line["difference"]) == {
        "akun": "521211",
        "ba": "015",
        "es1": "08",
        "kewenangan": "KD",
        "program": "0811",
        "kegiatan": "1045",
        "output": "994",
        "sdcp": "010",
        "lokasi": "1203",
        "register": "00000000",
    }
    (differing,) = expect(story.get("vera", "/coa/?element=BLJ&only=different"), 200)["results"]
    assert differing == next(line for line in lines if line["difference"])
    page = expect(story.get("vera", "/coa/?element=BLJ&page_size=1"), 200)
    rest = expect(story.by("vera").get(page["next"]), 200)
    assert (page["results"] + rest["results"], rest["next"]) == (lines, None)
    detail = expect(story.get("operator", "/detail/?element=BLJ&only=different"), 200)["results"]
    assert [(row["document_number"], row["siap"], row["sai"], row["difference"]) for row in detail] == [
        ("261161300000003", 7_540_000, 7_450_000, 90_000)
    ]
    book = openpyxl.load_workbook(io.BytesIO(story.get("operator", "/lhr.xlsx").content))
    row = next(row for row in book["REKAP"].iter_rows(values_only=True) if "BLJ" in row)
    assert [cell for cell in row if isinstance(cell, int) and cell > 1000] == [19_540_000, 19_450_000, 90_000]
    draft = text_of(story.get("kpa", "/bar.pdf").content)
    assert "DRAFT" in draft.upper()
    assert "19.540.000" in draft
    rows = b"".join(story.get("operator", "/rows.csv").streaming_content).decode()
    assert "261161300000003" in rows


def explained_and_approved(story):
    expect(story.explain(location="SATKER"), 200)
    expect(story.post("vera", "/explanations/BLJ/521211/accept/"), 409, "PERBAIKI_DULU")
    expect(story.approve(), 409, "BELUM_DIJELASKAN")
    expect(story.explain(), 200)
    before = story.document("vera")
    assert before["turn"] == "VERA"
    expect(story.explain("vera"), 403, "BUKAN_HAK")
    expect(story.post("operator", "/explanations/BLJ/521211/accept/"), 403, "BUKAN_HAK")
    accepted = expect(story.post("vera", "/explanations/BLJ/521211/accept/"), 200)
    assert accepted["content_hash"] != before["content_hash"]
    expect(story.approve(content_hash=before["content_hash"]), 409, "BERUBAH")
    expect(story.explain(), 409, "BERUBAH")
    expect(story.get("kpa", "/signing/"), 409, "BERUBAH")
    approved = expect(story.approve(), 200)
    assert (approved["stage"], approved["turn"], approved["bar"]["status"]) == ("TTD_KPA", "KPA", "DRAFT")
    assert approved["bar"]["verify_id"] is None
    assert approved["bar"]["number"].startswith("BAR-1/")


def signed_by_both(story) -> dict:
    expect(story.sign("kpa", pin="111119"), 403, "PIN_SALAH")
    expect(story.get("kasi_vera", "/signing/"), 403, "BUKAN_HAK")
    expect(story.upload(CORRECTED), 409, "SUDAH_DITANDATANGANI")
    assert expect(story.sign("kpa"), 200)["stage"] == "TTD_KASI_VERA"
    assert "DRAFT" in text_of(story.get("kpa", "/bar.pdf").content).upper()
    done = expect(story.sign("kasi_vera"), 200)
    assert (done["stage"], done["turn"], done["bar"]["status"]) == ("SIAP_DOWNLOAD", None, "BERLAKU")
    sealed = story.get("operator", "/bar.pdf").content
    text = text_of(sealed)
    assert "DRAFT" not in text.upper()
    for wanted in (done["bar"]["number"], story.cast.kpa.name, story.cast.kasi_vera.name):
        assert wanted in text
    shown = verify(done["bar"]["verify_id"])
    assert (shown["verdict"], shown["number"], shown["sha256"]) == (
        "SAH",
        done["bar"]["number"],
        done["bar"]["sha256"],
    )
    assert [(one["role"], one["name"]) for one in shown["signers"]] == [
        ("KPA", story.cast.kpa.name),
        ("KASI_VERA", story.cast.kasi_vera.name),
    ]
    for signature in Bar.objects.get(number=done["bar"]["number"]).signatures.select_related("key"):
        public = load_pem_x509_certificate(signature.key.certificate.encode()).public_key()
        assert keys.verify(public, done["content_hash"], signature.value)
        assert not keys.verify(public, "0" * 64, signature.value)
    return done["bar"]


def voided(story, first) -> int:
    request = expect(story.ask_reset(), 201)["id"]
    expect(story.ask_reset(), 409, "SUDAH_DIAJUKAN")
    expect(story.grant(request, "operator"), 403, "BUKAN_HAK")
    assert verify(first["verify_id"])["verdict"] == "SAH"
    reset = expect(story.grant(request), 200)
    shown = verify(first["verify_id"])
    assert (shown["verdict"], shown["replaced_by"]) == ("DIBATALKAN", None)
    assert (reset["stage"], reset["bar"]["status"]) == ("DIBATALKAN", "DIBATALKAN")
    assert "DIBATALKAN" in text_of(story.get("operator", "/bar.pdf").content).upper()
    expect(story.grant(request), 409, "SUDAH_DIPUTUSKAN")
    return request


def replaced(story, first):
    period = story.case.period
    period.closes_at = period.closes_at.replace(year=2020)
    period.save()
    expect(story.upload(CORRECTED), 202)
    process_all()
    case = story.document()
    assert (case["stage"], case["verdict"]) == ("PERSETUJUAN_BAR", "SAMA")
    assert elements(case) == {**FIGURES, "BLJ": (19_540_000, 19_540_000)}
    expect(story.approve(), 200)
    expect(story.sign("kpa"), 200)
    done = expect(story.sign("kasi_vera"), 200)
    assert done["bar"]["number"].startswith("BAR-2/")
    assert done["bar"]["revision"] == 2
    assert first["number"] in text_of(story.get("operator", "/bar.pdf").content)
    assert verify(done["bar"]["verify_id"])["verdict"] == "SAH"
    assert verify(first["verify_id"])["replaced_by"] == done["bar"]["number"]
