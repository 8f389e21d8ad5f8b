"""Which layout of a format a file, or a record of it, is in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from exportreport.conversion.form import Format
from exportreport.conversion.header import cells_of, recognize, separator_of
from exportreport.conversion.parts import exists
from exportreport.conversion.shapes.lines import Stream, chunks
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.shapes.registry import SHAPES, Shape

#: So much of a file is looked at to tell what it is in.
BEGINNING = 65_536


def begun(stream: Stream) -> tuple[bytes, Iterable[bytes]]:
    """The first bytes of ``stream``, and all of it."""
    pieces = chunks(stream)
    first: list[bytes] = []
    while sum(map(len, first)) < BEGINNING:
        piece = next(pieces, b"")
        if not piece:
            break
        first.append(piece)
    return b"".join(first), chain(first, pieces)


def shape_of(beginning: bytes, forms: Sequence[Format]) -> tuple[Shape, Sequence[Format]]:
    """The shape of a file that begins so, and those of the ``forms`` that have it; the first one's own where none
    fits."""
    for name in dict.fromkeys(shape for form in forms for shape in (form.shape, *form.also)):
        if SHAPES[name].begins(beginning):
            return SHAPES[name], [form for form in forms if name in (form.shape, *form.also)]
    return SHAPES[forms[0].shape], [form for form in forms if form.shape == forms[0].shape]


def layout_of_rows(beginning: bytes, forms: Sequence[Format]) -> Format:
    """The one of the ``forms`` whose columns stand in the first line; where none fits, the one that has most of
    them."""
    encoding = "utf-16" if beginning[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    line = beginning.decode(encoding, "replace").lstrip("\ufeff \t\r\n").partition("\n")[0]
    headings = {form.name: cells_of(line, separator_of(line, form.columns)) for form in forms}
    whole = next((form for form in forms if recognize(headings[form.name], {form.name: form.columns})), None)
    return whole or max(forms, key=lambda form: len({form.columns.named(one) for one in headings[form.name]}))


def layout_of_tree(records: Sequence[Record], forms: Sequence[Format]) -> Format | None:
    """The one of the ``forms`` that the records of an object are in: that which its text tells, else the one that knows
    most of their names; None where none knows any."""
    texts = dict(zip(records[0].names, records[0].texts, strict=False))
    for form in forms:
        if form.told_by is not None and texts.get(form.told_by[0], "").strip().casefold() in form.told_by[1]:
            return form
    names = {name for record in records for name in record.names}
    known = [form for form in forms if names & set(form.columns.names)]
    untold = [form for form in known if form.told_by is None] or known
    return max(untold, key=lambda form: len(names & set(form.columns.names)), default=None)


def layout_for(
    report: Mapping[str, Any], forms: Sequence[Format], text_of: Callable[[Format, str], str]
) -> Format | None:
    """The first of the ``forms`` that ``report`` can be written in: of its kind, and for one of its parts.

    One that would be told by its own text, as ``text_of`` gives that of a column, comes before one that would not.
    """
    fits = [
        form for form in forms
        if form.report_type == report["report_type"]
        and (not form.written_for or any(exists(report, part) for part in form.written_for))
    ]  # fmt: skip
    told = (one for one in fits if one.told_by is None or text_of(one, one.told_by[0]).casefold() in one.told_by[1])
    return next(told, fits[0] if fits else None)
