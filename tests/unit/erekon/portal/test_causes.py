"""The shares of likely causes, as the page shows them."""

import pytest
from django.template.loader import render_to_string

from erekon.portal.causes import Cause


def cause(explains: int, gap: int) -> Cause:
    return Cause("Kemungkinan", "Kemungkinan sebab.", explains, gap, 1, ("D1",))


def test_shares_do_not_add_up_to_more_than_the_whole() -> None:
    found = [cause(explains, 1_000) for explains in (991, 3, 3, 3)]
    assert [one.share for one in found] == [99, 0, 0, 0]


@pytest.mark.parametrize(
    ("explains", "said"), [(1_000, "100 %"), (10, "1 %"), (9, "&lt; 1 %"), (1, "&lt; 1 %")]
)
def test_a_share_below_one_percent_is_said_to_be_so(explains: int, said: str) -> None:
    text = render_to_string("components/_sebab.html", {"causes": [cause(explains, 1_000)]})
    assert f"</b>, {said} dari selisih elemen" in text
