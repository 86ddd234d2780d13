"""Small seeded changes of bytes."""

from random import Random

SNIPPETS = [
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"PK\x06\x07",
    b"PK\x07\x08",
    b"\x80\0\0\0",
    b"-",
    b"*",
    b"\x1a",
    b"\x0d",
    b"        ",
]


def mutate(content: bytes, random: Random) -> bytes:
    """The bytes with one to five small changes; never empty."""
    raw = bytearray(content)
    for _ in range(random.choice([1, 1, 2, 5])):
        at = random.randrange(len(raw))
        match random.randrange(6):
            case 0:
                raw[at] = random.randrange(256)
            case 1:
                raw[at] ^= 1 << random.randrange(8)
            case 2:
                del raw[at : at + random.randrange(1, 40)]
            case 3:
                raw[at:at] = random.randbytes(random.randrange(1, 20))
            case 4:
                start = random.randrange(len(raw))
                raw[at:at] = raw[start : start + random.randrange(1, 500)]
            case _:
                snippet = random.choice(SNIPPETS)
                raw[at : at + len(snippet)] = snippet
        raw = raw or bytearray(b"x")
    return bytes(raw)
