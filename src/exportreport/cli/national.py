"""The layouts of the national format that a command names; why there are none, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from exportreport.conversion import Format


def layouts(name: str) -> Sequence[Format]:
    """The layouts of the format called ``name``, or in the folder ``name``; exit status 2, with what is near, where
    there are none, and with file, line and column for a mistake in a mapping."""
    from exportreport.conversion import MappingError
    from exportreport_converters import FORMATS, IDS, layouts_of

    try:
        found: Sequence[Format] = layouts_of(name)
        return found
    except MappingError as error:
        raise click.UsageError(f"{error}.") from error
    except LookupError:
        from difflib import get_close_matches

        near = get_close_matches(name, [*IDS, *FORMATS], n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"There are {', '.join(IDS)}."
        raise click.UsageError(f"There is no format {name}. {hint}") from None
