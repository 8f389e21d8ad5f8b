"""Changes of bytes that know nothing: few of them come far, but nobody thought of them."""

from __future__ import annotations

from random import Random


def scramble(data: bytes, random: Random) -> bytes:
    """``data`` with some bytes flipped, removed, repeated or made up."""
    made = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        at = random.randint(0, len(made))
        choice = random.random()
        if choice < 0.4 and at < len(made):
            made[at] ^= 1 << random.randrange(8)
        elif choice < 0.6:
            del made[at : at + random.choice((1, 1, 2, 8, 64))]
        elif choice < 0.8:
            made[at:at] = random.randbytes(random.choice((1, 1, 2, 4)))
        else:
            start = random.randint(0, len(made))
            made[at:at] = made[start : start + random.choice((1, 4, 16, 64))]
    return bytes(made)
