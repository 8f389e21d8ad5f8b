"""A rule and its examples as text for a person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from textwrap import indent, wrap
from typing import Any

from exportreport.cli.published import Record
from exportreport.standard import Standard

_WIDTH = 80
_LABEL = 12

#: The members of a record that `record_lines` shows, and what they are called there.
_SHOWN = (
    ("each", "about"),
    ("when", "applies if"),
    ("assert", "demands"),
    ("message", "message"),
    ("at", "points to"),
    ("follows", "follows from"),
    ("reason", "why"),
    ("resolution", "what to do"),
    ("basis", "basis"),
    ("note", "note"),
)


def record_lines(rule: Record, standard: Standard) -> Iterator[str]:
    """Everything the record of ``rule`` says, its cases included."""
    for member, label in _SHOWN:
        if rule.get(member):
            yield from labeled(label, _text(rule, member, standard), keep=member in ("when", "assert"))
    yield ""
    yield f"{len(rule['cases'])} cases:"
    for case in rule["cases"]:
        yield f"  {case['expect']:<15} {case['name']}"
        yield indent(json.dumps(judged(case), ensure_ascii=False), " " * 18)


def labeled(label: str, text: str, *, keep: bool = False) -> Iterator[str]:
    """``text`` beside ``label``, wrapped at the width of a page; its own lines are kept with ``keep``."""
    lines = text.strip().splitlines() if keep else [part for line in text.splitlines() for part in wrapped(line)]
    for number, line in enumerate(lines):
        yield f"{label if number == 0 else '':<{_LABEL}} {line}".rstrip()


def wrapped(text: str) -> list[str]:
    """``text`` in lines that leave room for a label."""
    return wrap(text, _WIDTH - _LABEL - 1, break_long_words=False, break_on_hyphens=False)


def case_for(rule: Record, expect: str) -> Record:
    """The first case of ``rule`` that ends as ``expect`` says; every rule has one that passes and one that fails."""
    found: Record = next(case for case in rule["cases"] if case["expect"] == expect)
    return found


def judged(case: Record) -> Any:
    """The object or report of ``case``, as it is written there."""
    return case["report"] if "report" in case else case["value"]


def example(rule: Record, case: Record, syntax: str, standard: Standard) -> str:
    """What ``case`` of ``rule`` judges, in JSON or XML; fields that do not matter are left out, as in the case."""
    value = judged(case)
    if syntax == "json":
        return json.dumps(value, ensure_ascii=False, indent=2)
    from exportreport.codec.xml_writing import part

    name = _class(rule, case)
    return part(name, value, standard, _wrapper(name, standard))


def _class(rule: Record, case: Record) -> str:
    """The class of what ``case`` holds."""
    if "report" in case or rule["each"] == "Report":
        return str(judged(case).get("report_type", rule["each"] if rule["each"] != "Report" else "LicenseFiling"))
    return str(rule["each"])


def _wrapper(name: str, standard: Standard) -> str:
    """The name of the element around an object of the class ``name``: its own in a list, else that of the field."""
    held = [slot for body in standard.classes.values() for slot in body.slots if slot.range == name]
    return name if not held or any(slot.many for slot in held) else held[0].name


def _text(rule: Record, member: str, standard: Standard) -> str:
    value = rule[member]
    if member == "each":
        title = standard.classes[value].title
        return f"every {value} ({title})"
    return "\n".join(value) if isinstance(value, list) else str(value)
