"""The whole corpus: right messages and broken ones, in one row."""

from __future__ import annotations

from collections.abc import Iterator

from exportreport.standard import Standard
from tests.corpus.case import JSON, XML
from tests.corpus.mutations import mutations
from tests.corpus.source import Mutation, written
from tests.corpus.valid import valid


def corpus(standard: Standard, seed: int = 0) -> Iterator[Mutation]:
    """The right messages, then all mutations but those that need the rules; the same for the same ``seed``.

    A right message is a mutation without a constraint, right in both syntaxes; warnings may be said of it.
    """
    for document in valid(standard, seed):
        yield Mutation("", "nothing", written(standard, document), None, None, frozenset({JSON, XML}))
    yield from (mutation for mutation in mutations(standard, seed) if not mutation.rules)
