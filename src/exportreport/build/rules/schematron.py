"""From rules to one Schematron file over the XML form: plain XPath 2.0, one pattern for each rule.

A pattern has one rule, since a second one on the same context would never fire. What says whether a rule applies is
the predicate of its context; a profile's condition stands before it. A phase for each profile runs the base and the
profile; the phase ``base``, which runs unless another is asked for, the rules of the standard alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from exportreport.build.cel.tree import Literal, Node
from exportreport.build.rules import places
from exportreport.build.rules.culprits import culprits
from exportreport.build.rules.membership import CodeList, Membership, Names
from exportreport.build.rules.xpath import NoXPath, Writer, quoted
from exportreport.standard import Standard

BASE = "base"

_HELD = re.compile(r"\{(as_of|entry|this(?:\.[a-z_]+)+)\}")
_ABOUT = (
    "The rules of the standard, for documents that the XSD accepts. as_of is the document's own: of the nearest "
    "message that gives one, else the day it was reported. That every code is on its list (ER-CL) is not among "
    "them. Where a rule looks across the objects of a report, the work grows with the square of their number."
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What becomes a pattern: the words of a rule and its checked expressions."""

    code: str
    title: str
    severity: str
    each: str
    when: Node | None
    assertion: Node
    message: str
    at: str | None


@dataclass(frozen=True, slots=True)
class Phase:
    """A profile: its own patterns, and when they apply."""

    id: str
    title: str
    applies: Node | None
    patterns: Sequence[Pattern]
    valid_from: str | None = None
    valid_until: str | None = None
    raises: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assertion:
    """A rule as XPath: ``context`` are the elements it applies to, ``subject`` what a finding points at.

    ``named`` is true of an element whose report names the profile that the rule belongs to. ``raised`` are the
    severities that profiles give it, each with what is true of the elements for which it does.
    """

    code: str
    title: str
    each: str
    severity: str
    context: str
    test: str
    message: str
    subject: str | None = None
    named: str | None = None
    raised: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """The file, the codes of the rules that XPath cannot say, and its parts: rules, and the texts they look into."""

    text: str
    left_out: tuple[str, ...]
    assertions: tuple[Assertion, ...]
    lets: Mapping[str, str]


def schematron(
    standard: Standard,
    base: Sequence[Pattern],
    profiles: Sequence[Phase],
    code_lists: Mapping[str, CodeList],
    note: str,
) -> Published:
    """All rules as one file; ``note`` says by what it was made."""
    emitter = _Emitter(standard, code_lists, profiles)
    phases = [Phase(BASE, "The standard", None, base), *profiles]
    patterns = {phase.id: dict(emitter.patterns(phase)) for phase in phases}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {note} -->",
        f'<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2" defaultPhase="{BASE}">',
        f"  <title>exportreport {standard.version}: rules</title>",
        f'  <ns prefix="er" uri="{standard.namespace}"/>',
        '  <ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>',
        f"  <p>{_ABOUT}</p>",
        *emitter.left_out_words(),
        *(f'  <let name="{name}" value={quoteattr(text)}/>' for name, text in emitter.lets()),
        *(line for phase in phases for line in _phase(phase, patterns)),
        *(_text(one) for phase in phases for one in patterns[phase.id].values()),
        "</schema>",
    ]
    assertions = tuple(one for phase in phases for one in patterns[phase.id].values())
    return Published("\n".join(lines) + "\n", tuple(emitter.left_out), assertions, dict(emitter.lets()))


def _text(one: Assertion) -> str:
    subject = f' subject="{one.subject}"' if one.subject else ""
    return (
        f'  <pattern id="{one.code}">\n'
        f"    <title>{escape(one.title)}</title>\n"
        f"    <rule context={quoteattr(one.context)}>\n"
        f'      <assert role="{one.severity}"{subject} test={quoteattr(one.test)}>{one.message}</assert>\n'
        "    </rule>\n"
        "  </pattern>"
    )


def _phase(phase: Phase, patterns: Mapping[str, Mapping[str, Assertion]]) -> Iterator[str]:
    codes = [*patterns[BASE]] if phase.id == BASE else [*patterns[BASE], *patterns[phase.id]]
    yield f'  <phase id="{phase.id}">'
    yield from (f'    <active pattern="{code}"/>' for code in codes)
    yield "  </phase>"


