"""The national formats, by id. Each is loaded from its tables when it is first asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from exportreport import conversion
from exportreport.conversion import Format
from exportreport.conversion.header import cells_of, lookalike_of, separator_of

from . import nl_cdiu, uk_denials, uk_lite

_READERS: Mapping[str, Callable[[], Format]] = MappingProxyType(
    {"nl_cdiu": nl_cdiu.read_format, "uk_denials": uk_denials.read_format, "uk_lite": uk_lite.read_format}
)


class _Formats(Mapping[str, Format]):
    """The formats of a dict of readers; what was read once is kept."""

    def __init__(self, readers: Mapping[str, Callable[[], Format]]) -> None:
        self._readers = readers
        self._read: dict[str, Format] = {}

    def __getitem__(self, name: str) -> Format:
        if name not in self._read:
            self._read[name] = self._readers[name]()
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)


#: The formats that can be converted, by id.
FORMATS: Mapping[str, Format] = _Formats(_READERS)


def recognize(header: Sequence[str]) -> Format | None:
    """The format whose columns all stand in ``header``, the cells of a file's first row; None for none of
    ours."""
    name = conversion.recognize(header, {name: form.columns for name, form in FORMATS.items()})
    return FORMATS[name] if name is not None else None


def looks_like(beginning: bytes) -> str | None:
    """The format, by its id, whose file begins so; the title of another file that one of them knows; None for neither.

    A table is known by its columns, a tree by the name that all values of the format stand under.
    """
    text = beginning.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if text[:1] in ("{", "["):
        names = re.findall(r'"([^"\\\\]{1,64})"\s*:', text[:4_000])[:1]
        return next((form.id for form in _of_shape("json") if names == [_root(form)]), None)
    line = text.partition("\n")[0]
    for form in _of_shape("csv"):
        headings = cells_of(line, separator_of(line, form.columns))
        if conversion.recognize(headings, {form.id: form.columns}):
            return form.id
    return next((title for form in _of_shape("csv") if (title := lookalike_of(line, form.columns))), None)


def _of_shape(shape: str) -> Iterator[Format]:
    return (form for form in FORMATS.values() if form.shape == shape)


def _root(form: Format) -> str:
    """The name under which all values of a tree stand."""
    return form.columns.names[0].partition(".")[0]


__all__ = ["FORMATS", "looks_like", "recognize"]
