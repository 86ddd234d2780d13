"""The check before sending agrees with the gate: it refuses nothing the gate accepts, and says the gate's words."""

import base64
import dataclasses
from pathlib import Path

import pytest
from playwright.sync_api import expect

from adk.formats.gate import inspect
from adk.formats.mistakes import MISTAKES
from adk.formats.precheck import DECIDED_IN_THE_BROWSER, precheck_document
from adk.formats.sentences import render
from tests.unit.adk.formats.cast import EXPECTED, REFERENCES, satker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js"
LIMIT = 50 * 2**20
HERE = "http://periksa.test"
JUDGE = """async ([told, files]) => {
  const { inspect, sentence } = await import("/precheck.js");
  const found = {};
  for (const [key, name, bytes] of files) {
    const file = new File([Uint8Array.from(atob(bytes), (sign) => sign.codePointAt(0))], name);
    const answers = await inspect(file, told);
    const refused = answers.find((one) => one.passed === false);
    found[key] = refused ? sentence(told, refused) : answers.every((one) => one.passed) ? "lolos" : "belum tahu";
  }
  return found;
}"""


@pytest.fixture
def judge(chrome):
    """Run the module over files; gives the sentence of the refusal, "lolos" or "belum tahu" by key."""
    page = chrome.new_page()

    def serve(route) -> None:
        name = route.request.url.removeprefix(HERE).strip("/")
        if name.endswith(".js"):
            route.fulfill(body=(SCRIPTS / name).read_text(), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    page.route("**/*", serve)
    page.goto(HERE)

    def run(files: dict[str, tuple[str, bytes]], expected=EXPECTED) -> dict[str, str]:
        told = precheck_document(expected, limit_bytes=LIMIT)
        packed = [[key, name, base64.b64encode(content).decode()] for key, (name, content) in files.items()]
        return page.evaluate(JUDGE, [told, packed])

    yield run
    page.close()


def gate_words(name: str, content: bytes) -> str:
    found = inspect(content, name, EXPECTED, REFERENCES)
    refused = [one for one in found.findings if one.severity == "galat"]
    return render(refused[0].code, refused[0].params) if refused else "lolos"


def test_no_mistake_and_no_odd_trait_is_judged_otherwise_than_by_the_gate(judge):
    files = {key: mistake.build(satker()) for key, mistake in MISTAKES.items() if mistake.of == "satker"}
    files = {key: file for key, file in files.items() if len(file[1]) < 2**20}
    assert len(files) > 60
    found = judge(files)
    gate = {key: gate_words(*file) for key, file in files.items()}
    refused = {key: words for key, words in found.items() if words not in {"lolos", "belum tahu"}}
    assert {key: words for key, words in refused.items() if words != gate[key]} == {}
    assert len(refused) >= 12
    assert sum(gate[key] == "lolos" and words == "lolos" for key, words in found.items()) >= 10


def test_each_wrong_name_is_refused_with_the_sentence_of_the_gate(judge):
    changes = {
        "PERIODE": {"month": 8},
        "TAHUN": {"year": 2025},
        "KODE_SATKER": {"satker": "441905"},
        "KODE_SATKER.ba": {"ba": "024"},
        "KODE_SATKER.es1": {"es1": "01"},
        "KODE_SATKER.kewenangan": {"kewenangan": "DK"},
        "PERIODE_TIDAK_DIPERKENANKAN": {"month": 4},
    }
    files = {key: satker(**change).build() for key, change in changes.items()}
    assert judge(files) == {key: gate_words(*file) for key, file in files.items()}


def test_another_expectation_changes_the_answer(judge):
    file = {"satu": satker().build()}
    assert judge(file) == {"satu": "lolos"}
    assert "padahal Anda memilih Oktober" in judge(file, dataclasses.replace(EXPECTED, month=10))["satu"]


def test_a_wrong_month_is_named_on_the_page_and_nothing_is_sent(visit, portal):
    visitor = visit(portal.of_satker("Operator satker", "990101"))
    page = visitor.open("/upload")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method != "GET" else None)
    page.set_input_files("input[type=file]", portal.adk / "bulan-salah.zip")
    expect(page.locator("[data-refusal]")).to_contain_text("padahal Anda memilih")
    expect(page.get_by_role("heading", name="Pemeriksaan awal: lolos 2 dari 5")).to_be_visible()
    page.get_by_role("button", name="Unggah ADK").click()
    expect(page.locator("[data-refusal]")).to_contain_text("Berkas belum dikirim")
    assert sent == []


def test_every_sentence_the_browser_may_say_is_published():
    assert set(precheck_document(EXPECTED, limit_bytes=LIMIT)["sentences"]) == set(DECIDED_IN_THE_BROWSER)
