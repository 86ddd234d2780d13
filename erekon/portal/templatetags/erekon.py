"""Template tags of the design system: icons, the = / ≠ mark, stage tags and rupiah with words."""

from collections.abc import Sequence
from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from erekon.lib import clock
from erekon.lib.digits import Piece
from erekon.lib.indonesian import long_moment
from erekon.lib.rupiah import format_rupiah
from erekon.portal.stage_look import look_of
from erekon.portal.worklists import next_to_close
from reconciliation.lifecycle import Stage, label_of

register = template.Library()

ONE_SIDED = {
    "HANYA_SIAP": ("arrow-right", "Hanya ada di SiAP"),
    "HANYA_SAI": ("arrow-left", "Hanya ada di SAI"),
}
MARKS = {
    True: ("", "sama", "Sama"),
    False: ("ne", "beda", "Tidak sama"),
    None: ("na", "tak-berlaku", "Tidak berlaku"),
}


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> SafeString:
    """A decorative icon of icons.svg; `size` is "" (18 px), "s" (15 px) or "l" (22 px).

    It carries no words: whatever it stands beside, or an `aria-label`, must say it.
    """
    return format_html(
        '<svg class="i {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        size,
        static("icons.svg"),
        name,
    )


@register.simple_tag
@cache
def eq(equal: bool | None, variant: str = "") -> SafeString:
    """The portal's sign: = for True, ≠ for False, – for None, with words for screen readers.

    `variant` is "" (solid, 24 px), "xl" (solid, 46 px) or "lini" (line, for the two check columns).
    """
    tone, symbol, words = MARKS[equal]
    return format_html(
        '<span class="eq {} {}"><svg aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
        '<span class="sr">{}</span></span>',
        tone,
        variant,
        static("icons.svg"),
        symbol,
        words,
    )


@register.simple_tag
def line_mark(mark: str) -> SafeString:
    """The mark between two mirrored documents: = or ≠, or an arrow from the only side that has it."""
    if mark not in ONE_SIDED:
        return eq(mark == "SAMA", "lini" if mark == "SAMA" else "")
    symbol, words = ONE_SIDED[mark]
    return format_html('<span class="eq ne">{}<span class="sr">{}</span></span>', icon(symbol, "s"), words)


@register.simple_tag
def swapped(amount: int, parts: Sequence[Piece]) -> SafeString:
    """A figure with the digits marked that stand otherwise on the other side; read aloud in words."""
    shown = format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", part.text) if part.differs else part.text,) for part in parts),
    )
    differing = ", ".join(part.text for part in parts if part.differs)
    words = f"{'minus ' if amount < 0 else ''}{format_rupiah(abs(amount))}, angka {differing} kemungkinan tertukar"
    return format_html(
        '<span data-raw="{}"><span aria-hidden="true">{}</span><span class="sr">{}</span></span>',
        str(amount),
        shown,
        words,
    )


@register.simple_tag
def stage_tag(stage: str, label: str = "") -> SafeString:
    """The tag of a stage code; `label` overrides the words (the Jan–Apr refusal has its own)."""
    look = look_of(stage)
    return format_html(
        '<span class="tag {}">{} {}</span>', look.tone, icon(look.icon), label or label_of(Stage(stage))
    )


@register.simple_tag
def stage_cell_icon(stage: str) -> SafeString:
    """The symbol alone, for a cell or bar that names the stage beside it."""
    return icon(look_of(stage).icon)


@register.filter
def stage_cell(stage: str) -> str:
    """The colour class of a stage in the twelve-month strip and the monitors."""
    return look_of(stage).cell


@register.filter
def stage_label(stage: str) -> str:
    """The stage's own words."""
    return label_of(Stage(stage))


@register.filter
def rupiah(amount: int | None) -> SafeString:
    """Whole rupiah for the page; `data-raw` holds the bare digits that copying a cell yields.

    A negative is read aloud as "minus 70.000" and seen as (70.000); None is a dash read "tidak ada".
    """
    if amount is None:
        return format_html('<span aria-hidden="true">–</span><span class="sr">{}</span>', "tidak ada")
    if amount < 0:
        return format_html(
            '<span data-raw="{}"><span aria-hidden="true">{}</span><span class="sr">minus {}</span></span>',
            str(amount),
            format_rupiah(amount),
            format_rupiah(-amount),
        )
    return format_html('<span data-raw="{}">{}</span>', str(amount), format_rupiah(amount))


@register.simple_tag
def next_deadline() -> str:
    """The next closing of an upload window in words; empty while none is open."""
    period = next_to_close(clock.now())
    if period is None or period.closes_at is None:
        return ""
    return f"Rekon {period.label} ditutup {long_moment(period.closes_at, 'Asia/Jakarta')}"
