"""Writers by physical shape: records of named texts in, bytes out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from exportreport.conversion.shapes.separated_writing import guarded, row_of
from exportreport.conversion.shapes.trees import tree_of

#: A record as it is written: its kind, and its texts by their names.
Flat = tuple[str, Mapping[str, str]]

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Shape:
    """How files of a shape are written: what they begin with, and the records of one report.

    ``open`` says that a record may have names that the format does not know.
    """

    head: bytes
    write: Callable[[Iterable[Flat]], bytes]
    open: bool


def separated(names: Sequence[str]) -> Shape:
    """Separated text with these columns."""

    def write(records: Iterable[Flat]) -> bytes:
        return b"".join(row_of([guarded(cells.get(name, "")) for name in names]) for _, cells in records)

    return Shape(row_of(names), write, False)


def lines_of_json(numbers: frozenset[str]) -> Shape:
    """Lines of JSON; the texts called ``numbers`` are written as numbers where they are some."""

    def write(records: Iterable[Flat]) -> bytes:
        whole = [
            (kind, {name: _Number(text) if name in numbers and _NUMBER.fullmatch(text) else text
                    for name, text in cells.items()})
            for kind, cells in records
        ]  # fmt: skip
        return (_json(tree_of(whole)) + "\n").encode("utf-8", "surrogatepass")

    return Shape(b"", write, True)


class _Number(str):
    """A number as it is to be written, digit by digit."""

    __slots__ = ()


def _json(value: object) -> str:
    """``value`` as JSON on one line; numbers keep their digits, which a number of Python would not."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)}: {_json(entry)}" for name, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
