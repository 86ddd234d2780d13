"""The folders of the store are on the disk before a file in one of them counts."""

import pytest

from erekon.lib import files


@pytest.fixture
def root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media" / "files"


@pytest.fixture
def synced(monkeypatch):
    """The folders brought to the disk, in order."""
    told, plain = [], files.fsync_folder
    monkeypatch.setattr(files, "fsync_folder", lambda folder: told.append(folder) or plain(folder))
    return told


def test_all_folders_are_made_at_the_first_file_and_synced_once(root, synced):
    first, second = files.store(b"satu"), files.store(b"dua")
    assert len([one for one in root.iterdir() if len(one.name) == 2]) == 256
    assert synced.count(root) == 1
    assert synced[-2:] == [root / first[:2], root / second[:2]]


def test_folders_whose_sync_failed_are_synced_before_the_next_file(root, synced, monkeypatch):
    def broken(folder):
        if folder == root:
            raise OSError("I/O error")

    with monkeypatch.context() as patched:
        patched.setattr(files, "fsync_folder", broken)
        with pytest.raises(OSError, match="I/O error"):
            files.store(b"satu")
    stored = files.store(b"satu")
    assert synced[-2:] == [root, root / stored[:2]]


def test_a_folder_that_was_taken_away_is_made_again(root, synced):
    stored = files.store(b"satu")
    (root / stored[:2] / stored).unlink()
    (root / stored[:2]).rmdir()
    assert files.read(files.store(b"satu")) == b"satu"
    assert synced[-2:] == [root, root / stored[:2]]
