"""A swapped, cut, flipped, lost or foreign file in the store is found; control: comparing sizes is not enough."""

import random

import pytest
from django.core.management import CommandError, call_command

from erekon.lib import files
from erekon.portal.filecheck import check_files
from tests.story import Story

pytestmark = pytest.mark.django_db(transaction=True)

HARMS = 100


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    Story.begin().signed()
    return sorted(path for path in (tmp_path / "files").rglob("*") if path.is_file())


def flip(path, paths, rng):
    content = bytearray(path.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path.write_bytes(content)


def cut(path, paths, rng):
    path.write_bytes(path.read_bytes()[: rng.randrange(path.stat().st_size)])


def swap(path, paths, rng):
    path.write_bytes(rng.choice([other for other in paths if other != path]).read_bytes())


def grow(path, paths, rng):
    path.write_bytes(path.read_bytes() + b"\0")


def lose(path, paths, rng):
    path.unlink()


WAYS = (flip, cut, swap, grow, lose)


def test_every_harmed_file_is_found_and_named(store):
    assert check_files().faults == ()
    rng, sizes_noticed = random.Random(20261121), 0
    for number in range(HARMS):
        path, way = rng.choice(store), WAYS[number % len(WAYS)]
        before = path.read_bytes()
        way(path, store, rng)
        assert [fault.name for fault in check_files().faults] == [path.name], way.__name__
        sizes_noticed += not path.exists() or path.stat().st_size != len(before)
        path.write_bytes(before)
    assert check_files().faults == ()
    assert sizes_noticed < HARMS


def test_the_command_names_the_rows_of_a_lost_file(store, capsys):
    store[0].unlink()
    with pytest.raises(CommandError, match="1 faults") as told:
        call_command("fsck_files")
    assert told.value.returncode == 1
    kind, name, named_by = capsys.readouterr().out.strip().split("\t")
    assert (kind, name) == ("HILANG", store[0].name)
    assert "." in named_by


def test_a_file_that_does_not_belong_is_named_and_one_being_written_is_not(store, capsys):
    (store[0].parent / "catatan.txt").write_text("x")
    (store[0].parent / ".incoming-abc").write_text("x")
    assert [(fault.kind, fault.name) for fault in check_files().faults] == [("ASING", "catatan.txt")]


def test_a_whole_store_says_so(capsys):
    call_command("fsck_files")
    assert "every file whole" in capsys.readouterr().out


def test_storing_again_mends_a_file_that_was_changed(store):
    content = store[0].read_bytes()
    store[0].write_bytes(bytes(len(content)))
    assert files.store(content) == store[0].name
    assert files.read(store[0].name) == content
