"""Finding the code that a person means, and saying which are near when there is none."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

import click


def meant(code: str, known: Collection[str], what: str) -> str:
    """The one of ``known`` that ``code`` means, in whatever case; exit status 2 with near misses otherwise."""
    wanted = code.strip().upper()
    if wanted in known:
        return wanted
    head, _, number = wanted.rpartition("-")
    padded = f"{head}-{number:0>3}"
    near = [padded] if padded in known else get_close_matches(wanted, known, n=3, cutoff=0.7)
    hint = f" Did you mean {' or '.join(near)}?" if near else " `exportreport rules list` shows the codes of the rules."
    raise click.UsageError(f"There is no {what} {code}.{hint}")
