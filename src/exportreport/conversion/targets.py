"""Targets as mappings write them: places in a report."""

from __future__ import annotations

from collections.abc import Sequence

from exportreport.conversion.parts import Steps, steps_in
from exportreport.conversion.readings import MappingError


def steps_of(target: str, at: Sequence[str | int] = ()) -> Steps:
    """The steps of a target: names, numbers for entries of a list, ``+`` for the entries that a cell gives, ``*`` for
    the entry that a record gives."""
    if not isinstance(target, str) or not target.startswith("/") or target.endswith("/") or "//" in target:
        raise MappingError(f'the target "{target}" must be a path such as /items/0/description', at)
    return steps_in(target)
