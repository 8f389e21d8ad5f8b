"""The kinds of changes, and how each counts in each lane: one table, read by the comparison and by the documentation.

A minor version accepts all that the one before accepted. So what refuses documents that were accepted asks for a major
version; what accepts more, or tells more, for a minor one; words ask for a patch. *Behavioral* is what leaves every
document's form as it was, or as it may be, and still changes what a program meets or says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from exportreport.compat.change import Bump, Change, Difference, Grade, Lane, Verdict

Table = Mapping[str, Mapping[Lane, Verdict]]

_WIRE: tuple[Lane, ...] = ("json", "xml")
_RULES: tuple[Lane, ...] = ("rules",)
_LISTS: tuple[Lane, ...] = ("lists",)

_WRITERS = "those who write"
_READERS = "those who read"
_BOTH = "those who write and those who read"
_PEOPLE = "those who read the documentation"


def _in(lanes: Iterable[Lane], grade: Grade, bump: Bump, concerns: str, reason: str) -> dict[Lane, Verdict]:
    return dict.fromkeys(lanes, Verdict(grade, bump, concerns, reason))


def _breaking(lanes: Iterable[Lane], concerns: str, reason: str) -> dict[Lane, Verdict]:
    return _in(lanes, "breaking", "major", concerns, reason)


def _behavioral(lanes: Iterable[Lane], concerns: str, reason: str, bump: Bump = "minor") -> dict[Lane, Verdict]:
    return _in(lanes, "behavioral", bump, concerns, reason)


def _more(lanes: Iterable[Lane], concerns: str, reason: str) -> dict[Lane, Verdict]:
    return _in(lanes, "safe", "minor", concerns, reason)


def _words(lanes: Iterable[Lane], reason: str) -> dict[Lane, Verdict]:
    return _in(lanes, "safe", "patch", _PEOPLE, reason)


_JSON: tuple[Lane, ...] = ("json",)
_XML: tuple[Lane, ...] = ("xml",)

_STANDARD: Table = {
    "namespace.changed": _words(_JSON, "JSON names no namespace")
    | _breaking(_XML, _BOTH, "every element is in the namespace: no document of the one version is one of the other"),
    "version.refused": _breaking(_WIRE, _WRITERS, "documents that name the old version are refused"),
    "version.added": _behavioral(_WIRE, _READERS, "documents may name a version that older programs refuse"),
    "kind.added": _behavioral(_WIRE, _READERS, "a kind of message that older programs do not know, as a document of "
                              "its own and wherever messages are carried"),
    "kind.removed": _breaking(_WIRE, _WRITERS, "documents of this kind are no longer known"),
    "words.changed": _words(_WIRE, "titles, descriptions and examples bind nobody"),
}  # fmt: skip

_CLASSES: Table = {
    "class.added": _more(_WIRE, _BOTH, "a new class changes nothing until a slot holds it"),
    "class.removed": _breaking(_WIRE, _BOTH, "objects of this class can no longer be written"),
    "class.renamed": _words(_JSON, "JSON does not name the classes of objects")
    | _breaking(_XML, _BOTH, "the entries of a list of objects are elements named by class"),
    "class.renamed.unnamed": _words(_WIRE, "no list holds the class, so its name is in no document"),
    "class.abstract": _breaking(_WIRE, _WRITERS, "objects of the class itself can no longer be written"),
    "class.concrete": _more(_WIRE, _READERS, "objects of the class itself may now come"),
    "class.parent": _words(_WIRE, "what the class inherits is told slot by slot; the parent has no place in documents"),
}

_SLOTS: Table = {
    "slot.added.optional": _more(_WIRE, _READERS, "older documents stay valid; older programs do not know the slot"),
    "slot.added.required": _breaking(_WIRE, _WRITERS, "every document without it is refused"),
    "slot.removed": _breaking(_WIRE, _BOTH, "documents that hold it are refused"),
    "slot.renamed": _breaking(_WIRE, _BOTH, "documents with the old name are refused"),
    "slot.required": _breaking(_WIRE, _WRITERS, "documents that left it out are refused"),
    "slot.optional": _behavioral(_WIRE, _READERS, "a program that counts on it may find it missing"),
    "slot.many.values": _breaking(_JSON, _BOTH, "one value becomes a list of values")
    | _behavioral(_XML, _READERS, "the element may now be repeated; one alone is written as before"),
    "slot.many.objects": _breaking(_WIRE, _BOTH, "one object becomes a list, in XML an element around elements"),
    "slot.one": _breaking(_WIRE, _BOTH, "a list becomes one value, and several can no longer be given"),
    "slot.range.widened": _behavioral(_WIRE, _READERS, "values may come that were refused before"),
    "slot.range.narrowed": _breaking(_WIRE, _WRITERS, "values that were accepted are refused"),
    "slot.range.changed": _breaking(_WIRE, _BOTH, "the form of the value is another"),
    "slot.list.opened": _behavioral(_WIRE, _READERS, "a closed set of values gives way to a form: any may come"),
    "slot.list.closed": _breaking(_WIRE, _WRITERS, "only the values of a closed set are accepted"),
    "slot.codes.added": _behavioral(_LISTS, _WRITERS, "values are looked up in a list from now on", bump="major"),
    "slot.codes.removed": _behavioral(_LISTS, _READERS, "values are no longer looked up"),
    "slot.codes.changed": _behavioral(_LISTS, _BOTH, "values are looked up in another list", bump="major"),
    "slots.reordered": _words(_JSON, "the order of members carries no meaning")
    | _breaking(_XML, _BOTH, "elements have to stand in the order of the model"),
    "mappings.changed": _words(_WIRE, "which national fields correspond binds nobody"),
}

_VALUES: Table = {
    "type.added": _more(_WIRE, _BOTH, "a new type changes nothing until a slot uses it"),
    "type.removed": _words(_WIRE, "what becomes of the slots that used it is told slot by slot"),
    "type.base": _breaking(_WIRE, _BOTH, "the value is written in another way"),
    "type.pattern.added": _breaking(_WIRE, _WRITERS, "values that were accepted may be refused"),
    "type.pattern.removed": _behavioral(_WIRE, _READERS, "values of any form may come"),
    "type.pattern.changed": _breaking(_WIRE, _WRITERS, "values that were accepted may be refused; whether the new "
                                      "pattern takes all that the old one took is not proven"),
    "type.longer": _behavioral(_WIRE, _READERS, "longer values may come than a field was made for"),
    "type.shorter": _breaking(_WIRE, _WRITERS, "long values that were accepted are refused"),
    "type.bounds.widened": _behavioral(_WIRE, _READERS, "numbers may come that were refused before"),
    "type.bounds.narrowed": _breaking(_WIRE, _WRITERS, "numbers that were accepted are refused"),
    "enum.added": _more(_WIRE, _BOTH, "a new set of values changes nothing until a slot uses it"),
    "enum.removed": _words(_WIRE, "what becomes of the slots that used it is told slot by slot"),
    "value.added": _behavioral(_WIRE, _READERS, "a program that treats every value meets one that it does not know"),
    "value.removed": _breaking(_WIRE, _WRITERS, "documents with the value are refused"),
    "value.deprecated": _more(_WIRE, _WRITERS, "the value is accepted still, and is to be written no longer"),
    "values.reordered": _words(_WIRE, "the order of values carries no meaning"),
}  # fmt: skip

_OF_RULES: Table = {
    "rule.added.error": _behavioral(_RULES, _WRITERS, "documents that were accepted may be rejected", bump="major"),
    "rule.added.profile": _behavioral(_RULES, _WRITERS, "reports that name the profile may be rejected"),
    "rule.added.warning": _behavioral(_RULES, _WRITERS, "a new warning; no verdict changes"),
    "rule.added.info": _behavioral(_RULES, _WRITERS, "a new remark; no verdict changes"),
    "rule.removed": _behavioral(_RULES, _READERS, "what the rule found is found no longer; its code is never given "
                                "again, so withdraw it instead"),
    "rule.withdrawn": _behavioral(_RULES, _READERS, "what the rule found is found no longer"),
    "rule.revived": _breaking(_RULES, _READERS, "a code that was withdrawn means something again"),
    "rule.replaced": _behavioral(_RULES, _READERS, "results name another code for the same fault"),
    "rule.deprecated": _more(_RULES, _READERS, "the rule is going to be withdrawn"),
    "rule.severity.error": _behavioral(_RULES, _WRITERS, "documents that were accepted are rejected", bump="major"),
    "rule.severity.raised": _behavioral(_RULES, _READERS, "a graver word for the same fault; no verdict changes"),
    "rule.severity.lowered": _behavioral(_RULES, _READERS, "documents that were rejected may be accepted"),
    "rule.expression": _behavioral(_RULES, _BOTH, "other documents fail the rule; `exportreport impact` shows which"),
    "rule.place": _behavioral(_RULES, _READERS, "findings point elsewhere, or are folded under others"),
    "rule.since": _words(_RULES, "since when a rule is there binds nobody"),
    "rule.message": _words(_RULES, "messages are for people; programs go by the code"),
    "rule.words": _words(_RULES, "title, reason, resolution, basis, note and cases are for people"),
    "profile.added": _more(_RULES, _WRITERS, "a profile counts only for reports that name it"),
    "profile.removed": _breaking(_RULES, _WRITERS, "reports that name the profile are rejected"),
    "profile.scope": _behavioral(_RULES, _WRITERS, "the rules of the profile apply to other reports"),
    "profile.period": _behavioral(_RULES, _WRITERS, "the profile is in force on other days"),
    "profile.rules": _behavioral(_RULES, _WRITERS, "the profile demands other things"),
    "profile.raises": _behavioral(_RULES, _WRITERS, "the profile gives other severities"),
    "profile.words": _words(_RULES, "titles and descriptions are for people"),
    "function.added": _more(_RULES, _READERS, "evaluators need the function for rules that call it"),
    "function.removed": _breaking(_RULES, _READERS, "evaluators cannot run rules that call it"),
    "function.changed": _behavioral(_RULES, _READERS, "evaluators have to compute something else"),
}  # fmt: skip

_OF_LISTS: Table = {
    "list.added": _more(_LISTS, _BOTH, "a new list changes nothing until a slot names it"),
    "list.removed": _breaking(_LISTS, _BOTH, "values that name the list are no longer known"),
    "list.opened": _behavioral(_LISTS, _READERS, "unknown codes are warnings now, and documents with them accepted"),
    "list.closed": _breaking(_LISTS, _WRITERS, "unknown codes were warnings and are errors now"),
    "list.complete": _behavioral(_LISTS, _WRITERS, "codes are judged on other days, or at another depth"),
    "list.words": _words(_LISTS, "title, agency, edition, source, license and note bind nobody"),
    "code.added": _more(_LISTS, _READERS, "a code may come that older lists do not hold"),
    "code.removed": _breaking(_LISTS, _WRITERS, "documents with the code are rejected on any day; let it end instead"),
    "code.removed.open": _behavioral(_LISTS, _WRITERS, "the code is unknown, which is a warning or not judged here"),
    "code.ended": _behavioral(_LISTS, _WRITERS, "reports of later days can no longer use the code"),
    "code.validity.narrowed": _behavioral(_LISTS, _WRITERS, "on some days the code is valid no longer"),
    "code.validity.widened": _more(_LISTS, _READERS, "on more days the code is valid"),
    "code.replaced": _words(_LISTS, "what replaces a code is advice"),
    "code.words": _words(_LISTS, "titles and notes are for people"),
    "code.meaning": _behavioral(_LISTS, _BOTH, "what the rules read of the code, or where it belongs, is another"),
}  # fmt: skip

#: Every kind of change, and how it counts in the lanes that it touches.
KINDS: Table = {**_STANDARD, **_CLASSES, **_SLOTS, **_VALUES, **_OF_RULES, **_OF_LISTS}


def judged(differences: Iterable[Difference]) -> list[Change]:
    """A change for each lane that each of the ``differences`` touches, gravest first."""
    changes = [
        Change(one.kind, lane, one.element, one.old, one.new, verdict)
        for one in differences
        for lane, verdict in KINDS[one.kind].items()
    ]
    return sorted(changes, key=lambda change: change.order)
