"""The national formats, by id. Each is loaded from its tables when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from exportreport import conversion
from exportreport.conversion import Format

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


__all__ = ["FORMATS", "recognize"]
