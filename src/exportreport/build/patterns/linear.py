"""Whether a pattern takes time in proportion to the text in every engine, and what an editor is told where not."""

from __future__ import annotations

from dataclasses import dataclass

from exportreport.build.patterns.positions import positions
from exportreport.build.patterns.pumps import Pump, pump
from exportreport.build.patterns.runs import MOST_RUNS, runs
from exportreport.build.patterns.syntax import parse

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Slow:
    """Why a pattern is refused: what is wrong, where in it (from 0), what to do, and a text that shows it."""

    message: str
    at: int
    hint: str
    pump: Pump | None


def slow(pattern: str) -> Slow | None:
    """Why ``pattern`` may take an engine that tries one way after the other too long; None where it never does.

    Raises `PatternError` for what is no pattern of the subset.
    """
    found = positions(parse(pattern))
    known = runs(found)
    if known.proven:
        return None
    growing = pump(found)
    if growing is not None:
        return _growing(growing)
    if known.text:
        message = f"the text “{_cut(known.text)}” can be read in more than {MOST_RUNS} ways"
        hint = "let parts that may be left out or counted begin with characters that what follows them has not"
        return Slow(message, 1, hint, None)
    return Slow("the pattern is too intricate to be proven quick", 1, "give it fewer counts and alternatives", None)


def _growing(growing: Pump) -> Slow:
    text = f"“{_cut(growing.prefix + 3 * growing.pump)}...”"
    if growing.exponential:
        return Slow(
            f"a long text would take for ever: each further “{_cut(growing.pump)}” in {text} doubles the ways",
            growing.at,
            "let each turn of the repetition be told by its characters: a+ for (a+)+, (,[0-9]+)* for (,?[0-9]+)*",
            growing,
        )
    return Slow(
        f"twice the text would take four times as long: in {text} each further “{_cut(growing.pump)}” can belong to "
        "one repetition or to a later one",
        growing.at,
        "make one repetition of the two, or put a character between them that neither has: [a-z]*-[a-z]*",
        growing,
    )


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
