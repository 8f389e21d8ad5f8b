"""Line and column of a finding are those of the fault, in the file as submitted: in both syntaxes, in all layouts.

Each mutation is judged in two layouts of each syntax by turns; all in all, where the variable EQUIVALENCE is "all".
"""

from __future__ import annotations

import os

import pytest

from exportreport.standard import Standard
from tests.corpus.generate import document
from tests.corpus.layouts import JSON_LAYOUTS, XML_LAYOUTS
from tests.corpus.mutations import mutations
from tests.corpus.source import Mutation, written
from tests.equivalence.places import count, count_ruled

_EVERY = os.environ.get("EQUIVALENCE") == "all"
_LAYOUTS = {"json": JSON_LAYOUTS, "xml": XML_LAYOUTS}


@pytest.fixture(scope="module")
def made(the_standard: Standard) -> list[Mutation]:
    return list(mutations(the_standard))


def test_the_place_of_every_mutation(made: list[Mutation], the_standard: Standard) -> None:
    places = count(made, the_standard, every=_EVERY)
    print(places.line())
    assert places.wrong == []
    assert places.fewest >= 2
    kinds = {(syntax, kind) for syntax, _, kind in places.judged}
    due = {(syntax, layout.name, kind) for syntax, kind in kinds for layout in _LAYOUTS[syntax]}
    assert due - set(places.judged) == set()


def test_the_places_of_references_that_lead_nowhere(made: list[Mutation], the_standard: Standard) -> None:
    ruled = [(f"{one.constraint}, {one.what}", one.root, one.json) for one in made if one.rules]
    assert len(ruled) >= 25
    assert all(one.json == one.xml for one in made if one.rules)
    places = count_ruled(ruled, the_standard, layouts=100 if _EVERY else 3)
    print(places.line())
    assert places.wrong == []


def test_the_places_of_all_that_rules_say(the_standard: Standard) -> None:
    """Of messages by chance many rules have much to say, of them and of the messages in them."""
    kinds = [kind for kind in the_standard.kinds for _ in range(3)]
    messages = [(kind, document(the_standard, kind, seed, fullness=0.4)) for seed, kind in enumerate(kinds)]
    trees = [(kind, written(the_standard, message), None) for kind, message in messages]
    places = count_ruled(trees, the_standard, layouts=100 if _EVERY else 3)
    print(places.line())
    assert places.wrong == []
    assert places.judged.total() > 1000
