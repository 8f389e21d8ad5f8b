"""The rule records: read from ``schema/rules/<CODE>.toml``, held to their law, with their expressions checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exportreport.build.cel.check import CheckedRule, check_rule
from exportreport.build.cel.error import CelError, choice
from exportreport.build.cel.message import check_message
from exportreport.build.cel.scope import REPORT, Lists, Scope
from exportreport.build.rules.culprits import culprits
from exportreport.build.rules.shape import Shape, texts
from exportreport.build.rules.toml_file import TomlFile
from exportreport.finding import Severity
from exportreport.standard import Standard

#: The severities of rules, mildest first. Fatal is what keeps a report from being judged, which no rule can find.
SEVERITIES = (Severity.INFO, Severity.WARNING, Severity.ERROR)

#: The layers that a rule may belong to: the standard's own, and the profile that each of the others is.
STANDARD_LAYER = "ER"
LAYERS = {
    "EU": "eu",
    "UK": "uk",
    "US": "us",
    "WA": "wassenaar",
    "SV": "surveillance",
    "NL": "nl",
    "CH": "ch",
}

_VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")

EXPECTED = ("pass", "fail", "not_applicable")

_CODE = re.compile(rf"({'|'.join((STANDARD_LAYER, *LAYERS))})-(C|CL)-[0-9]{{3}}")

_RULE = Shape(
    texts("code", "title", "severity", "since", "each", "assert", "message", "reason", "resolution")
    | {"cases": "tables"},
    texts("when", "at", "note", "deprecated", "replaced_by", "withdrawn") | {"basis": "texts", "follows": "texts"},
)
_CASE = Shape(texts("name", "expect"), {"value": "table", "report": "table", "at": "pointer", "as_of": "text"})


@dataclass(frozen=True, slots=True)
class Case:
    """An example of a rule: an object of its class or a whole report, as written, and what the rule says of it.

    ``at`` is the JSON pointer of the object judged in ``report``; ``as_of`` the day of judging, with ``value`` alone.
    """

    name: str
    expect: str
    value: Mapping[str, Any] | None = None
    report: Mapping[str, Any] | None = None
    at: str = ""
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class RuleSource:
    """A rule as its author wrote it, and its expressions, parsed and typed (``checked``)."""

    code: str
    title: str
    severity: Severity
    since: str
    each: str
    assertion: str
    message: str
    reason: str
    resolution: str
    checked: CheckedRule
    cases: tuple[Case, ...]
    when: str | None = None
    at: str | None = None
    note: str | None = None
    basis: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    deprecated: str | None = None
    replaced_by: str | None = None
    withdrawn: str | None = None

    @property
    def layer(self) -> str:
        """The layer that the rule belongs to: ``ER``, or that of a profile."""
        return self.code.split("-")[0]


def read_rule(file: TomlFile, standard: Standard, lists: Lists) -> RuleSource | None:
    """The rule in ``file``; None where it breaks the law, and then ``file.faults`` says why."""
    if file.faults or not _has_shape(file):
        return None
    data = file.data
    _check_words(file)
    if not _check_each(file, standard):
        return None
    scope = Scope(standard, data["each"], lists)
    _check_at(file, scope)
    _check_cases(file)
    checked = _check_expressions(file, scope)
    return _source(data, checked) if checked and not file.faults else None


def check_together(files: Sequence[TomlFile]) -> None:
    """Note what is wrong between the ``files``: titles that stand twice, and references to rules that are not there."""
    codes = [file.name for file in files]
    titles = Counter(str(file.data.get("title")) for file in files)
    for file in files:
        if titles[str(file.data.get("title"))] > 1 and "title" in file.data:
            file.fault(("title",), "another rule has the same title", "say what sets this rule apart")
        for member in ("follows", "replaced_by"):
            _check_references(file, member, codes)
    ended = {file.name: "withdrawn" in file.data for file in files}
    for file in files:
        _check_end(file, ended)


def _check_end(file: TomlFile, ended: Mapping[str, bool]) -> None:
    """Note where the end of a rule is told badly: in no version, without an end, or with an heir that ended, too."""
    for member in ("deprecated", "withdrawn"):
        version = file.data.get(member)
        if version is not None and not (isinstance(version, str) and _VERSION.fullmatch(version)):
            file.fault((member,), f"{version!r} is no version", 'write the version of the standard, such as "1.1"')
    heir = file.data.get("replaced_by")
    if not isinstance(heir, str) or heir not in ended:
        return
    if not {"deprecated", "withdrawn"} & set(file.data):
        what = f"{heir} is to take the place of a rule that goes on"
        file.fault(("replaced_by",), what, "say since when it is deprecated or withdrawn, or leave replaced_by out")
    elif ended[heir]:
        file.fault(("replaced_by",), f"{heir} is withdrawn itself", "name the rule that runs now, or none")


def _check_references(file: TomlFile, member: str, codes: Sequence[str]) -> None:
    named = file.data.get(member, ())
    many = isinstance(named, list)
    for number, code in enumerate(named if many else [named] if named else []):
        keys = (member, number) if many else (member,)
        if code == file.name:
            file.fault(keys, f"{member} names the rule itself", "name another rule")
        elif code not in codes:
            file.fault(keys, f"{member} names {code!r}, and there is no such rule", choice(str(code), codes))


def _has_shape(file: TomlFile) -> bool:
    whole = _RULE.check(file, file.data)
    cases = file.data.get("cases")
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        return False
    sound = [_CASE.check(file, case, ("cases", number)) for number, case in enumerate(cases)]
    return whole and all(sound)


def _check_words(file: TomlFile) -> None:
    code, severity = file.data["code"], file.data["severity"]
    if not _CODE.fullmatch(code):
        layers = ", ".join((STANDARD_LAYER, *LAYERS))
        file.fault(
            ("code",), f"{code!r} has not the form of a code", f"write <layer>-C-<three digits>; layers: {layers}"
        )
    elif code != file.name:
        file.fault(("code",), f"the code {code} is not the name of the file", f"name the file {code}.toml")
    if severity not in SEVERITIES:
        what = f"a rule has no severity {severity!r}"
        file.fault(("severity",), what, choice(severity, [s.value for s in SEVERITIES]))


def _check_each(file: TomlFile, standard: Standard) -> bool:
    each = file.data["each"]
    possible = [name for name, body in standard.classes.items() if not body.abstract or name == REPORT]
    if each in possible:
        return True
    if each in standard.classes:
        kinds = ", ".join((*standard.concrete(each), REPORT))
        file.fault(("each",), f"{each} is not one kind of object", f"write one of {kinds}")
    else:
        file.fault(("each",), f"the model has no class {each!r}", choice(each, possible))
    return False


def _check_at(file: TomlFile, scope: Scope) -> None:
    slot = file.data.get("at")
    slots = scope.slots(scope.each)
    if slot is not None and slot not in slots:
        file.fault(("at",), f"{scope.each} has no slot {slot!r}", choice(slot, slots))


def _check_expressions(file: TomlFile, scope: Scope) -> CheckedRule | None:
    data = file.data
    try:
        checked = check_rule(scope.standard, scope.each, data.get("when"), data["assert"], scope.lists)
    except CelError as error:
        file.refusal((str(error.member),), error)
        return None
    try:
        wrong = culprits(checked.assertion, data.get("at"))
        check_message(data["message"], scope, checked.proven, wrong.type.item if wrong else None)
    except CelError as error:
        file.refusal(("message",), error)
        return None
    return checked


def _check_cases(file: TomlFile) -> None:
    cases = file.data["cases"]
    names = Counter(case["name"] for case in cases)
    for number, case in enumerate(cases):
        if names[case["name"]] > 1:
            file.fault(("cases", number, "name"), f"two cases are named {case['name']!r}", "say what sets them apart")
        _check_case(file, number, case)
    expected = {case["expect"] for case in cases}
    if expected <= set(EXPECTED):
        _check_coverage(file, expected)


def _check_case(file: TomlFile, number: int, case: Mapping[str, Any]) -> None:
    keys = ("cases", number)
    if case["expect"] not in EXPECTED:
        file.fault((*keys, "expect"), f"a rule never says {case['expect']!r}", choice(case["expect"], EXPECTED))
    if case["expect"] == "not_applicable" and "when" not in file.data:
        file.fault((*keys, "expect"), "a rule without when always applies", "expect pass or fail, or add when")
    if ("value" in case) == ("report" in case):
        file.fault(keys, "a case has either value or report", "write the one object that is judged, or a whole report")
    if "at" in case and "report" not in case:
        file.fault((*keys, "at"), "at belongs to a case with report", "leave it out: value is the object judged")
    if "as_of" in case and "value" not in case:
        file.fault((*keys, "as_of"), "as_of belongs to a case with value", "write it into the report")


def _check_coverage(file: TomlFile, expected: Iterable[str]) -> None:
    needed = EXPECTED if "when" in file.data else EXPECTED[:2]
    for expect in needed:
        if expect not in expected:
            file.fault((), f"no case expects {expect}", f'add one: [[cases]] with expect = "{expect}"')
    if len(file.data["cases"]) < 3:
        file.fault((), "the rule has fewer than three cases", "add [[cases]], best at the limits of the rule")


def _source(data: Mapping[str, Any], checked: CheckedRule) -> RuleSource:
    words = {name: value for name, value in data.items() if name not in ("assert", "cases")}
    made = {
        "severity": Severity(data["severity"]),
        "assertion": data["assert"],
        "checked": checked,
        "cases": tuple(Case(**case) for case in data["cases"]),
        "basis": tuple(data.get("basis", ())),
        "follows": tuple(data.get("follows", ())),
    }
    return RuleSource(**{**words, **made})
