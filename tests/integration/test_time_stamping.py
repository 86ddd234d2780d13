"""Signing with a time-stamping authority, and when it does not answer."""

import io
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import pem, tsp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from bar import installation
from bar.installation import authority
from bar.models import Bar, Signature
from bar.options import Options
from bar.signing.certificates import parsed
from erekon.lib import clock, files
from tests.story import Story, expect
from tests.unit.bar.signing.tsa import LocalTsa
from tests.unit.bar.signing.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def served():
    """The authority of the unit tests behind HTTP, and where it listens."""
    tsa = LocalTsa()
    tsa.stamper.fixed_dt = None

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            wish = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = tsa.stamper.request_tsa_response(wish).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *ignored):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield tsa, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_both_signatures_carry_the_time_and_the_list_of_the_day(served, monkeypatch, tmp_path):
    tsa, url = served
    root = tmp_path / "tsa.pem"
    root.write_bytes(pem.armor("CERTIFICATE", tsa.root.dump()))
    chosen = Options(tsa_url=url, tsa_certificate=str(root))
    monkeypatch.setattr(installation, "options", lambda: chosen)
    Story.begin().signed()
    reader = PdfFileReader(io.BytesIO(files.read(Bar.objects.get().sealed)))
    trusted = [parsed(authority(clock.now()).ca_pem()), tsa.root]
    trust = ValidationContext(trust_roots=trusted, allow_fetching=False)
    found = [
        validate_pdf_signature(one, trust, ts_validation_context=trust) for one in reader.embedded_signatures
    ]
    assert [(one.bottom_line, one.timestamp_validity.trusted) for one in found] == [(True, True)] * 2
    assert "/DSS" in reader.root
    assert found[0].timestamp_validity.timestamp > NOW


def test_an_authority_that_is_away_is_said_and_changes_nothing(monkeypatch):
    story = Story.begin().approved()
    monkeypatch.setattr(installation, "options", lambda: Options(tsa_url="http://127.0.0.1:9/"))
    expect(story.sign("kpa"), 503, "PENANDA_WAKTU")
    assert story.case.stage == "TTD_KPA"
    assert not Signature.objects.exists()
    monkeypatch.undo()
    expect(story.sign("kpa"), 200)
