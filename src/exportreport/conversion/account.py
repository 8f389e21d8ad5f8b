"""What became of each value of a report that was written: held against what comes back when it is read again."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from exportreport.conversion import faults
from exportreport.conversion.form import Format, known_kinds
from exportreport.conversion.ledger import Conversion, Entries, Entry, Outcome
from exportreport.conversion.parts import Steps, at_steps, leaves, steps_in
from exportreport.finding import make, pointer, shown

_HERE = "the place in the file that was read, which is another in the file that is written"


def account(report: Mapping[str, Any], again: Conversion, form: Format, placed: Entries) -> Iterator[Entry]:
    """An entry or more for each cell that was written, then one for each value of ``report`` that no cell gave back.

    ``placed`` are the places in ``report`` of the entries that the records give.
    """
    assert again.report is not None
    given = dict(leaves(report))
    way = _Way(again, placed, report, known_kinds(form))
    back: dict[str, Any] = {}
    for entry in again.ledger:
        if entry.target is None:
            yield entry
            continue
        came = way.of(entry.target)
        values = way.values(entry.target, came) if came is not None else {}
        if entry.cell is not None or (values and values.items() <= given.items()):
            yield entry._replace(target=came or entry.target)
        back.update(values)
    for target, value in given.items():
        if back.get(target) != value or type(back[target]) is not type(value):
            yield _unsaid(target, value, back.get(target), again, form)


class _Way:
    """The way from a place in what came back to the place in the report that was written: entries of lists may stand in
    another order."""

    def __init__(self, again: Conversion, placed: Entries, report: Mapping[str, Any], kinds: Container[str]) -> None:
        assert again.report is not None
        known = {symbol for symbol, _ in placed}
        numbers = (number for number, record in enumerate(again.records) if record.kind in kinds)
        counted = {number: count for count, number in enumerate(numbers)}
        self._moved = {
            place: placed.get((symbol, counted.get(number, number)))
            for (symbol, number), place in again.entries.items() if symbol in known
        }  # fmt: skip
        self._again, self._report = again.report, report
        self._extensions = [self._with_about(one) for one in again.report.get("extensions", ())]

    def of(self, target: str) -> str | None:
        """The place in the report; None for what stands in an entry that the report does not have."""
        if target.startswith("/extensions/"):
            extension = self._extensions[int(target.split("/")[2])]
            extensions: Sequence[Any] = self._report.get("extensions", ())
            place = next((number for number, one in enumerate(extensions) if one == extension), None)
            return target if place is None else f"/extensions/{place}"
        return self._place(steps_in(target))

    def _place(self, steps: Steps) -> str | None:
        place: Steps = ()
        for number, step in enumerate(steps, 1):
            moved = self._moved.get(steps[:number], (step,))
            if moved is None:
                return None
            place = (*place, moved[-1])
        return pointer(place)

    def values(self, target: str, came: str) -> Mapping[str, Any]:
        """The values that came back at ``target``, by their places in the report."""
        if target.startswith("/extensions/"):
            return dict(leaves(self._extensions[int(target.split("/")[2])], steps_in(came)))
        return dict(leaves(at_steps(self._again, steps_in(target)), steps_in(came)))

    def _with_about(self, extension: Mapping[str, Any]) -> Mapping[str, Any]:
        about = extension.get("about")
        return extension if about is None else {**extension, "about": self._place(steps_in(about)) or about}


def _unsaid(target: str, value: str | int, back: str | int | None, again: Conversion, form: Format) -> Entry:
    """The entry of a value that did not come back, or came back changed."""
    constant = next((one for one in form.constants if one.pointer == target), None)
    if constant is not None and constant.source == "line":
        return Entry(Outcome.DERIVED, again.row, again.line, None, target, value, _HERE)
    otherwise = "" if back is None else f"; {shown(str(back))} comes back in its place"
    finding = make(faults.LOST_VALUE, otherwise=otherwise)
    return lost(target, value, finding.message, again.row, again.line)


def lost(target: str, value: str | int, words: str, row: int, line: int) -> Entry:
    """The entry of a value that is nowhere in the file."""
    return Entry(Outcome.LOST, row, line, None, target, value, words, faults.LOST_VALUE.code)
