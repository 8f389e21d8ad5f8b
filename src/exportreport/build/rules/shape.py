"""The members that a source file may and must have, and of what kind each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from exportreport.build.cel.error import choice
from exportreport.build.rules.toml_file import TomlFile
from exportreport.build.rules.toml_places import Keys

#: ``text``: a text that is not empty; ``pointer``: one that may be; ``texts``: a list of texts that are not empty;
#: ``table``: members of any kind; ``tables``: a list of them.
Kind = Literal["text", "pointer", "texts", "table", "tables"]

_WORDS = {
    "text": "a text in quotation marks that is not empty",
    "pointer": "a JSON pointer in quotation marks, empty for the whole report",
    "texts": "a list of texts, each in quotation marks",
    "table": "a table: {{ ... }}",
    "tables": "tables, each headed [[{name}]]",
}


class Shape:
    """The members of a table: which there must be (``required``), which there may be (``optional``)."""

    def __init__(self, required: Mapping[str, Kind], optional: Mapping[str, Kind]) -> None:
        self.required = required
        self.members = {**required, **optional}

    def check(self, file: TomlFile, table: Mapping[str, Any], keys: Keys = ()) -> bool:
        """Whether the table that ``keys`` names in ``file`` has this shape; what is wrong is noted there."""
        before = len(file.faults)
        where = f"the table {keys[0]}" if keys else "the file"
        for name in table:
            if name not in self.members:
                file.fault((*keys, name), f"{where} has no member {name!r}", choice(name, self.members))
        for name in self.required:
            if name not in table:
                file.fault(keys, f"{where} lacks the member {name!r}", f"add it: {_example(name, self.members[name])}")
        for name in table:
            if name in self.members and not _is(table[name], self.members[name]):
                words = _WORDS[self.members[name]].format(name=name)
                file.fault((*keys, name), f"{name} has the wrong form", f"write {words}")
        return len(file.faults) == before


def texts(*names: str) -> dict[str, Kind]:
    """Members that are all texts."""
    return dict.fromkeys(names, "text")


def _example(name: str, kind: Kind) -> str:
    return {
        "text": f'{name} = "..."',
        "pointer": f'{name} = "/..."',
        "texts": f'{name} = ["..."]',
        "table": f"{name} = {{ ... }}",
        "tables": f"[[{name}]]",
    }[kind]


def _is(value: Any, kind: Kind) -> bool:
    if kind == "text":
        return isinstance(value, str) and bool(value.strip())
    if kind == "pointer":
        return isinstance(value, str) and value[:1] in ("", "/")
    if kind == "table":
        return isinstance(value, dict)
    inner: Kind = "text" if kind == "texts" else "table"
    return isinstance(value, list) and all(_is(entry, inner) for entry in value)
