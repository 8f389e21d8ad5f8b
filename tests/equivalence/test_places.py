"""Line and column of a finding are those of the fault, in the file as submitted: in both syntaxes, in all layouts.

Each mutation is judged in two layouts of each syntax by turns; all in all, where the variable EQUIVALENCE is "all".
"""

from __future__ import annotations

import os

from exportreport.standard import Standard
from tests.corpus.layouts import JSON_LAYOUTS, XML_LAYOUTS
from tests.corpus.mutations import mutations
from tests.equivalence.places import count

_EVERY = os.environ.get("EQUIVALENCE") == "all"
_LAYOUTS = {"json": JSON_LAYOUTS, "xml": XML_LAYOUTS}


def test_the_place_of_every_mutation(the_standard: Standard) -> None:
    places = count(mutations(the_standard), the_standard, every=_EVERY)
    print(places.line())
    assert places.wrong == []
    assert places.fewest >= 2
    kinds = {(syntax, kind) for syntax, _, kind in places.judged}
    due = {(syntax, layout.name, kind) for syntax, kind in kinds for layout in _LAYOUTS[syntax]}
    assert due - set(places.judged) == set()
