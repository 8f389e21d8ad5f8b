"""Whether our validator finds the places of faults in files as submitted: the mutations in all layouts.

`count` judges as many as are wanted: each mutation in two layouts of each syntax that can say it, or in all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from math import ceil
from random import Random

from exportreport import pipeline
from exportreport.standard import Standard
from tests.corpus.layouts import JSON_LAYOUTS, XML_LAYOUTS, Layout
from tests.corpus.source import Expected, List, Mutation, Node, Object, Place
from tests.corpus.writing import UnsayableError, json_text, xml_text
from tests.equivalence.frames import Frame, Judged, Said, frames

SYNTAXES = ("json", "xml")

_STRUCTURE = pipeline.Settings(rules=False)
_RULES = pipeline.Settings()


@dataclass(slots=True)
class Places:
    """How many places were judged, by syntax, frame and kind of constraint; and what was said wrongly of which.

    ``fewest`` is in how many frames the mutation was judged that was judged in the fewest.
    """

    judged: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    fewest: int = 1_000

    def line(self) -> str:
        """The figures in one line."""
        ways = len({(syntax, frame) for syntax, frame, _ in self.judged})
        return f"{self.judged.total():,} places in {ways} layouts and frames, {len(self.wrong):,} wrong"


def count(mutations: Iterable[Mutation], standard: Standard, *, every: bool = False, seed: int = 0) -> Places:
    """What our validator says of ``mutations``: of each in two frames of each syntax, by turns, or in ``every``.

    A kind of constraint with few mutations has each in so many frames that all are used. Mutations for rules are left
    to `count_ruled`: other rules have something to say of their messages as well.
    """
    places, grouped, said = Places(), _by_kind(m for m in mutations if not m.rules), _Said(standard)
    for syntax in SYNTAXES:
        ways = frames(syntax, standard)
        for kind, group in grouped.items():
            sayable = [mutation for mutation in group if (mutation.json if syntax == "json" else mutation.xml)]
            least = len(ways) if every else max(2, ceil(2 * len(ways) / max(1, len(sayable))))
            turn = Random(f"{seed}/{syntax}/{kind}").randrange(len(ways))
            for index, mutation in enumerate(sayable):
                done = 0
                for name, judged in islice(_framed(mutation, ways, turn + index * least), least):
                    done += 1
                    places.judged[syntax, name, kind] += 1
                    if (got := said.of(judged.data)) != [sorted(due) for due in judged.due]:
                        which = f"{mutation.constraint}, {mutation.what}, {syntax} {name}"
                        places.wrong.append(f"{which}: {judged.due} {got}")
                places.fewest = min(done, places.fewest)
    return places


def _by_kind(mutations: Iterable[Mutation]) -> dict[str, list[Mutation]]:
    grouped: dict[str, list[Mutation]] = {}
    for mutation in mutations:
        grouped.setdefault(mutation.constraint.partition(" ")[2], []).append(mutation)
    return grouped


def _framed(mutation: Mutation, ways: dict[str, Frame], begin: int) -> Iterator[tuple[str, Judged]]:
    """``mutation`` in the frames that can hold it, from the one that has its turn on."""
    names = list(ways)
    for step in range(len(names)):
        name = names[(begin + step) % len(names)]
        with suppress(UnsayableError):
            if judged := ways[name](mutation):
                yield name, judged


def count_ruled(
    messages: Iterable[tuple[str, Object, Expected | None]], standard: Standard, *, layouts: int = 100
) -> Places:
    """What our validator, rules and all, says of named ``messages``, of which one finding is expected or none.

    That finding must be among the others, and each of them must stand where its pointer leads in the message as it is
    written, in so many ``layouts`` of each syntax.
    """
    places, said = Places(), _Said(standard, rules=True)
    for number, (name, root, expected) in enumerate(messages):
        for syntax, layout in _some_layouts(number, layouts):
            try:
                text = json_text(root, layout) if syntax == "json" else xml_text(root, layout, standard)
            except UnsayableError:
                continue
            (found,) = said.of(text.data)
            places.judged[syntax, layout.name, "rules"] += len(found)
            due = {(expected.code, expected.pointer, text.at(expected.place))} if expected else set()
            off = [one for one in found if one[0] != "ER-D-201" and one[2] != text.at(place_of(root, one[1]))]
            if off or not due <= set(found):
                places.wrong.append(f"{name}, {syntax} {layout.name}: {due} {off}")
    return places


def _some_layouts(number: int, count_: int) -> Iterator[tuple[str, Layout]]:
    for syntax, layouts in (("json", JSON_LAYOUTS), ("xml", XML_LAYOUTS)):
        for step in range(min(count_, len(layouts))):
            yield syntax, layouts[(number * count_ + step) % len(layouts)]


def place_of(root: Object, pointer: str) -> Place:
    """Where ``pointer`` leads in the tree of ``root``: to what is there, or as near to it as it gets."""
    node: Node = root
    for step in pointer.split("/")[1:]:
        if isinstance(node, Object) and node.message and step == "report_type":
            return Place(node, "kind")
        inner: Node | None = None
        if isinstance(node, Object):
            inner = next((member.value for member in node.members if member.name == step), None)
        elif isinstance(node, List) and step.isdigit() and int(step) < len(node.entries):
            inner = node.entries[int(step)]
        if inner is None:
            break
        node = inner
    return Place(node)


class _Said:
    """What our validator says of files, with or without its rules."""

    def __init__(self, standard: Standard, *, rules: bool = False) -> None:
        self.standard, self.settings = standard, pipeline.Settings(rules=rules)
        self.rules = pipeline.rules_of(standard, self.settings)

    def of(self, data: bytes) -> Said:
        """Code, pointer, line and column of all that is said of each message in ``data``, in order."""
        results = pipeline.check(data, self.standard, self.settings, self.rules)
        return [
            sorted((f.finding_code, f.pointer or "", (*(f.position or (0, 0)),)) for f in result.findings)
            for result in results
        ]
