"""The command in the hands of somebody who has files: verdict, sentence and exit code, or what is wrong with the call."""

from pathlib import Path

import pytest

from bar.documents.status_list import Voided
from bar.verify.__main__ import main
from tests.forgery.mint import NOW, Mint, verify_id


@pytest.fixture
def folder(tmp_path: Path, mint: Mint, sealed: bytes) -> Path:
    (tmp_path / "bar.pdf").write_bytes(sealed)
    (tmp_path / "jwks.json").write_text(mint.jwks())
    (tmp_path / "status.jwt").write_text(mint.status_text() + "\n")
    (tmp_path / "ca.pem").write_bytes(mint.authority().ca_pem())
    return tmp_path


def call(folder: Path, *options: str, file: str = "bar.pdf") -> int:
    paths = [each if each.startswith("--") else str(folder / each) for each in options]
    return main([str(folder / file), "--keys", str(folder / "jwks.json"), *paths])


def test_the_first_line_is_the_verdict_and_the_second_says_why(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(folder, "--status", "status.jwt", "--ca", "ca.pem") == 0
    verdict, sentence = capsys.readouterr().out.splitlines()
    assert verdict == "SAH"
    assert "Bambang Setiawan (KPA) dan Hendra Suryana (Kasi Vera)" in sentence


def test_each_verdict_has_its_exit_code(folder: Path, mint: Mint, sealed: bytes) -> None:
    voided = Voided(verify_id(1), NOW, "S-1/2026", NOW.date())
    (folder / "status.jwt").write_text(mint.status_text(voided))
    assert call(folder, "--status", "status.jwt") == 3
    (folder / "lain.pdf").write_bytes(mint.unsigned().pdf)
    assert call(folder, file="lain.pdf") == 4
    (folder / "lain.pdf").write_bytes(sealed + b" ")
    assert call(folder, file="lain.pdf") == 5


def test_another_authority_than_that_of_the_key_set_can_be_given(folder: Path, tmp_path: Path) -> None:
    (folder / "ca.pem").write_bytes(Mint(tmp_path / "lain", "lain").authority().ca_pem())
    assert call(folder, "--ca", "ca.pem") == 4


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("jwks.json", "{}"),
        ("jwks.json", '{"keys": []}'),
        ("jwks.json", '{"keys": [7]}'),
        ("jwks.json", '{"keys": [{"kty": "OKP", "kid": "a", "x": "AAAA"}]}'),
        ("jwks.json", '{"keys": [{"kty": "EC", "x5c": ["AAAA"]}]}'),
        ("jwks.json", "bukan JSON"),
        ("ca.pem", "bukan PEM"),
        ("status.jwt", "bukan daftar"),
        ("status.jwt", "a.b.c"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_a_wrong_call(
    folder: Path, name: str, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / name).write_text(content)
    assert call(folder, "--status", "status.jwt", "--ca", "ca.pem") == 2
    assert capsys.readouterr().err


def test_a_status_list_of_another_installation_is_a_wrong_call(folder: Path, tmp_path: Path) -> None:
    (folder / "status.jwt").write_text(Mint(tmp_path / "lain", "lain").status_text())
    assert call(folder, "--status", "status.jwt") == 2


def test_a_file_that_is_not_there_is_a_wrong_call(folder: Path) -> None:
    assert call(folder, file="tidak-ada.pdf") == 2
