import io

from pypdf import PdfReader
from reportlab.platypus import Flowable

from erekon.lib.pdf.layout import columns, grid, pairs
from erekon.lib.pdf.parts import Qr, Verdict
from erekon.lib.pdf.sheet import HEIGHT, WIDTH, Sheet, render
from erekon.lib.pdf.table import Grid
from erekon.lib.pdf.text import TABLE_HEAD, block

SHEET = Sheet("Judul", "Kantor", "Hal", "kaki", "kiri", "kanan")


def pages(*story: Flowable) -> list[str]:
    reader = PdfReader(io.BytesIO(render(story, SHEET)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def table(count: int, words: str = "isi") -> Grid:
    rows = [[block(f"baris-{number}"), block(words)] for number in range(count)]
    return grid([[block("No", TABLE_HEAD), block("Kepala", TABLE_HEAD)], *rows], [60, WIDTH - 60])


def test_every_row_stands_once_and_every_page_has_the_head() -> None:
    texts = pages(table(150))
    assert len(texts) > 2
    assert all(text.startswith("No Kepala baris-") for text in texts)
    said = " ".join(texts)
    assert [said.split().count(f"baris-{number}") for number in range(150)] == [1] * 150


def test_a_row_taller_than_a_page_goes_on_under_the_head() -> None:
    long = " ".join(f"kata{number}" for number in range(6000))
    texts = pages(table(1, long))
    assert len(texts) > 1
    assert all("No Kepala" in text for text in texts)
    assert [word for word in " ".join(texts).split() if word.startswith("kata")] == long.split()


def test_a_row_that_the_next_page_holds_is_not_cut() -> None:
    tall = " ".join(["kata"] * 900)
    first, second = pages(table(40), table(1, tall))
    assert "kata" not in first.replace("kiri", "")
    assert second.count("kata") >= 900


def test_parts_of_a_cell_follow_each_other_and_nest() -> None:
    inner = columns([Qr("x", 30), [block("atas"), block("bawah")]], [40, 100], gap=4)
    (text,) = pages(columns([[block("kiri-1"), inner], Verdict(equal=False, word="Beda")]))
    assert text.startswith("kiri-1 atas bawah ≠ Beda")


def test_heights_are_those_of_the_tallest_cell() -> None:
    row = pairs([(block("a"), block("b c d " * 60))], 60)
    width, height = row.wrap(WIDTH, HEIGHT)
    assert width == WIDTH
    assert height == block("b c d " * 60).wrap(WIDTH - 60)[1] + 1.2
