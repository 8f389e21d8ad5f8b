"""The judges judge, and the comparison notices where one of them does not, or where not that is said which is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest

from exportreport.standard import Standard
from tests.corpus.constraints import Constraint
from tests.corpus.mutations import of
from tests.corpus.source import Expected, Member, Mutation, Text, written
from tests.equivalence import java
from tests.equivalence.comparison import Comparison, Deviation, case, right
from tests.equivalence.differences import Sorted, entries
from tests.equivalence.engines import XSD, Engine, json_engines, lxml_engine, published, xmlschema_engine
from tests.messages import example

#: A text that is right in characters, and too long in units of UTF-16.
_ASTRAL = "\U0001f6f0" * 3000


@pytest.fixture(scope="module")
def jvm() -> Iterator[Engine]:
    if why := java.missing():
        pytest.skip(why)
    with java.jvm_engine(XSD, java.CODE_POINTS) as engine:
        yield engine


@pytest.fixture
def broken(the_standard: Standard) -> Mutation:
    (mutation,) = islice(of(the_standard, Constraint("Quantity", "amount", "required")), 1)
    return mutation


def _deviations(standard: Standard, mutation: Mutation, *engines: Engine) -> list[Deviation]:
    return list(Comparison(standard, engines).deviations(case(mutation, standard)))


def _pairs(deviations: list[Deviation]) -> set[tuple[str, str]]:
    return {(deviation.who, deviation.does) for deviation in deviations}


def _message(standard: Standard, **members: Any) -> Mutation:
    return right(written(standard, example("DenialNotice/denial-revoked-later") | members), "an example")


def test_nothing_is_against_what_is_expected(the_standard: Standard, broken: Mutation) -> None:
    xsd = XSD.read_bytes()
    engines = [*json_engines(published(the_standard)), lxml_engine(xsd), xmlschema_engine(xsd)]
    for mutation in (broken, _message(the_standard)):
        assert not _deviations(the_standard, mutation, *engines)


def test_an_engine_that_accepts_all_is_found(the_standard: Standard, broken: Mutation) -> None:
    liar = Engine("a liar", "json", lambda data, kind: None)
    assert _pairs(_deviations(the_standard, broken, liar)) == {("a liar", "accepts")}


def test_an_engine_that_refuses_all_is_found(the_standard: Standard) -> None:
    liar = Engine("a liar", "xml", lambda data, kind: "no")
    assert _pairs(_deviations(the_standard, _message(the_standard), liar)) == {("a liar", "refuses")}


@pytest.mark.parametrize("wrong", [{"code": "ER-S-002"}, {"pointer": "/items"}])
def test_a_code_or_place_that_is_not_due_is_found(
    the_standard: Standard, broken: Mutation, wrong: dict[str, Any]
) -> None:
    assert broken.json
    other: Expected = replace(broken.json, **wrong)
    said = _pairs(_deviations(the_standard, replace(broken, json=other, xml=other)))
    assert said == {(f"ours, {e}, {syntax}", "says otherwise") for e in ("rust", "pure") for syntax in ("json", "xml")}


def test_a_second_finding_is_found(the_standard: Standard, broken: Mutation) -> None:
    broken.root.members.append(Member("no_such_member", Text("x")))
    assert ("ours, rust, xml", "says otherwise") in _pairs(_deviations(the_standard, broken))


def test_what_only_one_syntax_says_needs_an_entry(the_standard: Standard, broken: Mutation) -> None:
    silent = replace(broken, json=None)
    assert ("JSON", "cannot say") in _pairs(_deviations(the_standard, silent))
    found = Sorted(entries())
    found.add(case(silent, the_standard), _deviations(the_standard, silent), ())
    assert found.unexplained


def test_an_entry_that_is_not_true_of_a_message_is_found(the_standard: Standard) -> None:
    (order, *_) = of(the_standard, Constraint("Quantity", None, "order"))
    found = Sorted(entries())
    found.add(case(order, the_standard), (), ())
    assert len(found.idle) == 1


def test_the_jvm_judges(the_standard: Standard, broken: Mutation, jvm: Engine) -> None:
    assert not _deviations(the_standard, _message(the_standard), jvm)
    assert jvm.judge(case(broken, the_standard).documents["xml"], "") is not None


def test_the_jvm_reads_no_document_type(the_standard: Standard, jvm: Engine) -> None:
    document = case(_message(the_standard), the_standard).documents["xml"]
    assert jvm.judge(document, "") is None
    assert "DOCTYPE" in str(jvm.judge(b"<!DOCTYPE DenialNotice>" + document, ""))


def test_the_jvm_counts_characters_where_it_is_told_to(the_standard: Standard, jvm: Engine) -> None:
    """Else it counts units of UTF-16, as the standard warns."""
    document = case(_message(the_standard, additional_information=_ASTRAL), the_standard).documents["xml"]
    assert jvm.judge(document, "") is None
    with java.jvm_engine(XSD) as as_it_comes:
        assert "maxLength" in str(as_it_comes.judge(document, ""))
