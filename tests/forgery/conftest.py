"""One installation and one heap of forgeries for the whole folder."""

import pytest

from tests.forgery import bytes_changed, updates, wrong_signers
from tests.forgery.cases import Case
from tests.forgery.mint import Mint, Wish


@pytest.fixture(scope="package")
def mint(tmp_path_factory: pytest.TempPathFactory) -> Mint:
    return Mint(tmp_path_factory.mktemp("mint") / "asli")


@pytest.fixture(scope="package")
def sealed(mint: Mint) -> bytes:
    return mint.sealed(Wish())


@pytest.fixture(scope="package")
def tampered(mint: Mint, tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("palsu")
    return [*bytes_changed.cases(mint), *updates.cases(mint), *wrong_signers.cases(mint, folder)]
