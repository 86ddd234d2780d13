"""The tags of the design system."""

import pytest

from erekon.portal.templatetags import erekon as tags
from reconciliation.lifecycle import LOOKS


def test_negative_rupiah_is_seen_in_brackets_and_heard_as_minus() -> None:
    html = tags.rupiah(-70_000)
    assert '<span aria-hidden="true">(70.000)</span>' in html
    assert '<span class="sr">minus 70.000</span>' in html


@pytest.mark.parametrize(("amount", "raw"), [(0, "0"), (1_234_567, "1234567"), (-70_000, "-70000")])
def test_rupiah_carries_bare_digits_for_copying(amount: int, raw: str) -> None:
    assert f'data-raw="{raw}"' in tags.rupiah(amount)


def test_absent_rupiah_is_a_dash_with_words() -> None:
    assert "tidak ada" in tags.rupiah(None)
    assert "data-raw" not in tags.rupiah(None)


@pytest.mark.parametrize(
    ("equal", "words", "symbol"),
    [(True, "Sama", "sama"), (False, "Tidak sama", "beda"), (None, "Tidak berlaku", "tak-berlaku")],
)
def test_mark_has_words_beside_its_symbol(equal: bool | None, words: str, symbol: str) -> None:
    html = tags.eq(equal)
    assert f'<span class="sr">{words}</span>' in html
    assert f'#{symbol}"' in html


def test_icon_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in tags.icon("house")


def test_icon_escapes_what_it_is_given() -> None:
    assert "<b>" not in tags.icon("<b>")


@pytest.mark.parametrize("stage", LOOKS)
def test_stage_tag_says_the_portals_own_words(stage: str) -> None:
    assert LOOKS[stage].label in tags.stage_tag(stage)


def test_stage_tag_takes_the_label_of_the_jan_apr_refusal() -> None:
    html = tags.stage_tag("TIDAK_STANDAR", "ADK Periode Jan-Apr Tidak Diperkenankan")
    assert "ADK Periode Jan-Apr Tidak Diperkenankan" in html
    assert "ADK Tidak Standar" not in html


def test_unknown_stage_is_an_error() -> None:
    with pytest.raises(ValueError, match="TIDAK_ADA"):
        tags.stage_tag("TIDAK_ADA")
