"""The places in braces in a rule's message: each must be a single value that is there whenever the rule applies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exportreport.build.cel.check import check_path
from exportreport.build.cel.error import CelError
from exportreport.build.cel.facts import Facts
from exportreport.build.cel.scope import Scope
from exportreport.build.cel.tree import Type
from exportreport.build.cel.words import shown

_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_PATH = re.compile(r"\{(as_of|this(\.[a-z][a-z0-9_]*)+)\}")
_SINGLE = {"text", "enum", "code", "date", "datetime", "decimal", "integer"}


def check_message(message: str, scope: Scope, proven: Facts, entry: Type | None = None) -> None:
    """Nothing when every place in ``message`` can be filled in where ``proven`` holds; else `CelError`.

    ``entry`` is the type of the entries that make the rule fail, where it is about each entry of the list it points to.
    """
    for at, place in placeholders(message):
        if place == "{entry}":
            _check_entry(entry, at)
            continue
        if not _PATH.fullmatch(place):
            hint = "write {this.slot}, {this.slot.slot}, {entry} or {as_of}"
            raise CelError(f"{place} is no place of a message", at, hint)
        type_ = check_path(place[1:-1], at + 1, scope, proven)
        if type_.name not in _SINGLE:
            hint = "name a slot that holds a single text, date or number"
            raise CelError(f"{place} is {shown(type_)}, which no sentence can hold", at, hint)


def _check_entry(entry: Type | None, at: int) -> None:
    if entry is None:
        hint = "write this.slot.all(...) or !this.slot.exists(...) about the slot that at names"
        raise CelError("{entry} stands for nothing: the rule is not about each entry of a list", at, hint)
    if entry.name not in _SINGLE:
        hint = "leave it out: the finding points to the entry"
        raise CelError(f"{{entry}} is {shown(entry)}, which no sentence can hold", at, hint)


def placeholders(message: str) -> Iterator[tuple[int, str]]:
    """The places in braces in ``message``, and stray braces, each with where it stands."""
    return ((found.start(), found[0]) for found in _BRACES.finditer(message))
