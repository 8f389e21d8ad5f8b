"""The national formats, by id. Each is loaded from its tables when it is first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from exportreport import conversion
from exportreport.conversion import Format
from exportreport.conversion.header import cells_of, lookalike_of, separator_of
from exportreport.conversion.shapes.structure import HEAD

#: The layouts of each format, in the order in which they are tried: folders within the format's. A format that has one
#: layout only has its tables in its own folder.
_LAYOUTS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "ch_seco": ("elic", "tracker"),
    "eu_annex3": ("a", "b"),
    "nl_cdiu": ("dual_use", "military", "transit"),
    "template": ("license_filing", "denial_notice", "reexport_notice"),
    "uk_chief": ("usage_data", "licence_data", "reply", "file"),
    "uk_denials": (),
    "uk_lite": ("usage", "icms", "license", "answer"),
    "us_bis748p": ("export", "reexport", "denial"),
    "us_ddtc_reexport": ("request", "notification"),
})  # fmt: skip


class _Formats(Mapping[str, Format]):
    """The formats, each layout by its name: the id, or id and layout (``uk_chief/usage_data``)."""

    def __init__(self, layouts: Mapping[str, Sequence[str]]) -> None:
        self._names = [f"{name}/{one}" if one else name for name, ones in layouts.items() for one in ones or ("",)]
        self._read: dict[str, Format] = {}

    def __getitem__(self, name: str) -> Format:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = self._loaded(*name.partition("/")[::2])
        return self._read[name]

    @staticmethod
    def _loaded(name: str, layout: str) -> Format:
        folder = files(__package__) / name
        return conversion.load(folder / layout, folder) if layout else conversion.load(folder)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


#: The layouts of all formats, by their names.
FORMATS: Mapping[str, Format] = _Formats(_LAYOUTS)

#: The ids of the formats.
IDS: Sequence[str] = tuple(_LAYOUTS)


def layouts_of(name: str) -> Sequence[Format]:
    """The layouts of the format with the id ``name``; the one layout that ``name`` is that of; or those of the format
    whose folder it names, which lies anywhere.

    Raises LookupError for a name that is none of these, and MappingError, with its place, for a mistake in a mapping.
    """
    if name in FORMATS:
        return (FORMATS[name],)
    if name in _LAYOUTS:
        return tuple(FORMATS[f"{name}/{layout}"] for layout in _LAYOUTS[name])
    if is_folder(name):
        return _of_folder(Path(name))
    raise LookupError(f"there is no format {name!r}; there are {', '.join(IDS)}")


def is_folder(name: str) -> bool:
    """Whether ``name`` is the folder of a format that lies elsewhere, and not the name of one of ours."""
    return name not in _LAYOUTS and name not in FORMATS and Path(name).is_dir()


def _of_folder(folder: Path) -> Sequence[Format]:
    """The format in ``folder``, or its layouts, each in a folder of its own, by name."""
    if (folder / "mapping.toml").is_file():
        return (conversion.load(folder),)
    found = sorted(path.parent for path in folder.glob("*/mapping.toml"))
    if not found:
        raise LookupError(f"the folder {folder} has no mapping.toml")
    return tuple(conversion.load(layout, folder) for layout in found)


def recognize(header: Sequence[str]) -> Format | None:
    """The format whose columns all stand in ``header``, the cells of a file's first row; None for none of
    ours."""
    name = conversion.recognize(header, {name: form.columns for name, form in FORMATS.items()})
    return FORMATS[name] if name is not None else None


def looks_like(beginning: bytes) -> str | None:
    """The format, by its name, whose file begins so; the title of another file that one of them knows; None for
    neither.

    A table is known by its columns, a record file by its head, a tree by the name that all its values stand under.
    """
    text = beginning.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if text[:1] in ("{", "["):
        names = re.findall(r'"([^"\\\\]{1,64})"\s*:', text[:4_000])[:1]
        return next((form.name for form in _of_shape("json") if names == [_root(form)]), None)
    line = text.partition("\n")[0]
    head = line.split("\\")
    for form in _of_shape("delimited"):
        if form.structure is not None and head[1:2] == [HEAD] and not form.structure.files.isdisjoint(head[4:5]):
            return form.name
    for form in _of_shape("csv"):
        headings = cells_of(line, separator_of(line, form.columns))
        if conversion.recognize(headings, {form.name: form.columns}):
            return form.name
    return next((title for form in _of_shape("csv") if (title := lookalike_of(line, form.columns))), None)


def _of_shape(shape: str) -> Iterator[Format]:
    return (form for form in FORMATS.values() if form.shape == shape)


def _root(form: Format) -> str:
    """The name under which all values of a tree stand."""
    return form.columns.names[0].partition(".")[0]


__all__ = ["FORMATS", "IDS", "is_folder", "layouts_of", "looks_like", "recognize"]
