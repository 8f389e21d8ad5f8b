"""How an expression is refused: what is wrong, where in its text, and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_SHOWN = 12


class CelError(Exception):
    """An expression that the build does not accept.

    ``at`` is the place in the text of the expression, from 0; ``member`` names the member of the rule that holds it,
    where there are several. ``hint`` says what to do and is never empty.
    """

    def __init__(self, message: str, at: int, hint: str, member: str | None = None) -> None:
        super().__init__(f"{message}; {hint}")
        self.message, self.at, self.hint, self.member = message, at, hint, member


def choice(name: str, known: Iterable[str]) -> str:
    """What to write instead of the unknown ``name``: the one that was probably meant, or those there are."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    if not names:
        return "there is none"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"one of {', '.join(names[:_SHOWN])}{more}"
