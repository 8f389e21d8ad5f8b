"""The mutations break every constraint, the same ones for the same seed, and what is said of them is as expected."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from exportreport import pipeline, standard
from exportreport.finding import Severity
from exportreport.result.record import Result
from tests.corpus.constraints import constraints
from tests.corpus.layouts import MINIFIED, PRETTY
from tests.corpus.mutations import mutations, of
from tests.corpus.source import Expected, Mutation
from tests.corpus.whole import corpus
from tests.corpus.writing import Written, json_text, xml_text

STANDARD = standard.load()
STRUCTURE = pipeline.Settings(rules=False)

#: What is said, and where: the code, the pointer, line and column.
Said = list[tuple[str, str, tuple[int, int]]]


@cache
def made() -> tuple[Mutation, ...]:
    return tuple(mutations(STANDARD, 0))


def written(mutation: Mutation) -> Iterator[tuple[str, Written, Expected | None]]:
    """The mutation in the syntaxes that can say it, each with what is expected there."""
    if mutation.json or "json" in mutation.right_in:
        yield "json", json_text(mutation.root, PRETTY), mutation.json
    if mutation.xml or "xml" in mutation.right_in:
        yield "xml", xml_text(mutation.root, PRETTY, STANDARD), mutation.xml


def test_every_constraint_is_broken() -> None:
    names = [constraint.id for constraint in constraints(STANDARD)]
    assert len(names) == len(set(names))
    assert {mutation.constraint for mutation in made()} == set(names)


def test_a_mutation_is_told_by_its_constraint_and_its_words() -> None:
    told = [(mutation.constraint, mutation.what) for mutation in made()]
    assert len(told) == len(set(told))


def test_each_is_said_by_some_syntax_and_something_is_said_of_it() -> None:
    for mutation in made():
        assert mutation.json or mutation.xml, (mutation.constraint, mutation.what)


def test_the_same_seed_gives_the_same_messages_and_another_gives_others() -> None:
    parts = constraints(STANDARD)[::40]
    first, again, other = (
        [json_text(mutation.root, MINIFIED).data for part in parts for mutation in of(STANDARD, part, seed)]
        for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


@pytest.mark.parametrize("which", range(4))
def test_what_is_said_is_what_was_expected(which: int) -> None:
    """One mutation of each constraint; the tests of places and of the comparison look at all of them."""
    one_each = {mutation.constraint: mutation for mutation in made() if not mutation.rules}
    assert not_as_expected(list(one_each.values())[which::4]) == []


def test_a_list_whose_entries_cannot_be_read_is_not_said_to_be_missing() -> None:
    """One cause, one finding; nor is what stands in a list without its entry read as if it were one."""
    lists = [mutation for mutation in made() if mutation.constraint.endswith(("entry name", " list"))]
    assert not_as_expected(lists) == []


def not_as_expected(chosen: list[Mutation]) -> list[Any]:
    """Of which mutations something else is said than was expected, and what."""
    wrong = []
    for mutation in chosen:
        for syntax, text, expected in written(mutation):
            (result,) = pipeline.check(text.data, STANDARD, STRUCTURE)
            due = [(expected.code, expected.pointer, text.at(expected.place))] if expected else []
            if said(result) != due or result.accepted != (syntax in mutation.right_in):
                wrong.append((mutation.constraint, mutation.what, syntax, said(result), due))
    return wrong


def said(result: Result) -> Said:
    """The errors of ``result``; all that is said of it, if it is accepted."""
    return [
        (finding.finding_code, finding.pointer or "", finding.position or (0, 0))
        for finding in result.findings
        if result.accepted or finding.severity in (Severity.ERROR, Severity.FATAL)
    ]


def test_what_only_rules_refuse_is_refused_by_them_alone() -> None:
    wrong = []
    for mutation in made():
        for syntax, text, expected in written(mutation) if mutation.rules else ():
            (structure,) = pipeline.check(text.data, STANDARD, STRUCTURE)
            (judged,) = pipeline.check(text.data, STANDARD)
            assert expected
            due = (expected.code, expected.pointer, text.at(expected.place))
            if structure.findings or due not in said(judged):
                wrong.append((mutation.constraint, syntax, said(judged), due))
    assert wrong == []


def test_the_corpus_has_ten_thousand_messages_of_which_no_two_are_alike_and_most_are_small() -> None:
    texts = [json_text(mutation.root, MINIFIED).data for mutation in corpus(STANDARD, 0) if _in_json(mutation)]
    assert len(set(texts)) > 10_000
    assert sorted(map(len, texts))[len(texts) * 9 // 10] < 2_000


def _in_json(mutation: Mutation) -> bool:
    return mutation.json is not None or "json" in mutation.right_in