class _Emitter:
    """Writes patterns and keeps account of the code lists they look into and of the rules left out."""

    def __init__(self, standard: Standard, code_lists: Mapping[str, CodeList], profiles: Sequence[Phase] = ()) -> None:
        self.standard, self.profiles = standard, profiles
        self.code_lists = code_lists
        self.used: set[str] = set()
        self.left_out: dict[str, str] = {}

    def patterns(self, phase: Phase) -> Iterator[tuple[str, Assertion]]:
        for pattern in phase.patterns:
            try:
                yield pattern.code, self._pattern(phase, pattern)
            except NoXPath as lack:
                self.left_out[pattern.code] = str(lack)

    def lets(self) -> Iterator[tuple[str, str]]:
        for name in sorted(self.used):
            for variable, text in Membership(self.code_lists[name]).lets():
                yield variable, quoted(text)

    def left_out_words(self) -> Iterator[str]:
        for code, lack in self.left_out.items():
            yield f"  <p>{code} is left out: XPath 2.0 has not {escape(lack)}.</p>"

    def _pattern(self, phase: Phase, pattern: Pattern) -> Assertion:
        writer = Writer(self.standard, pattern.each, self._listed, _covers)
        conditions = [*self._of_profile(phase, writer), *([writer.condition(pattern.when)] if pattern.when else [])]
        context = places.one_of(places.elements(self.standard, pattern.each))
        return Assertion(
            pattern.code,
            pattern.title,
            pattern.each,
            pattern.severity,
            context + "".join(f"[{condition}]" for condition in conditions),
            writer.condition(pattern.assertion),
            f"{pattern.code}: {_message(pattern, writer)}",
            f"(er:{pattern.at}, .)[1]" if pattern.at else None,
            _names(phase, writer) if phase.id != BASE else None,
            tuple(self._raised(pattern)),
        )

    def _raised(self, pattern: Pattern) -> Iterator[tuple[str, str]]:
        for phase in self.profiles:
            if pattern.code in phase.raises:
                writer = Writer(self.standard, pattern.each, self._listed, _covers)
                conditions = [_names(phase, writer), *self._of_profile(phase, writer)]
                yield " and ".join(f"exists(.[{condition}])" for condition in conditions), phase.raises[pattern.code]

    def _of_profile(self, phase: Phase, writer: Writer) -> Iterator[str]:
        if phase.id != BASE and not places.only_in_reports(self.standard, writer.each):
            yield writer.report()
        if phase.valid_from:
            yield f"xs:date({writer.as_of()}) ge xs:date('{phase.valid_from}')"
        if phase.valid_until:
            yield f"xs:date({writer.as_of()}) le xs:date('{phase.valid_until}')"
        if phase.applies:
            yield writer.condition(phase.applies)

    def _listed(self, writer: Writer, list_id: Node, code: str, day: str) -> str:
        if not isinstance(list_id, Literal):
            raise NoXPath("a code list that the document names")
        name = str(list_id.value)
        if name not in self.code_lists:
            return "true()"
        self.used.add(name)
        names = Names(*map(writer.fresh, ("code", "day", "days", "place")))
        return Membership(self.code_lists[name]).test(code, day, names)


def _names(phase: Phase, writer: Writer) -> str:
    return f"{writer.report()}/er:profiles = '{phase.id}'"


def _covers(entry: str, code: str) -> str:
    return f"starts-with(concat({code}, '.'), concat({entry}, '.'))"


def _message(pattern: Pattern, writer: Writer) -> str:
    """The message with what it holds as ``value-of``."""
    message = pattern.message
    written, end = [], 0
    for held in _HELD.finditer(message):
        told = quoteattr(_told(held[1], pattern, writer))
        written += [escape(message[end : held.start()]), f"<value-of select={told}/>"]
        end = held.end()
    return "".join((*written, escape(message[end:])))


def _told(place: str, pattern: Pattern, writer: Writer) -> str:
    """The XPath of what the ``place`` of a message stands for; of several entries that are wrong, all of them."""
    if place == "as_of":
        return f"string({writer.as_of()})"
    if place == "entry":
        entries = culprits(pattern.assertion, pattern.at)
        return f"string-join({writer.sequence(entries, 'text')}, ', ')" if entries else ""
    path = "/".join(f"er:{slot}" for slot in place.split(".")[1:])
    return f"string({path})" if not path.endswith("er:report_type") else "local-name()"
