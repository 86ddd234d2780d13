"""What a giant lets go while it is read comes back when it is asked for: no verdict and no line changes."""

import mmap

import pytest

from adk.formats import tables, unpacked
from adk.formats.gate import inspect
from adk.formats.unpacked import Unpacked
from tests.unit.adk.formats.cast import EXPECTED, REFERENCES, row, satker

ROWS = 4000
PAGE = mmap.PAGESIZE
SPOILS: dict[str, dict[int, dict[str, object]]] = {
    "honest": {},
    "twins": {0: {"NODOK1": "sama"}, 3900: {"NODOK1": "sama"}},
    "bad amount": {7: {"RPHREAL": "x"}},
    "bad accounts": {7: {"PERKSAI": "9"}, 3999: {"KDMAKMAP": "A"}},
    "bad character": {5: {"KATEGORI": b"\x07"}},
    "accent": {5: {"NODOK1": "é"}},
    "deleted rows": {0: {"*deleted": True}, 1500: {"*deleted": True}, 3999: {"*deleted": True}},
    "deleted block": {number: {"*deleted": True} for number in range(1000, 2100)},
    "unknown codes": {9: {"KDSDCP": "999"}},
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_giant_is_judged_like_any_other(spoil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    same = {"RPHREAL": 5} if spoil == "twins" else {}
    rows = [row(n, KDTRN="2", **same) | SPOILS[spoil].get(n, {}) for n in range(ROWS)]
    filename, content = satker(rows).build()
    usual = inspect(content, filename, EXPECTED, REFERENCES)
    let_go = []
    monkeypatch.setattr(unpacked, "GIANT", 1)
    monkeypatch.setattr(unpacked, "PAGE", PAGE)
    monkeypatch.setattr(tables, "BLOCK", 256)
    monkeypatch.setattr(Unpacked, "let_go", _watched(Unpacked.let_go, let_go))
    giant = inspect(content, filename, EXPECTED, REFERENCES)
    assert max(let_go, default=0) > PAGE
    assert (giant.verdict, giant.findings, giant.rows) == (usual.verdict, usual.findings, usual.rows)
    if usual.lines is None:
        assert giant.lines is None
    else:
        assert giant.lines.tobytes() == usual.lines.tobytes()


def _watched(let_go, seen):
    def watched(self, end):
        let_go(self, end)
        seen.append(self._gone)

    return watched


def test_bytes_let_go_read_as_zeros_until_they_are_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacked, "GIANT", 1)
    monkeypatch.setattr(unpacked, "PAGE", PAGE)
    one = Unpacked(4 * PAGE, lambda: iter([b"x" * PAGE] * 4))
    gone = b"x" * PAGE + bytes(2 * PAGE) + b"x" * PAGE
    assert bytes(one.view) == gone
    one.rewind()
    one.reach(2 * PAGE + 5)
    assert bytes(one.view) == b"x" * 4 * PAGE
    one.let_go(3 * PAGE + 5)
    assert bytes(one.view) == gone
    one.restore()
    assert bytes(one.view) == b"x" * 4 * PAGE


def test_small_member_is_never_let_go() -> None:
    one = Unpacked(3 * PAGE, lambda: iter([b"x" * 3 * PAGE]))
    one.let_go(3 * PAGE)
    one.rewind()
    one.reach(3 * PAGE)
    assert bytes(one.view) == b"x" * 3 * PAGE
