"""What fuzzing starts from: the examples, sound messages of every kind, and messages with one fault each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from exportreport.standard import Standard
from fuzz.pool import Pool, pool_of
from tests.corpus.constraints import constraints
from tests.corpus.generate import document
from tests.corpus.layouts import JSON_LAYOUTS, XML_LAYOUTS
from tests.corpus.mutations import of
from tests.corpus.source import written
from tests.corpus.valid import valid
from tests.corpus.writing import json_text, xml_text

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
FOUND = ROOT / "fuzz" / "found"

#: A larger seed slows every input that is made from it.
LARGEST = 3_000

#: Of the valid messages, and of the constraints of the model, one in so many gives a seed.
_VALID, _BROKEN = 20, 25


def sound(standard: Standard) -> Iterator[dict[str, Any]]:
    """Messages that are sound: the valid examples, and those that together use all of the model."""
    for path in sorted((EXAMPLES / "valid").rglob("*.json")):
        yield orjson.loads(path.read_bytes())
    yield from valid(standard)


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
    """Sound messages, small ones among them, and broken ones of every kind of fault, in every layout."""
    layouts = JSON_LAYOUTS if syntax == "json" else XML_LAYOUTS
    small = [document(standard, kind, seed, fullness=0.05) for kind in standard.kinds for seed in range(8)]
    roots = [written(standard, one) for one in [*small, *islice(valid(standard), 0, None, _VALID)]]
    for constraint in islice(constraints(standard), 0, None, _BROKEN):
        roots += [mutation.root for mutation in islice(of(standard, constraint), 1)]
    for number, root in enumerate(roots):
        layout = layouts[number % len(layouts)]
        yield (json_text(root, layout) if syntax == "json" else xml_text(root, layout, standard)).data


def _tables() -> Iterator[bytes]:
    for path in sorted((ROOT / "converters").glob("**/cases/*.csv")):
        data = path.read_bytes()
        head, *rows = data.split(b"\n")
        yield from (head + b"\n" + row + b"\n" for row in rows[:60] if row)
