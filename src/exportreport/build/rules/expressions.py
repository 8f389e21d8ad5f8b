"""Typed expressions as expressions of Python, which ask cheap questions first and nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import groupby

from exportreport.build.cel.logic import alternatives, conditions
from exportreport.build.cel.loops import Around, Key, Pass, key_for, keys, scans, through
from exportreport.build.cel.tree import (
    Binary,
    Call,
    Conditional,
    Has,
    ListOf,
    Literal,
    Loop,
    Method,
    Name,
    Node,
    Select,
    Unary,
    names,
    parts,
)
from exportreport.build.rules.decimals import comparison, decimal
from exportreport.build.rules.shared import AS_OF, REPORT, Need, Shared

_OPERATORS = {"&&": "and", "||": "or"}

#: Functions whose answers are cheaper than remembering them.
_CHEAP = ("int", "size", "day")

#: The functions that gather, by the form of what is needed.
_VALUES: Mapping[Need, str] = {"keys": "values_at", "counts": "counts_at", "rows": "by_value"}
_ENTRIES: Mapping[Need, str] = {"keys": "entries_at", "rows": "by_entry"}

#: Writes what a loop gives for an entry, called where the names of the entry are known.
Give = Callable[[], str]

_METHODS = {"startsWith": "startswith", "endsWith": "endswith"}


class Expressions:
    """The expressions of the rule ``code``, which stand in ``here``; ``report_is_this`` where it is about reports."""

    def __init__(self, shared: Shared, here: Around, code: str = "", *, report_is_this: bool = False) -> None:
        self.shared, self.here, self.code, self.report_is_this = shared, here, code, report_is_this
        self.names = {"this": "this", "report": "this" if report_is_this else REPORT, "as_of": AS_OF}

    def truth(self, node: Node) -> str:
        """Python that is true where ``node`` is: what it gives may be another value than True."""
        return self.text(node, truth=True)

    def text(self, node: Node, *, truth: bool = False) -> str:
        """Python that gives what ``node`` gives."""
        if self.is_shared(node):
            return self.once(node, lambda: self.direct(node, truth=False))
        return self.direct(node, truth=truth)

    def is_shared(self, node: Node) -> bool:
        """Whether ``node`` is worth remembering for the report: it costs something and does not change."""
        if not self.here.is_fixed(node) or not _costs(node):
            return False
        return self.is_popular(node) or bool(self.here.rows)

    def is_popular(self, node: Node) -> bool:
        """Whether the loop or sum ``node`` is asked for in several places, as far as an emission before has seen."""
        if isinstance(node, Call) and node.function in ("sum", "unique"):
            with self.outside():
                text = f"{node.function}({self.direct(node.arguments[0], truth=False)})"
        elif isinstance(node, Loop):
            with self.outside():
                text = self.direct(node, truth=False)
        else:
            return False
        self.shared.seen.setdefault(text, set()).add((self.code, node.at))
        return text in self.shared.popular

    def once(self, node: Node, write: Callable[[], str]) -> str:
        """What ``write`` writes of ``node``, worked out once a report."""
        with self.outside():
            return self.shared.remembered(write(), self.owner(node))

    def owner(self, *nodes: Node) -> str:
        """The class of ``this``, where one of ``nodes`` names it and it is not the report."""
        named = any("this" in names(node) for node in nodes)
        return self.here.each if named and not self.report_is_this else ""

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Inside it, everything is written as it is outside of all that repeats."""
        names_before, here = self.names, self.here
        self.here = here.once()
        self.names = {"this": REPORT if self.report_is_this else "this", "report": REPORT, "as_of": AS_OF}
        yield
        self.names, self.here = names_before, here

    def direct(self, node: Node, *, truth: bool) -> str:
        """The same, written here even where it could be remembered."""
        match node:
            case Literal():
                return repr(node.value)
            case Name():
                return self.names[node.name]
            case Select():
                return f"{self.text(node.of)}[{node.slot!r}]"
            case Has():
                return f"({node.field.slot!r} in {self.text(node.field.of)})"
            case ListOf():
                return f"({', '.join(self.text(item) for item in node.items)},)"
            case Unary():
                return f"({'not ' if node.operator == '!' else '-'}{self.text(node.of, truth=node.operator == '!')})"
            case Conditional():
                yes, no = self.text(node.yes, truth=truth), self.text(node.no, truth=truth)
                return f"({yes} if {self.truth(node.test)} else {no})"
            case Binary():
                return self.binary(node, truth=truth)
            case Call():
                return self.call(node)
            case Method():
                return self.method(node)
            case Loop():
                return self.loop(node, truth=truth)
        raise TypeError(f"no such part of an expression: {type(node).__name__}")

    def binary(self, node: Binary, *, truth: bool) -> str:
        """Two parts and what stands between them."""
        if node.operator in _OPERATORS:
            return self.junction(node, truth=truth)
        if node.operator == "in":
            return f"({self.text(node.left)} in {self.looked_into(node.right)})"
        return comparison(node, self) or f"({self.text(node.left)} {node.operator} {self.text(node.right)})"

    def junction(self, node: Binary, *, truth: bool) -> str:
        """Parts joined by "and" or "or"; neighbors that ask a code for entries of one list are one question."""
        negated = node.operator == "&&"
        texts: list[str] = []
        for asked, run in groupby(conditions(node) if negated else alternatives(node), partial(_covering, negated)):
            if asked:
                texts.append(self.covered(*asked, run, negated=negated))
            else:
                texts.extend(self.text(one, truth=truth) for one in run)
        return f"({f' {_OPERATORS[node.operator]} '.join(texts)})"

    def covered(self, control_list: Node, code: Node, run: Iterable[Node], *, negated: bool) -> str:
        """Whether any entry that one of ``run`` asks for covers ``code``; where ``negated`` whether none does."""
        calls = (one.of if isinstance(one, Unary) else one for one in run)
        entries = "".join(f"{self.text(call.arguments[1])}, " for call in calls if isinstance(call, Call))
        asked = f"covered({self.text(control_list)}, ({entries}), {self.text(code)})"
        return f"(not {asked})" if negated else asked

    def looked_into(self, node: Node) -> str:
        """The list ``node`` as something that is quickly looked into."""
        if isinstance(node, ListOf) and all(isinstance(item, Literal) for item in node.items):
            return f"{{{', '.join(self.text(item) for item in node.items)}}}"
        if self.here.rows and self.here.is_fixed(node):
            return self.once(node, lambda: f"frozenset({self.direct(node, truth=False)})")
        return self.text(node)

    def call(self, node: Call) -> str:
        """The call of a function."""
        arguments = node.arguments
        match node.function:
            case "int":
                return self.text(arguments[0])
            case "day":
                return f"{self.text(arguments[0])}[:10]"
            case "size":
                return self.size(arguments[0])
            case "sum" | "multiply":
                return f"written({decimal(node, self)})"
            case "listed":
                return self.listed(node)
        if node.function == "unique" and isinstance(arguments[0], Loop) and not self.is_shared(arguments[0]):
            row = through(arguments[0])
            return self.rows(row, self.given(row), "unique({})")
        return f"{node.function}({', '.join(self.text(argument) for argument in arguments)})"

    def listed(self, node: Call) -> str:
        """Whether a code is on a list: most are on it on every day."""
        list_id, code, on = (self.text(argument) for argument in node.arguments)
        always = f"{code} in ALWAYS[{list_id}] or " if isinstance(node.arguments[1], Select | Name) else ""
        return f"({always}listed({list_id}, {code}, {on}))"

    def method(self, node: Method) -> str:
        """A question to a text."""
        of, argument = self.text(node.of), self.text(node.argument)
        if node.method == "contains":
            return f"({argument} in {of})"
        if node.method != "matches":
            return f"{of}.{_METHODS[node.method]}({argument})"
        pattern = str(node.argument.value) if isinstance(node.argument, Literal) else ""
        search = self.shared.constant(f"re.compile({pattern.removesuffix('$') + chr(92) + 'Z'!r}, re.A).search")
        return f"({search}({of}) is not None)"

    def loop(self, node: Loop, *, truth: bool) -> str:
        """One pass over a list, over what an index finds in it, or a look at its keys."""
        row = through(node)
        if node.macro == "exists_one":
            return f"({self.number(row)} == 1)"
        if node.macro not in ("exists", "all"):
            return self.rows(row, self.given(row))
        outside = self.outsiders(row)
        if outside is not None:
            return f"(not {outside})" if row.negated else outside
        asked = self.member(row) or (self.rows(row, _one) if truth or row.negated else f"bool({self.rows(row, _one)})")
        return f"(not {asked})" if row.negated else asked

    def outsiders(self, row: Pass) -> str | None:
        """Whether some entry is not among the keys of another list, where that is all that is asked of each."""
        if len(row.wanted) != 1 or not isinstance(row.wanted[0], Loop) or not scans(row.source, self.here):
            return None
        other = through(row.wanted[0])
        key = next((key for key in keys(other) if key.how == "is" and not key.rest and not key.guards), None)
        if not other.negated or key is None or not self.here.is_fixed(other.source):
            return None
        if not isinstance(key.value, Name) or key.value.name not in row.variables:
            return None
        found, kind = self.gathered(other, key, "keys")
        return f"(not {{*{self.text(row.source)}}} <= {found}{'' if kind == 'keys' else '.keys()'})"

    def given(self, row: Pass) -> Give | None:
        """What writes the entry of the list that ``row`` gives; None where it gives its entries as they are."""
        node = row.given
        return (lambda: self.text(node)) if node is not None else None

    def size(self, node: Node) -> str:
        """How many entries a list has."""
        if isinstance(node, Loop) and node.macro == "filter" and not self.is_shared(node):
            return self.number(through(node))
        return f"len({self.text(node)})"

    def number(self, row: Pass) -> str:
        """How many entries of ``row`` are wanted."""
        key = None if scans(row.source, self.here) else key_for(row, self.here)
        if key is None or key.rest or key.how != "is":
            return f"len({self.rows(row, None)})"
        found, kind = self.gathered(row, key, "counts")
        value = self.text(key.value)
        number = f"{found}.get({value}, 0)" if kind == "counts" else f"len({found}.get({value}, ()))"
        guards = " and ".join(self.truth(guard) for guard in key.guards)
        return f"({number} if {guards} else 0)" if guards else number

    def member(self, row: Pass) -> str | None:
        """A look at the keys of the list, where its loop asks for nothing but one of them."""
        if not self.here.is_fixed(row.source):
            return None
        key = next((key for key in keys(row) if not key.rest), None)
        if key is None:
            return None
        found, kind = self.gathered(row, key, "keys")
        guards = "".join(f"{self.truth(guard)} and " for guard in key.guards)
        value = self.text(key.value)
        if key.how in ("is", "holds"):
            return f"({guards}{value} in {found})"
        return f"({guards}not {found}{'' if kind == 'keys' else '.keys()'}.isdisjoint({value}))"

    def gathered(self, row: Pass, key: Key, need: Need) -> tuple[str, Need]:
        """What the entries of ``row`` have at the path of ``key``, gathered once a report, and in what form.

        The form is the one that is needed most of all rules, so that one does for all.
        """
        with self.outside():
            source = self.text(row.source)
        entries, owner = key.how in ("holds", "overlaps"), self.owner(row.source)
        form = self.shared.form(
            f"{owner} {source} {key.path} {entries}", "rows" if entries and need == "counts" else need
        )
        gather = _ENTRIES[form] if entries else _VALUES[form]
        return self.shared.remembered(f"{gather}({source}, {key.path!r})", owner), form

    def rows(self, row: Pass, give: Give | None, whole: str = "{}") -> str:
        """A list of what ``give`` writes (of the entry itself) for each entry of ``row`` that is wanted.

        ``whole`` is what is made of the list, where that is worth remembering with it.
        """
        if scans(row.source, self.here):
            return whole.format(self.comprehension(row, row.wanted, give, self.text(row.source)))
        key = key_for(row, self.here)
        assert key is not None, "loops.check() lets no other loop pass"
        found = self.found_by(row, key, give, whole)
        guards = " and ".join(self.truth(guard) for guard in key.guards)
        return f"({found} if {guards} else {whole.format('()')})" if guards else found

    def found_by(self, row: Pass, key: Key, give: Give | None, whole: str) -> str:
        """The same out of what the index finds by ``key``; remembered by the key's value, where that says all."""
        value = self.text(key.value)
        index, _ = self.gathered(row, key, "rows")
        if key.how in ("among", "overlaps"):
            return whole.format(self.comprehension(row, key.rest, give, f"found_among({index}, {value})"))
        nodes = (row.source, *key.rest, *((row.given,) if row.given else ()))
        says_all = all(names(node) <= self.here.fixed | row.variables for node in nodes)
        if not says_all or (give is None and not key.rest):
            return whole.format(self.comprehension(row, key.rest, give, f"{index}.get({value}, ())"))
        with self.outside():
            text = whole.format(self.comprehension(row, key.rest, give, f"{index}.get(k, ())"))
        return self.shared.remembered_by(value, text, self.owner(*nodes))

    def comprehension(self, row: Pass, wanted: tuple[Node, ...], give: Give | None, source: str) -> str:
        """A list out of those entries of ``source`` that meet what is ``wanted``."""
        with self.entry(row) as variable:
            tests = "".join(f" if {self.truth(node)}" for node in wanted)
            made = give() if give else variable
        return f"[{made} for {variable} in {source}{tests}]" if tests or give else source

    @contextmanager
    def entry(self, row: Pass) -> Iterator[str]:
        """Inside it, the names of ``row`` stand for the variable that it gives."""
        names_before, here = self.names, self.here
        variable = f"x{len(here.rows)}"
        self.names = {**names_before, **dict.fromkeys(row.variables, variable)}
        self.here = here.inside(row)
        yield variable
        self.names, self.here = names_before, here


def _covering(negated: bool, node: Node) -> tuple[Node, Node] | None:
    """The control list and the code that ``node`` asks about, where it asks for an entry of the list."""
    if negated:
        if not isinstance(node, Unary):
            return None
        node = node.of
    if isinstance(node, Call) and node.function == "covers" and isinstance(node.arguments[1], Literal):
        return node.arguments[0], node.arguments[2]
    return None


def _one() -> str:
    return "1"


def _costs(node: Node) -> bool:
    if isinstance(node, Loop) or (isinstance(node, Call) and node.function not in _CHEAP):
        return True
    return any(_costs(part) for part in parts(node))
