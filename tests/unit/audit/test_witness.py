import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.notes import Checkpoint, sign_note
from audit.witness import Witness

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def note(size):
    return sign_note(Checkpoint("rekon.example/jejak", size, f"{size:064x}"), KEY)


@pytest.fixture
def book(tmp_path):
    return Witness(tmp_path / "jejak" / "checkpoints.txt")


def test_notes_come_back_in_the_order_they_were_added(book):
    assert book.notes() == book.last_notes() == []
    book.add([note(1), note(2)])
    book.add([note(3)])
    assert book.notes() == book.last_notes() == [note(1), note(2), note(3)]


def test_the_end_alone_is_read_of_a_long_file(book):
    book.add([note(size) for size in range(1, 1001)])
    assert len(book.notes()) == 1000
    last = book.last_notes()
    assert 100 < len(last) < 500
    assert last == [note(size) for size in range(1001 - len(last), 1001)]


@pytest.mark.parametrize("cut", range(1, len(note(9).encode()) + 1))
def test_a_note_cut_off_by_a_power_cut_gives_way_to_the_next(book, cut):
    book.add([note(1)])
    whole = book.path.read_bytes()
    book.path.write_bytes(whole + (note(9) + "\n").encode()[:cut])
    book.add([note(2)])
    assert book.notes() == [note(1), note(2)]


def test_a_first_note_cut_off_leaves_an_empty_file(book):
    book.path.parent.mkdir()
    book.path.write_text("rekon.exam")
    book.add([note(1)])
    assert book.notes() == [note(1)]
