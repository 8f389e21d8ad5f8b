"""One message, right or broken in one place, before all judges in both syntaxes: where they do not say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from exportreport import pipeline
from exportreport.finding import Finding, Severity
from exportreport.standard import Standard
from tests.corpus import writing
from tests.corpus.layouts import MINIFIED, PRETTY
from tests.corpus.source import Expected, Mutation, Object
from tests.equivalence.engines import ANY, Engine, Syntax, our_findings

SYNTAXES: tuple[Syntax, ...] = ("json", "xml")

_PLAIN = {name: pipeline.Settings(engine=name, rules=False) for name in ("rust", "pure")}
_BREAKING = (Severity.FATAL, Severity.ERROR)

#: Code, pointer and message: what the same fault has in common in both syntaxes.
Said = list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Case:
    """A message to be judged. One that is right is a `Mutation` of nothing, right in both syntaxes."""

    mutation: Mutation
    documents: dict[Syntax, bytes]

    def expected(self, syntax: Syntax) -> Expected | None:
        """What our validator must say of its structure in ``syntax``; None where that is right."""
        return None if self.mutation.rules or syntax in self.mutation.right_in else self.said(syntax)

    def said(self, syntax: Syntax) -> Expected | None:
        """What our validator must say of it in ``syntax``: that it is wrong, or a warning, or what rules find."""
        return self.mutation.json if syntax == "json" else self.mutation.xml


@dataclass(frozen=True, slots=True)
class Deviation:
    """What one judge says against what is expected.

    ``does`` is "accepts", "refuses", "cannot say" or "says otherwise". ``who`` is an engine, or a syntax, if it is the
    syntax itself that makes the difference.
    """

    case: Case
    who: str
    does: str
    said: str = ""

    def __str__(self) -> str:
        mutation = self.case.mutation
        return f"{self.who} {self.does} {mutation.constraint} ({mutation.what}): {self.said}"[:400]


def right(root: Object, what: str) -> Mutation:
    """The mutation that changes nothing."""
    return Mutation("", what, root, None, None, frozenset(SYNTAXES))


def case(mutation: Mutation, standard: Standard, *, pretty: bool = False) -> Case:
    """``mutation`` written in the syntaxes that can say it."""
    layout = PRETTY if pretty else MINIFIED
    documents: dict[Syntax, bytes] = {}
    if mutation.json or "json" in mutation.right_in:
        documents["json"] = writing.json_text(mutation.root, layout).data
    if mutation.xml or "xml" in mutation.right_in:
        documents["xml"] = writing.xml_text(mutation.root, layout, standard).data
    return Case(mutation, documents)


class Comparison:
    """Compares the judges' words on one case after the other, and counts whom it heard on how many documents."""

    def __init__(self, standard: Standard, engines: Sequence[Engine]) -> None:
        self.standard, self.engines = standard, engines
        self.heard: dict[str, int] = {}
        self.rules = pipeline.rules_of(standard)

    def deviations(self, case: Case, *, rules: bool = False) -> Iterator[Deviation]:
        """All that is said of ``case`` against what is expected; with ``rules``, also by our rules."""
        yield from _of_syntaxes(case)
        yield from self.of_others(case)
        said = {}
        for syntax, data in case.documents.items():
            for name, settings in _PLAIN.items():
                who = f"ours, {name}, {syntax}"
                said[name, syntax] = self._ours(who, data, settings)
                yield from _of_ours(case, who, syntax, said[name, syntax])
        for name in _PLAIN:
            yield from self._of_routes(case, f"our routes, {name}", [said[name, syntax] for syntax in case.documents])
        if rules or case.mutation.rules:
            yield from self._by_rules(case)

    def _by_rules(self, case: Case) -> Iterator[Deviation]:
        said = []
        for syntax, data in case.documents.items():
            who = f"ours, rules, {syntax}"
            said.append(self._ours(who, data, pipeline.DEFAULTS, self.rules))
            expected = case.said(syntax)
            if expected and _short(expected) not in [(f.finding_code, f.pointer or "") for f in said[-1]]:
                yield Deviation(case, who, "says otherwise", f"{_words(said[-1])} instead of {_short(expected)}")
        yield from self._of_routes(case, "our routes, rules", said)

    def _of_routes(self, case: Case, who: str, said: Sequence[Iterable[Finding]]) -> Iterator[Deviation]:
        """Where our two routes differ on what the two syntaxes say alike."""
        mutation = case.mutation
        alike = mutation.json and mutation.xml and _short(mutation.json) == _short(mutation.xml)
        if len(said) < len(SYNTAXES) or not (alike or mutation.right_in == frozenset(SYNTAXES)):
            return
        self._count(who)
        by_json, by_xml = map(_words, said)
        if by_json != by_xml:
            yield Deviation(case, who, "says otherwise", f"{by_json} {by_xml}")

    def _count(self, who: str) -> None:
        self.heard[who] = self.heard.get(who, 0) + 1

    def _ours(
        self, who: str, data: bytes, settings: pipeline.Settings, rules: pipeline.Rules | None = None
    ) -> tuple[Finding, ...]:
        self._count(who)
        return our_findings(data, self.standard, settings, rules)

    def of_others(self, case: Case) -> Iterator[Deviation]:
        """What the engines of others say against what is expected."""
        name = case.mutation.root.name
        kind = name if name in self.standard.kinds else ANY
        for engine in self.engines:
            if engine.syntax not in case.documents:
                continue
            self._count(engine.name)
            wrong = engine.judge(case.documents[engine.syntax], kind)
            if (wrong is not None) is not (case.expected(engine.syntax) is not None):
                yield Deviation(case, engine.name, "refuses" if wrong is not None else "accepts", wrong or "")


def _of_syntaxes(case: Case) -> Iterator[Deviation]:
    """Where one syntax says what the other cannot say, or does not mind."""
    mutation = case.mutation
    wrong = mutation.json is not None or mutation.xml is not None
    for syntax in SYNTAXES:
        if syntax not in case.documents:
            yield Deviation(case, syntax.upper(), "cannot say")
        elif wrong and case.said(syntax) is None:
            yield Deviation(case, syntax.upper(), "accepts")
    if mutation.json and mutation.xml and _short(mutation.json) != _short(mutation.xml):
        yield Deviation(case, "XML", "says otherwise", f"{_short(mutation.json)} {_short(mutation.xml)}")


def _of_ours(case: Case, who: str, syntax: Syntax, findings: Sequence[Finding]) -> Iterator[Deviation]:
    """Where our validator's words on the structure are not those expected: one fault, one finding, and no other."""
    wrong = case.expected(syntax)
    warning = None if wrong or case.mutation.rules else case.said(syntax)
    breaking = [f for f in findings if f.severity in _BREAKING]
    expected, said = (wrong, breaking) if wrong else (warning, findings)
    if breaking if wrong is None else not breaking:
        yield Deviation(case, who, "refuses" if breaking else "accepts", str(_words(findings)))
    elif expected and [(f.finding_code, f.pointer or "") for f in said] != [_short(expected)]:
        yield Deviation(case, who, "says otherwise", f"{_words(findings)} instead of {_short(expected)}")


def _short(expected: Expected) -> tuple[str, str]:
    return expected.code, expected.pointer


def _words(findings: Iterable[Finding]) -> Said:
    return sorted((f.finding_code, f.pointer or "", f.message) for f in findings)
