"""Seeded corpora for measurements: real-looking messages of a wanted size, one in ten of them wrong."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import orjson

from bench import faults
from exportreport.codec import xml_text
from exportreport.standard import Standard
from tests.corpus.generate import break_one, broken, document

KINDS = ("LicenseFiling", "DenialNotice", "ReexportNotice")

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "valid"


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


def filings(standard: Standard, count: int, smallest: int, largest: int, *, wrong: bool = True) -> list[bytes]:
    """``count`` reports that follow the rules, of ``smallest`` to ``largest`` bytes; every tenth has one fault.

    They are the project's examples under names of their own: what a random document says is structurally sound and
    breaks dozens of rules, which no sender's does.
    """
    models = [report for report in _examples() if smallest <= len(orjson.dumps(report)) <= largest]
    made = []
    for number, report in enumerate(islice(cycle(models), count)):
        own = report | {"report_id": f"{report['report_id']}-{number}"}
        if wrong and number % 10 == 9:
            own, _ = break_one(standard, orjson.loads(orjson.dumps(own)), Random(number))
        made.append(orjson.dumps(own))
    return made


class Given(NamedTuple):
    """A document for a measurement, and the kind of its fault: "" where nothing is wrong."""

    data: bytes
    fault: str = ""


def mixed(standard: Standard, count: int, smallest: int, largest: int) -> list[Given]:
    """``count`` reports as JSON as `filings` has them; in each ten one, at a place by chance, has one fault."""
    made = []
    for number, line in enumerate(filings(standard, count, smallest, largest, wrong=False)):
        given = Given(line)
        if _is_chosen(number):
            given = Given(*faults.in_json(standard, orjson.loads(line), Random(number)))
        made.append(given)
    return made


def mixed_xml(standard: Standard, count: int, smallest: int, largest: int) -> list[Given]:
    """The same reports in XML, the faults of `faults.XML` in turn."""
    kinds, made = cycle(faults.XML.items()), []
    for number, line in enumerate(filings(standard, count, smallest, largest, wrong=False)):
        data = xml_text.encode(orjson.loads(line), standard)
        name, change = next(kinds) if _is_chosen(number) else ("", bytes)
        made.append(Given(change(data), name))
    return made


def _is_chosen(number: int) -> bool:
    """Is this the one of its ten? Always the last of ten would break the same example again and again."""
    return number % 10 == Random(number // 10).randrange(10)


def _examples() -> Iterator[dict[str, Any]]:
    for path in sorted(EXAMPLES.rglob("*.json")):
        message = orjson.loads(path.read_bytes())
        yield from message.get("reports", [message])


def long_report(items: int) -> dict[str, Any]:
    """A license filing that follows the rules, with ``items`` items, each with a party and a limit of its own."""
    filing = orjson.loads((EXAMPLES / "LicenseFiling" / "thermal-cameras-drawdowns.json").read_bytes())
    item, party = filing["items"][0], filing["parties"][0]
    authorization = filing["authorizations"][0]
    limit = authorization["limits"][0]
    numbers = range(1, items + 1)
    filing["items"] = [item | {"item_number": n} for n in numbers]
    filing["parties"] += [party | {"key": f"p{n}", "roles": ["third_party"]} for n in numbers]
    authorization["limits"] = [limit | {"line_number": n, "item_numbers": [n]} for n in numbers]
    return filing
