"""What fuzzing starts from: the examples, sound messages of every kind, and messages with one fault each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import orjson

from exportreport.codec import xml_text
from exportreport.standard import Standard
from fuzz import json_form, xml_form
from fuzz.pool import Pool, pool_of
from tests.corpus.generate import broken, document

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
FOUND = ROOT / "fuzz" / "found"

#: A larger seed slows every input that is made from it.
LARGEST = 3_000

_FULLNESS = (0.0, 0.05, 0.15)


def sound(standard: Standard) -> Iterator[dict[str, Any]]:
    """Messages of every kind that are sound: the valid examples, and some made from the model."""
    for path in sorted((EXAMPLES / "valid").rglob("*.json")):
        yield orjson.loads(path.read_bytes())
    for kind in standard.kinds:
        for seed in range(60):
            yield document(standard, kind, seed, fullness=_FULLNESS[seed % 3])


@cache
def pool(standard_digest: str) -> Pool:
    """The parts of all sound messages, for the standard with this digest."""
    from exportreport import standard

    known = standard.load()
    assert known.digest == standard_digest
    return pool_of(known, sound(known))


def seeds(standard: Standard, syntaxes: tuple[str, ...]) -> Iterator[bytes]:
    """The inputs to start with, in these ``syntaxes``."""
    if syntaxes == ("csv",):
        yield from _tables()
        return
    for path in sorted(EXAMPLES.rglob("*")):
        wanted = path.suffix[1:] in syntaxes and not path.name.endswith(".expected.json")
        if wanted and path.stat().st_size <= LARGEST:
            yield path.read_bytes()
    for syntax in syntaxes:
        yield from (one for one in _made(standard, syntax) if len(one) <= LARGEST)


def _made(standard: Standard, syntax: str) -> Iterator[bytes]:
    random = Random(syntax)
    for kind in standard.kinds:
        for seed in range(24 if syntax == "json" else 8):
            whole = document(standard, kind, seed, fullness=_FULLNESS[seed % 3])
            faulty, _ = broken(standard, kind, seed, fullness=0.05)
            if syntax == "json":
                yield orjson.dumps(whole)
                yield json_form.write(faulty, random)
            else:
                yield xml_text.encode(whole, standard)
                yield xml_form.write(faulty, standard, random)


def _tables() -> Iterator[bytes]:
    for path in sorted((ROOT / "converters").glob("*/cases/*.csv")):
        data = path.read_bytes()
        head, *rows = data.split(b"\n")
        yield from (head + b"\n" + row + b"\n" for row in rows[:60] if row)
