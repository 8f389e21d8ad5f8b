"""Texts that have the form of a type of the standard: references, codes of goods, numbers of an authority."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exportreport import standard
from exportreport.conversion import faults
from exportreport.conversion.readings import Context, Kind, MappingError, Piece, Reader, Reading, Tables, carry, first
from exportreport.finding import make
from exportreport.pattern import pattern


def _typed(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Texts of the ``type`` of the standard; what has not its form is carried."""
    known = standard.load().types.get(options["type"])
    if known is None or known.base != "text":
        raise MappingError(f'the standard has no type of texts "{options["type"]}"')
    form = pattern(known.pattern or "^.*$")

    def read(text: str, context: Context) -> Reading:
        if not form.search(text) or len(text) > (known.max_length or len(text)):
            return carry(text, make(faults.NOT_OF_TYPE, value=text, title=known.title))
        return Reading((Piece("text", text),))

    return Reader(read, write=first("text"))


TYPED_KIND = Kind(("text",), ("type",), _typed)
