"""The comparison would find a fault: with any one demand taken out of a published schema, it does."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

import pytest
from lxml import etree

from exportreport.standard import Standard
from tests.corpus.source import Mutation, Object, nodes
from tests.equivalence.comparison import Case, Comparison, case
from tests.equivalence.differences import entries
from tests.equivalence.engines import ANY, XSD, Engine, any_kind_engine, lxml_engine_of, one_kind_engine, published
from tests.equivalence.planted import less_json, less_xsd
from tests.equivalence.running import messages

#: Only every so many of the demands are taken out, unless the variable EQUIVALENCE is "all".
_EVERY = 1 if os.environ.get("EQUIVALENCE") == "all" else 8

#: Cases by what of the model they are about: a class, a type or a closed list.
Cases = dict[str, list[Case]]


@pytest.fixture(scope="module")
def cases(the_standard: Standard) -> Cases:
    """Every message of the corpus, under each definition of the schemas that it may tell something about."""
    found: Cases = defaultdict(list)
    for mutation in messages(the_standard):
        one = case(mutation, the_standard)
        broken = _broken(the_standard, mutation) if mutation.constraint else _used(the_standard, mutation)
        for name in set(broken):
            found[name].append(one)
    return found | {name: sorted(group, key=_size) for name, group in found.items()}


def _broken(standard: Standard, mutation: Mutation) -> Iterator[str]:
    """The definitions that have something to do with what a message breaks."""
    owner, _, slot = mutation.constraint.partition(" ")[0].partition(".")
    yield "any message" if slot == "report_type" else owner
    yield from (owner, mutation.root.name)
    if mutation.root.name == "Submission":
        yield "Report.list"
    if slot and slot != "report_type":
        range_ = standard.classes[owner].by_name[slot].range
        yield from (range_, f"{range_}.list")


def _used(standard: Standard, mutation: Mutation) -> Iterator[str]:
    """The definitions that a message uses."""
    yield "any message"
    for body in [node for node in nodes(mutation.root) if isinstance(node, Object)]:
        yield body.name
        for member in body.members:
            range_ = standard.classes[body.name].by_name[member.name].range
            yield from (range_, f"{range_}.list")


def _size(one: Case) -> tuple[bool, int]:
    return not one.mutation.constraint, len(one.documents.get("json", b""))


def _missed(standard: Standard, engine: Engine, cases: Sequence[Case], what: str) -> bool:
    """Whether the comparison does not find that ``engine`` says of some case what it should not."""
    comparison, listed = Comparison(standard, [engine]), entries()
    code = what.rpartition(" ")[2].encode()
    likely = [one for one in cases if code in one.documents.get(engine.syntax, b"")]
    said = (deviation for one in (*likely, *cases) for deviation in comparison.of_others(one))
    return not any(not any(entry.explains(deviation) for entry in listed) for deviation in said)


def test_every_demand_of_the_json_schema_is_missed(the_standard: Standard, cases: Cases) -> None:
    schema, whole = published(the_standard)[ANY], published(the_standard)[ANY]
    missed = [
        f"{name} {what}"
        for name, what in islice(less_json(schema), 0, None, _EVERY)
        if not _asked_before(the_standard, name, what)
        and _missed(the_standard, any_kind_engine(schema), cases[_branch(what) or name], what)
    ]
    assert schema == whole
    assert not missed


def _asked_before(standard: Standard, name: str, what: str) -> bool:
    """Whether a demand on the kind of a message is one that the choice of its schema has made already."""
    return name in standard.kinds and what in (" type", " required report_type", *_ON_KINDS)


_ON_KINDS = ("/report_type all", "/report_type const")


def _branch(what: str) -> str | None:
    """The kind whose messages nothing is asked of, if that is ``what`` is less."""
    return what.rpartition("/")[2] if what.startswith(" #/definitions/") else None


@pytest.mark.parametrize("what", [" required report_type", *_ON_KINDS])
def test_every_demand_on_the_kind_of_a_message_is_missed(the_standard: Standard, cases: Cases, what: str) -> None:
    schemas = published(the_standard)
    for kind in the_standard.kinds:
        definitions = {"definitions": {kind: schemas[kind]["definitions"][kind]}}
        (engine,) = [one_kind_engine(schemas) for name, less in less_json(definitions) if less == what]
        assert not _missed(the_standard, engine, cases[kind], what), kind


def test_every_demand_of_the_xsd_is_missed(the_standard: Standard, cases: Cases) -> None:
    schema, whole = etree.parse(XSD).getroot(), etree.parse(XSD).getroot()
    missed = [
        f"{name} {what}"
        for name, what in islice(less_xsd(schema), 0, None, _EVERY)
        if _missed(the_standard, lxml_engine_of(schema), cases[name], what)
    ]
    assert etree.tostring(schema, method="c14n") == etree.tostring(whole, method="c14n")
    assert not missed
