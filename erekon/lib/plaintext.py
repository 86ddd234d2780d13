"""Text of strangers made safe to freeze and print: one line, composed, nothing invisible."""

import unicodedata
from functools import lru_cache

_KEPT = 4096  # texts: labels and names come back in document after document


@lru_cache(_KEPT)
def inert(text: str) -> str:
    """Compose to NFC, drop what cannot be seen (controls, direction marks, surrogates), fold white space.

    Tabs and line ends become one space, so the words around them stay apart.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text)
    seen = (" " if sign.isspace() else sign for sign in composed if sign.isspace() or _visible(sign))
    return " ".join("".join(seen).split())


def _visible(sign: str) -> bool:
    return not unicodedata.category(sign).startswith("C")
