"""Where member names are repeated in a correct JSON text: the slow and exact search."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exportreport.codec import faults
from exportreport.codec.json_tokens import unescaped
from exportreport.finding import Finding, make
from exportreport.pattern import pattern

#: A text, with the colon after it where it is a name; a bracket; or a comma.
_TOKEN = pattern(r'"((?:[^"\\]++|\\.)*+)"([ \t\n\r]*+:)?+|[{}\[\],]', re.DOTALL)


def repeated(text: str) -> Iterator[Finding]:
    """A finding for each member name that an object of the correct JSON ``text`` has more than once.

    Each name is told once for an object, at its second occurrence, whose offset it has.
    """
    names: list[set[str]] = []
    told: set[tuple[str | int, ...]] = set()
    steps: list[str | int] = []
    for token in _TOKEN.finditer(text):
        sign = token[0][0]
        if token[2] is not None:
            steps[-1] = name = unescaped(token[1])
            path = tuple(steps) if name in names[-1] else ()
            if path and path not in told:
                told.add(path)
                yield make(faults.REPEATED, path, on_name=True, offset=token.start(), name=name)
            names[-1].add(name)
        elif sign == ",":
            step = steps[-1]
            steps[-1] = step + 1 if isinstance(step, int) else step
        elif sign in "{[":
            names.append(set())
            steps.append("" if sign == "{" else 0)
        elif sign in "}]":
            names.pop()
            steps.pop()
