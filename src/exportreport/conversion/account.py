"""What became of each value of a report that was written: held against what comes back when it is read again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exportreport.conversion import faults
from exportreport.conversion.form import Format
from exportreport.conversion.ledger import Conversion, Entry, Outcome
from exportreport.conversion.parts import at_steps, leaves, steps_in
from exportreport.finding import make, shown

_HERE = "the place in the file that was read, which is another in the file that is written"


def account(report: Mapping[str, Any], again: Conversion, form: Format) -> Iterator[Entry]:
    """An entry or more for each cell that was written, then one for each value of ``report`` that no cell gave back."""
    assert again.report is not None
    given = dict(leaves(report))
    back: dict[str, Any] = {}
    for entry in again.ledger:
        if entry.target is None:
            yield entry
            continue
        came = _where(entry.target, again.report, report)
        values = dict(leaves(at_steps(again.report, steps_in(entry.target)), steps_in(came)))
        if entry.cell is not None or (values.items() <= given.items()):
            yield entry._replace(target=came)
        back.update(values)
    for target, value in given.items():
        if back.get(target) != value or type(back[target]) is not type(value):
            yield _unsaid(target, value, back.get(target), again, form)


def _where(target: str, again: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    """The place in ``report`` of what came back at ``target``: extensions stand in no order of their own."""
    if not target.startswith("/extensions/"):
        return target
    extension = at_steps(again, steps_in(target))
    extensions: Sequence[Any] = report.get("extensions", ())
    place = next((number for number, one in enumerate(extensions) if one == extension), None)
    return target if place is None else f"/extensions/{place}"


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
