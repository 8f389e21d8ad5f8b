"""A run of the comparison over the whole corpus, in as many processes as there are processors, two at most."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from itertools import islice

from exportreport import standard
from exportreport.standard import Standard
from tests.corpus.generate import document
from tests.corpus.mutations import mutations
from tests.corpus.source import Mutation, written
from tests.corpus.valid import valid
from tests.equivalence import java
from tests.equivalence.comparison import Comparison, case, right
from tests.equivalence.differences import Sorted, entries
from tests.equivalence.engines import XSD, Engine, json_engines, lxml_engine, published, xmlschema_engine
from tests.equivalence.tally import Tally

SEED = 4

#: How many right messages of each kind are made by chance.
_OF_EACH_KIND = 100

#: Every so many of the broken messages are judged by the rules, too.
_RULED = 3


def messages(the_standard: Standard) -> Iterator[Mutation]:
    """The corpus: messages that are right, and messages that are broken in one place."""
    for kind in the_standard.kinds:
        for seed in range(_OF_EACH_KIND):
            root = written(the_standard, document(the_standard, kind, seed, fullness=seed % 5 / 8))
            yield right(root, f"{kind} {seed}")
    for right_one in valid(the_standard, SEED):
        yield right(written(the_standard, right_one), "valid")
    yield from mutations(the_standard, SEED)


def run() -> Tally:
    """The figures of a run over the whole corpus."""
    parts = min(2, os.cpu_count() or 1)
    whole = Tally()
    with ProcessPoolExecutor(parts, multiprocessing.get_context("spawn")) as pool:
        for tally in pool.map(run_part, range(parts), [parts] * parts):
            whole.add(tally)
    return whole


def run_part(part: int, parts: int) -> Tally:
    """The figures of a run over every message of so many, from the ``part``-th on."""
    the_standard = standard.load()
    with ExitStack() as stack:
        engines = all_engines(the_standard, stack)
        return judge(the_standard, engines, islice(messages(the_standard), part, None, parts))


def all_engines(the_standard: Standard, stack: ExitStack) -> list[Engine]:
    """All engines that others wrote; the JVM runs as long as ``stack`` is open, where there is one."""
    xsd = XSD.read_bytes()
    engines = [*json_engines(published(the_standard)), lxml_engine(xsd), xmlschema_engine(xsd)]
    return engines if java.missing() else [*engines, stack.enter_context(java.jvm_engine(XSD, java.CODE_POINTS))]


def judge(the_standard: Standard, engines: Sequence[Engine], corpus: Iterator[Mutation]) -> Tally:
    """The figures of the comparison of what ``engines`` and we say of ``corpus``."""
    comparison, differences, tally = Comparison(the_standard, engines), Sorted(entries()), Tally()
    for number, mutation in enumerate(corpus):
        one = case(mutation, the_standard, pretty=number % 2 == 0)
        tally.messages["broken" if mutation.constraint else "right"] += 1
        tally.documents.update(one.documents.keys())
        tally.broken.update({mutation.constraint} - {""})
        rules = not mutation.constraint or number % _RULED == 0
        asked = [engine.name for engine in engines if engine.syntax in one.documents]
        differences.add(one, comparison.deviations(one, rules=rules), asked)
    tally.heard.update(comparison.heard)
    for (entry, who), count in differences.explained.items():
        tally.known[entry.construct, who] += count
    tally.disagreements.update(deviation.who for deviation in differences.unexplained)
    tally.unexplained += map(str, differences.unexplained)
    tally.idle += differences.idle
    return tally
