"""How many runs of a pattern over one text there can be: the proof that matching takes time in proportion to it.

An engine that tries one way after the other takes each run over each beginning of the text at most once. Where no
text has more than a fixed number of runs, it is done after that many steps for each character.
"""

from __future__ import annotations

from dataclasses import dataclass

from exportreport.build.patterns.positions import START, Positions

#: More runs than this over one text are too many, even where there is a bound.
MOST_RUNS = 64

#: So many different situations are looked at, no more.
_MOST_SITUATIONS = 10_000

#: For each position in which a run can be after some text, how many runs are there.
_Situation = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Runs:
    """The most runs over a text, and a text that has them; not ``proven`` where the search was given up."""

    most: int
    text: str
    proven: bool


def runs(found: Positions) -> Runs:
    """The most runs that a text has. Not proven, the text is the first one met that has more than `MOST_RUNS`.

    Where the situations are too many to look at all, the text is empty.
    """
    most, longest = 1, ""
    texts: dict[_Situation, str] = {((START, 1),): ""}
    waiting = list(texts)
    for situation in waiting:
        for block, sign in enumerate(found.blocks):
            after = _after(situation, block, found)
            if not after or after in texts:
                continue
            texts[after] = texts[situation] + sign
            if (count := sum(ways for _, ways in after)) > most:
                most, longest = count, texts[after]
            if most > MOST_RUNS:
                return Runs(most, longest, proven=False)
            if len(texts) > _MOST_SITUATIONS:
                return Runs(most, "", proven=False)
            waiting.append(after)
    return Runs(most, longest, proven=True)


def _after(situation: _Situation, block: int, found: Positions) -> _Situation:
    counts: dict[int, int] = {}
    for position, count in situation:
        for following, ways in found.next[position].items():
            if block in found.reads[following]:
                counts[following] = counts.get(following, 0) + count * ways
    return tuple(sorted(counts.items()))
