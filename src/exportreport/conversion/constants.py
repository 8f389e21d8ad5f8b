"""The values of a format that no cell gives: those that every report begins with, and those that its parts call for."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from exportreport.conversion.form import Constant, names_in
from exportreport.conversion.ledger import Step
from exportreport.conversion.parts import Draft, Steps, at_steps, is_symbol, key_of, steps_in
from exportreport.conversion.template import Template, Varying
from exportreport.finding import pointer


class Given(NamedTuple):
    """What the constants of one report were made of: enough to say afterwards what each of them gave."""

    identifier: str
    line: int
    note: str
    later: Sequence[Step]


class Constants:
    """The constants of a format. What varies from report to report is named by `Given`.

    A constant within an entry that has a name is given where a cell made the entry; ``entered`` are the entries that
    cells go into.
    """

    def __init__(self, constants: Sequence[Constant], entered: Container[Steps] = ()) -> None:
        self._conditions = {id(one): _conditions(one, entered) for one in constants}
        sure = [one for one in constants if not (one.spare or one.source == "part" or self._conditions[id(one)])]
        whole = [one for one in sure if not one.each and not any(map(is_symbol, one.steps))]
        self._varying = [one for one in whole if one.source in ("report_id", "line")]
        self._fixed = [_step(one, one.value, one.steps) for one in whole if one not in self._varying]
        self._each = [one for one in sure if one.each]
        later = [one for one in constants if one not in whole and one not in self._each]
        self._later = sorted(later, key=lambda one: one.of is not None)  # keys come before what names them
        draft = Draft({})
        for one in whole:
            varies = one.source in ("report_id", "line")
            draft.put(one.steps[:-1], one.steps[-1], Varying(str(one.source)) if varies else one.value)
        self.template = Template(draft.report)
        self.vary_by_part = bool(self._each or self._later)

    def beginning(self, identifier: str, line: int) -> tuple[dict[str, Any], dict[Steps, Any]]:
        """A new report that holds the constants of every report, and its objects and lists by their places."""
        nodes = self.template.copied({"report_id": identifier, "line": line})
        return nodes[0], dict(zip(self.template.places, nodes, strict=True))

    def begin(self, draft: Draft, kind: str, record: int, entry: int) -> None:
        """Put what each record of the ``kind`` gives into ``draft``: the one at the place ``record`` among all."""
        for one in self._each:
            if one.kind == kind:
                steps = draft.resolved(one.steps, record)
                draft.put(steps[:-1], steps[-1], _value(one, entry))

    def finish(
        self, draft: Draft, records: Mapping[str, Sequence[int]], counts: Mapping[Steps, int] = MappingProxyType({}),
        *, doubtful: Container[Steps] = (),
    ) -> Sequence[Step]:  # fmt: skip
        """Put in what depends on the rest of the report, and say what the parts of the report were given.

        ``records`` are the places, among all, of the records of each kind; ``counts`` how many entries there are of
        lists that may have several, by the first; what is ``doubtful`` is not concluded from other parts: the source
        says it, but nobody can read it.
        """
        given = [
            _step(one, _value(one, entry), draft.resolved(one.steps, record))
            for one in self._each
            for entry, record in enumerate(records.get(one.kind, ()))
        ]
        for one in self._later:
            if one.source == "part" and one.steps in doubtful:
                continue
            for entry, record in enumerate(records.get(one.kind, ()) if one.each else (-1,)):
                wanted = all(draft.found(part, record) is not None for part in self._conditions[id(one)])
                value = self._late(draft, one, record, entry) if wanted else None
                if value is not None and draft.found(one.steps, record) is None:
                    steps = draft.resolved(one.steps, record)
                    draft.put(steps[:-1], steps[-1], value)
                    given.append(_step(one, value, steps))
        return [*given, *self._of_further(draft, counts)]

    def _of_further(self, draft: Draft, counts: Mapping[Steps, int]) -> Iterator[Step]:
        """What the first entry of a list is given, in the entries after it."""
        for first, count in counts.items():
            inside = [one for one in self._later if one.steps[: len(first)] == first]
            for one, entry in ((one, entry) for entry in range(1, count) for one in inside):
                steps = (*first[:-1], entry, *one.steps[len(first) :])
                if draft.get(steps[:-1], steps[-1]) is None:
                    draft.put(steps[:-1], steps[-1], _value(one, entry))
                    yield _step(one, _value(one, entry), steps)

    @staticmethod
    def _late(draft: Draft, one: Constant, record: int, entry: int) -> str | int | None:
        if one.of is None:
            return _value(one, entry)
        return _agreed(draft.report, one.of) if one.source == "part" else _key(draft, one.of, record)

    def steps(self, given: Given) -> list[Step]:
        """What the constants gave to the report."""
        steps = self._fixed.copy()
        for one in self._varying:
            is_name = one.source == "report_id"
            step = _step(one, given.identifier if is_name else given.line, one.steps)
            steps.append(step._replace(note=step.note + given.note) if is_name else step)
        return [*steps, *given.later]


def _conditions(constant: Constant, entered: Container[Steps]) -> Sequence[Steps]:
    """The parts of the report without which ``constant`` is not given."""
    named = [steps for steps in names_in(constant.steps) if steps in entered]
    of = [constant.of] if constant.of is not None and constant.source == "key" else []
    return [*named, *of, *([steps_in(constant.when)] if constant.when is not None else [])]


def _key(draft: Draft, entry: Steps, record: int) -> str | int | None:
    """The key of the ``entry`` that the record found or made, or its number."""
    place = draft.found((*entry, key_of(entry)), record)
    key: str | int | None = at_steps(draft.report, place) if place is not None else None
    return key


def _agreed(report: Mapping[str, Any], part: Steps) -> str | int | None:
    """The value of every ``part`` of the report, where all that there are say the same; a ``*`` is any entry."""
    found: list[Any] = [report]
    for step in part:
        inner = (list(node) if step == "*" else [at_steps(node, (step,))] for node in found)
        found = [one for those in inner for one in those if one is not None]
    return found[0] if found and all(one == found[0] for one in found) else None


def _value(constant: Constant, entry: int) -> str | int | None:
    if constant.source != "entry":
        return constant.value
    return entry + 1 if constant.value is None else f"{constant.value}-{entry + 1}"


def _step(constant: Constant, value: str | int | None, steps: Steps) -> Step:
    return Step(0, constant.outcome, pointer(steps), value, constant.note)
