"""Stored files go out whole or not at all, through the portal or through the web server in front."""

import pytest

from erekon.lib import files
from erekon.lib.downloads import attachment, stored_attachment
from erekon.lib.files import FileDamaged, path_of
from tests.story import Story, expect

HOSTILE_NAMES = ['a"; x="b', "a\r\nSet-Cookie: x=1", "../../etc/passwd", "laporan é ✓.pdf", "a\\b;c"]


@pytest.fixture
def stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return files.store(b"isi berkas")


def test_the_portal_sends_the_bytes_itself_by_default(stored):
    answer = stored_attachment(stored, "berkas.zip", "application/zip")
    assert answer.content == b"isi berkas"
    assert "X-Accel-Redirect" not in answer


def test_the_web_server_in_front_is_told_where_the_bytes_are(settings, stored):
    settings.X_ACCEL_PREFIX = "/berkas-tersimpan/"
    answer = stored_attachment(stored, "berkas.zip", "application/zip")
    assert answer.content == b""
    assert answer["X-Accel-Redirect"] == f"/berkas-tersimpan/{stored[:2]}/{stored}"
    assert answer["Content-Disposition"] == 'attachment; filename="berkas.zip"'


@pytest.mark.parametrize("prefix", ["", "/berkas-tersimpan"])
def test_a_changed_file_is_never_sent(settings, stored, prefix):
    settings.X_ACCEL_PREFIX = prefix
    path_of(stored).write_bytes(b"isi BERKAS")
    with pytest.raises(FileDamaged):
        stored_attachment(stored, "berkas.zip", "application/zip")


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_name_breaks_out_of_its_header(name):
    try:
        answer = attachment(b"", name, "application/pdf")
    except ValueError:
        assert "\n" in name
        return
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert list(answer.headers) == [
        "Content-Type",
        "Content-Disposition",
        "X-Content-Type-Options",
        "Cache-Control",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_damaged_document_is_told_as_such_and_not_as_a_crash(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    story = Story.begin().compared()
    path = path_of(story.case.run.workbook)
    path.write_bytes(path.read_bytes()[:-1])
    expect(story.get("operator", "/lhr.xlsx"), 503, "BERKAS_RUSAK")


@pytest.mark.django_db(transaction=True)
def test_a_damaged_bar_is_never_handed_out(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    story = Story.begin().signed()
    path = path_of(story.case.bars.get().sealed)
    path.write_bytes(b"%PDF-1.7 lain")
    expect(story.get("operator", "/bar.pdf"), 503, "BERKAS_RUSAK")
