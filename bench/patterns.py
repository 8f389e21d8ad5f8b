"""Measure each published pattern on long hostile texts in the engines that read it: `python -m bench.patterns`.

A text repeats one character and ends in what does not fit, so that an engine that tries one way after the other tries
them all. The figure is how much longer 64,000 characters take than 1,000: about 64 where
time is in proportion to the text, thousands where it is not. One process, smallest of several rounds.
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

import fastjsonschema
import jsonschema_rs
from elementpath.regex import translate_pattern
from lxml import etree

from exportreport import standard
from exportreport.build.patterns.positions import positions
from exportreport.build.patterns.syntax import parse
from exportreport.build.xsd import pattern as as_xsd
from tests.witnesses import catalogue

SHORT, LONG, ROUNDS = 1_000, 64_000, 5

#: A pattern that takes the square of the text's length, and how long a text of it can be waited for.
REFUSED, REFUSED_LONG = "^[a-z]*[a-z]*$", 8_000

#: A reader of texts: is this one of the pattern?
Engine = Callable[[str], bool]

#: A short and a long text, or the seconds they took.
Pair = tuple[str, str]
Times = tuple[float, float]

#: No pattern has it, and XML may carry it.
END = "\x7f"

_XSD = "http://www.w3.org/2001/XMLSchema"

_NODE = """
const [pattern, texts, rounds] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const judge = new RegExp(pattern, "u");
const best = (text, times) => { let least = Infinity; for (let i = 0; i < rounds; i++) {
  const begin = process.hrtime.bigint();
  for (let n = 0; n < times; n++) judge.test(text);
  least = Math.min(least, Number(process.hrtime.bigint() - begin) / times); } return least; };
console.log(JSON.stringify(texts.map(([short, long]) => [best(short, 200), best(long, 4)])));
"""

_JAVA = Path(__file__).parent / "Patterns.java"


def published() -> Iterator[str]:
    """Every pattern of the types, and every pattern that a rule asks for."""
    yield from (kind.pattern for kind in standard.load().types.values() if kind.pattern)
    for rule in catalogue.rules():
        for text in (rule.when or "", rule.demand):
            yield from (part.split("'")[0] for part in text.split(".matches('")[1:])


def hostile(pattern: str, long: int) -> list[Pair]:
    """For each group of characters that the pattern tells apart, a short and a long text of it that does not fit."""
    signs = dict.fromkeys(block for block in positions(parse(pattern)).blocks if block)
    return [(sign * SHORT + END, sign * long + END) for sign in signs if sign not in "\t\n"]


def seconds(engine: Engine, text: str, times: int) -> float:
    least = float("inf")
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for _ in range(times):
            engine(text)
        least = min(least, (time.perf_counter() - begin) / times)
    return least


def engines(pattern: str) -> dict[str, Engine]:
    judge = re.compile(pattern)
    fast = fastjsonschema.compile({"pattern": pattern}, use_default=False)
    rust = jsonschema_rs.validator_for({"pattern": pattern})
    translated = re.compile(
        translate_pattern(as_xsd(pattern), back_references=False, lazy_quantifiers=False, anchors=False)
    )
    return {
        "Python re": lambda text: judge.search(text) is not None,
        "fastjsonschema": lambda text: _raises(fast, text),
        "jsonschema-rs": rust.is_valid,
        "xmlschema": lambda text: translated.match(text) is not None,
        "lxml": _by_lxml(pattern),
    }


def _raises(judge: Callable[[str], object], text: str) -> bool:
    try:
        judge(text)
    except fastjsonschema.JsonSchemaValueException:
        return False
    return True


def _schema(pattern: str) -> etree._Element:
    schema = etree.Element(f"{{{_XSD}}}schema", nsmap={"xs": _XSD})
    kind = etree.SubElement(etree.SubElement(schema, f"{{{_XSD}}}element", name="a"), f"{{{_XSD}}}simpleType")
    limits = etree.SubElement(kind, f"{{{_XSD}}}restriction", base="xs:string")
    etree.SubElement(limits, f"{{{_XSD}}}pattern", value=as_xsd(pattern))
    return schema


def _by_lxml(pattern: str) -> Engine:
    judge, element = etree.XMLSchema(_schema(pattern)), etree.Element("a")

    def fits(text: str) -> bool:
        element.text = text
        return bool(judge.validate(element))

    return fits


def by_node(pattern: str, texts: Sequence[Pair]) -> list[Times]:
    given = json.dumps([pattern, texts, ROUNDS])
    out = subprocess.run(["node", "-e", _NODE], input=given, capture_output=True, text=True, check=True).stdout
    return [(short, long) for short, long in json.loads(out)]


def by_java(given: dict[str, list[Pair]]) -> dict[str, list[Times]]:
    """The XML Schema of every Java, which has an engine for patterns of its own; one process for all."""
    parts: list[str] = []
    for pattern, texts in given.items():
        parts += [etree.tostring(_schema(pattern), encoding="unicode"), str(len(texts))]
        parts += [f"<a>{escape(text)}</a>" for pair in texts for text in pair]
    data = "".join(part + "\0" for part in parts).encode()
    lines = iter(subprocess.run(["java", str(_JAVA)], input=data, capture_output=True, check=True).stdout.splitlines())
    pairs = {pattern: [line.split() for line in islice(lines, len(texts))] for pattern, texts in given.items()}
    return {pattern: [(float(short), float(long)) for short, long in one] for pattern, one in pairs.items()}


def measured(patterns: Sequence[str], long: int) -> dict[str, dict[str, float]]:
    """For each engine and each pattern, the largest ratio over all texts."""
    texts = {pattern: hostile(pattern, long) for pattern in patterns}
    times: dict[str, dict[str, list[Times]]] = {}
    for pattern, pairs in texts.items():
        for name, engine in engines(pattern).items():
            found = [(seconds(engine, one, 20), seconds(engine, other, 1)) for one, other in pairs]
            times.setdefault(name, {})[pattern] = found
        if shutil.which("node"):
            times.setdefault("Node.js", {})[pattern] = by_node(pattern, pairs)
    if shutil.which("java"):
        times["Java, XML Schema"] = by_java(texts)
    return {
        name: {pattern: max(other / one for one, other in pairs) for pattern, pairs in found.items()}
        for name, found in times.items()
    }


def show(patterns: Sequence[str], long: int) -> None:
    print(
        f"{len(patterns)} patterns, {SHORT:,} and {long:,} characters: in proportion is {long // SHORT} times as long"
    )
    for name, found in measured(patterns, long).items():
        worst = max(found, key=lambda pattern: found[pattern])
        middle = statistics.median(found.values())
        print(f"  {name:16} median {middle:6.1f}, at most {found[worst]:6.1f} ({worst[:30]!r})")


def main() -> None:
    show(list(dict.fromkeys(published())), LONG)
    print("for comparison, the simplest repetition, and a pattern that the build refuses:")
    show(["^[0-9]+$"], LONG)
    show([REFUSED], REFUSED_LONG)


if __name__ == "__main__":
    main()
