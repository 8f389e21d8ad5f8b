"""Seeded corpora for measurements: real-looking messages of a wanted size, one in ten of them wrong."""

from __future__ import annotations

import orjson

from exportreport.standard import Standard
from tests.corpus.generate import broken, document

KINDS = ("LicenseFiling", "DenialNotice", "ReexportNotice")


def lines(standard: Standard, count: int, smallest: int, largest: int, *, wrong: bool = True) -> list[bytes]:
    """``count`` messages as lines of JSON of ``smallest`` to ``largest`` bytes; every tenth has one fault.

    A wrong message keeps one fault, so that most of the work is what a well-behaved sender's mistakes cost.
    """
    made: list[bytes] = []
    seed = 0
    while len(made) < count:
        kind = KINDS[len(made) % len(KINDS)]
        fullness = (0.05 + seed % 17 / 60) if largest < 1500 else (0.2 + seed % 17 / 40)
        if wrong and len(made) % 10 == 9:
            whole, _ = broken(standard, kind, seed, fullness=fullness)
        else:
            whole = document(standard, kind, seed, fullness=fullness)
        data = orjson.dumps(whole)
        seed += 1
        if smallest <= len(data) <= largest:
            made.append(data)
    return made
