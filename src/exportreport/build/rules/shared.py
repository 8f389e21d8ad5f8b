"""What generated Python works out once: patterns and numbers once a process, indexes and loops once a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

#: The places at the beginning of a report's memory: the report itself and the day on which it is judged.
REPORT, AS_OF, FIRST = "m[0]", "m[1]", 2

#: In what form values of a list are needed: as a set, with how often each occurs, or with the entries that have it.
Need = Literal["keys", "counts", "rows"]
_FORMS: tuple[Need, ...] = ("keys", "counts", "rows")


class Shared:
    """The constants and the memory of one generated module, filled while its rules are emitted.

    ``popular`` are the texts of what several rules work out about the report, known from an emission before; ``seen``
    are all such texts and where they stand. ``forms`` says in what form each list of values is needed.
    """

    def __init__(self, popular: frozenset[str] = frozenset(), forms: dict[str, Need] | None = None) -> None:
        self.popular = popular
        self.forms: dict[str, Need] = dict(forms or {})
        self.seen: dict[str, set[tuple[str, int]]] = {}
        self._constants: dict[str, str] = {}
        self._remembered: dict[tuple[str, str, str], int] = {}

    def form(self, values: str, need: Need) -> Need:
        """The form for ``values`` that serves this ``need`` and all before."""
        self.forms[values] = max(need, self.forms.get(values, need), key=_FORMS.index)
        return self.forms[values]

    def constant(self, text: str) -> str:
        """The name of what ``text`` gives, worked out once a process."""
        return self._constants.setdefault(text, f"K{len(self._constants)}")

    def remembered(self, text: str, this: str = "") -> str:
        """An expression for what ``text`` gives, worked out once a report, when first asked for.

        ``this`` names the class of the one object of the report that the text calls ``this``, if it does.
        """
        place = self._place(text, this, "")
        return f"(m[{place}] if m[{place}] is not None else m{place}({_parameters(this)}))"

    def remembered_by(self, key: str, text: str, this: str = "") -> str:
        """An expression for what ``text`` gives for the value ``key``, its ``k``, worked out once a report."""
        place = self._place(text, this, "k")
        return f"m{place}({_parameters(this)}, {key})"

    def _place(self, text: str, this: str, key: str) -> int:
        return self._remembered.setdefault((text, this, key), FIRST + len(self._remembered))

    @property
    def size(self) -> int:
        """How many places the memory of a report has."""
        return FIRST + len(self._remembered)

    def lines(self) -> Iterator[str]:
        """The constants, and the functions that fill the memory."""
        for text, name in self._constants.items():
            yield f"{name} = {text}"
        for (text, this, key), place in self._remembered.items():
            yield from ("", "", *(_keyed(place, text, this) if key else _single(place, text, this)))


def _parameters(this: str) -> str:
    return "m, this" if this else "m"


def _single(place: int, text: str, this: str) -> Iterator[str]:
    yield f"def m{place}({_parameters(this)}):"
    yield f"    m[{place}] = {text}"
    yield f"    return m[{place}]"


def _keyed(place: int, text: str, this: str) -> Iterator[str]:
    yield f"def m{place}({_parameters(this)}, k):"
    yield f"    if m[{place}] is None:"
    yield f"        m[{place}] = {{}}"
    yield f"    if k not in m[{place}]:"
    yield f"        m[{place}][k] = {text}"
    yield f"    return m[{place}][k]"
