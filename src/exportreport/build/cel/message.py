"""The places in braces in a rule's message: each must be a single value that is there whenever the rule applies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exportreport.build.cel.check import check_path
from exportreport.build.cel.error import CelError
from exportreport.build.cel.facts import Facts
from exportreport.build.cel.scope import Scope
from exportreport.build.cel.words import shown

_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_PATH = re.compile(r"\{(as_of|this(\.[a-z][a-z0-9_]*)+)\}")
_SINGLE = {"text", "enum", "code", "date", "datetime", "decimal", "integer"}


def check_message(message: str, scope: Scope, proven: Facts) -> None:
    """Nothing when every place in ``message`` can be filled in where ``proven`` holds; else `CelError`."""
    for at, place in placeholders(message):
        if not _PATH.fullmatch(place):
            raise CelError(f"{place} is no place of a message", at, "write {this.slot}, {this.slot.slot} or {as_of}")
        type_ = check_path(place[1:-1], at + 1, scope, proven)
        if type_.name not in _SINGLE:
            hint = "name a slot that holds a single text, date or number"
            raise CelError(f"{place} is {shown(type_)}, which no sentence can hold", at, hint)


def placeholders(message: str) -> Iterator[tuple[int, str]]:
    """The places in braces in ``message``, and stray braces, each with where it stands."""
    return ((found.start(), found[0]) for found in _BRACES.finditer(message))
