"""The golden case of a layout: what its sample gives, what is written from that, and whether that comes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from exportreport import standard
from exportreport.conversion.convert import convert
from exportreport.conversion.form import ENVELOPE, Format
from exportreport.conversion.ledger import Conversion, Outcome, ledger_json
from exportreport.conversion.mapping import load
from exportreport.conversion.model_check import misfits
from exportreport.conversion.readings import MappingError
from exportreport.conversion.refusal import refusal_json
from exportreport.conversion.writing import Writer

#: The moment at which the reports of cases are made.
REPORTED_AT = "2026-11-23T09:00:00Z"

#: The files that every case has; those of a layout that is also written are `back.*` and the ledger of writing.
EXPECTED = ("ours.ndjson", "ledger.ndjson", "refused.ndjson")
BACK_LEDGER = "back_ledger.ndjson"


class Case(NamedTuple):
    """The outcome of a sample: the files of the case by name, and what is wrong with the way back."""

    files: Mapping[str, bytes]
    faults: tuple[str, ...]


def sample_in(folder: Path) -> Path | None:
    """The sample file of the case in ``folder`` (``cases/theirs.*``); None where there is none."""
    return next(iter(sorted((folder / "cases").glob("theirs.*"))), None)


def outcome_of(form: Format, theirs: Path) -> Case:
    """What the sample ``theirs`` of the layout ``form`` gives now."""
    found = list(convert(form, [theirs.read_bytes()], reported_at=REPORTED_AT))
    files = {
        "ours.ndjson": _lines(one.report for one in found if one.report is not None),
        "ledger.ndjson": _lines(entry for one in found for entry in ledger_json(one)),
        "refused.ndjson": _lines(refusal_json(one.refused) for one in found if one.refused is not None),
    }
    if not form.writes or form.report_type == ENVELOPE:  # an envelope is written with its reports only
        return Case(files, ())
    back, ledger = _written(form, found)
    again, lost = _written(form, list(convert(form, [back], reported_at=REPORTED_AT)))
    files |= {f"back{theirs.suffix}": back, BACK_LEDGER: _lines(ledger)}
    return Case(files, tuple(_faults_of_the_way_back(back, again, lost)))


def folders_in(folder: Path) -> Sequence[Path]:
    """The folder of a format itself, or those of its layouts."""
    own = (folder / "mapping.toml").is_file()
    return (folder,) if own else sorted(path.parent for path in folder.glob("*/mapping.toml"))


def check(folder: Path) -> Iterator[str]:
    """What is wrong with the format in ``folder``: with its mapping, with its targets by the model, with its cases;
    nothing where it is in order. What layouts share is named once."""
    yield from dict.fromkeys(_faults(folder))


def _faults(folder: Path) -> Iterator[str]:
    layouts = folders_in(folder)
    if not layouts:
        yield f"{folder.name}: there is no mapping.toml"
    for layout in layouts:
        try:
            form = load(layout, folder)
        except MappingError as error:
            yield str(error)
            continue
        made = "; this is made: make golden makes it anew from layout.toml, columns.csv and the model"
        more = made if (layout / "columns.csv").is_file() else ""
        yield from (f"{one}{more}" for one in misfits(form, standard.load()))
        yield from (f"{layout.name}/cases: {wrong}" for wrong in _faults_of_the_case(form, layout))


def _faults_of_the_case(form: Format, folder: Path) -> Iterator[str]:
    theirs = sample_in(folder)
    if theirs is None:
        yield "there is no sample; put one there as theirs.csv, theirs.json or the like"
        return
    found = outcome_of(form, theirs)
    for name, data in found.files.items():
        path = theirs.parent / name
        if not path.is_file():
            yield f"{name} is missing; write it with --write, and read it"
        elif path.read_bytes() != data:
            yield f"{name} differs in line {_first_difference(path.read_bytes(), data)} from what the sample gives"
    yield from found.faults


def _first_difference(old: bytes, new: bytes) -> int:
    pairs = zip_longest(old.splitlines(), new.splitlines())
    return next(number for number, (before, now) in enumerate(pairs, 1) if before != now)


def write(folder: Path) -> Iterator[Path]:
    """Write what the samples of the format in ``folder`` give beside them; the files that were written."""
    for layout in folders_in(folder):
        theirs = sample_in(layout)
        if theirs is not None:
            for name, data in outcome_of(load(layout, folder), theirs).files.items():
                (theirs.parent / name).write_bytes(data)
                yield theirs.parent / name


def _written(form: Format, found: Iterable[Conversion]) -> tuple[bytes, list[Mapping[str, Any]]]:
    """The reports of ``found`` as a file of the layout, and the ledger of writing it."""
    writer = Writer(form)
    written = list(writer.write(one.report for one in found if one.report is not None))
    data = writer.head() + b"".join(one.data for one in written) + writer.tail()
    return data, [line for one in written for line in one.lines]


def _faults_of_the_way_back(back: bytes, again: bytes, ledger: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    if back != again:
        yield "what is written is no normal form: read and written again, it is another"
    targets = [line["target"] for line in ledger if line["outcome"] == Outcome.LOST]
    if targets:
        yield f"what was read from it is not all written: {', '.join(targets[:5])}"


def _lines(objects: Iterable[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in objects).encode("utf-8", "surrogatepass")
