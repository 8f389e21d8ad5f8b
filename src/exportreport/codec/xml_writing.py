"""From a document to XML (STANDARD section 3.1): UTF-8, default namespace, LF, two spaces for each level."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from exportreport.codec.per_standard import per_standard
from exportreport.codec.xml_plain_writing import plain_text
from exportreport.pattern import pattern
from exportreport.standard import Document, Slot, Standard, Value

_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ESCAPED = pattern("[&<>\r]")
_NOT_XML = pattern("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def encode(document: Document, standard: Standard) -> bytes:
    """``document`` as XML. Values are written as they are: indentation never enters them.

    Raises ValueError for what XML cannot say: an unknown member, a value of another type, a character XML has
    not.
    """
    kind = document.get("report_type")
    if not isinstance(kind, str) or kind not in standard.kinds:
        raise ValueError("The document has no report_type that the standard knows.")
    plain = plain_text(document, kind, standard)
    return (_with_care(document, kind, standard) if plain is None else plain).encode()


def _with_care(document: Document, kind: str, standard: Standard) -> str:
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="{standard.namespace}">']
    _write(lines, document, _plans(standard)[kind], kind, "\n  ")
    lines.append(f"\n</{kind}>\n")
    return "".join(lines)


def part(name: str, value: Value, standard: Standard, wrapper: str | None = None) -> str:
    """The object ``value`` of the class ``name`` as it stands inside a message, for examples; without namespace.

    ``wrapper`` is the name of its element where that is not the name of its class. What is required may be missing.
    Raises ValueError as `encode` does.
    """
    element = wrapper or name
    lines = [f"<{element}>"]
    _write(lines, value, _plans(standard)[name], element, "\n  ")
    return f"{''.join(lines)}\n</{element}>"


#: What a member holds: a value, an object, several of these, or the name of the kind, which the element says.
_VALUE, _OBJECT, _VALUES, _OBJECTS, _KIND = range(5)


class _Member(NamedTuple):
    """How a member of a class is written: its tags, and the plan of the objects in it, if it holds any."""

    form: int
    begin: str
    end: str
    name: str
    plan: _Plan | None


class _Plan:
    """How the objects of a class are written; ``places`` are the places of its members in the model's order.

    ``kinds`` are the plans of the messages among which an abstract class chooses.
    """

    __slots__ = ("kinds", "members", "name", "place")

    def __init__(self, name: str) -> None:
        self.name = name
        self.members: dict[str, _Member] = {}
        self.place: Callable[[str], int]
        self.kinds: Mapping[str, _Plan] | None = None


@per_standard
def _plans(standard: Standard) -> Mapping[str, _Plan]:
    """The plan of each class of the standard."""
    plans = {name: _Plan(name) for name in standard.classes}
    kinds = {kind: plans[kind] for kind in standard.kinds}
    for name, body in standard.classes.items():
        plan = plans[name]
        plan.members = {slot.name: _member_of(slot, plans) for slot in body.slots}
        plan.place = body.place
        plan.kinds = kinds if body.abstract else None
    return plans


def _member_of(slot: Slot, plans: Mapping[str, _Plan]) -> _Member:
    forms = (_OBJECT, _OBJECTS) if slot.kind == "class" else (_VALUE, _VALUES)
    form = _KIND if slot.kind == "name" else forms[slot.many]
    inner = plans[slot.range] if slot.kind == "class" else None
    return _Member(form, f"<{slot.name}>", f"</{slot.name}>", slot.name, inner)


def _write(lines: list[str], value: Value, plan: _Plan, element: str, line: str) -> None:
    """Append what stands in ``element``, the object ``value``; ``line`` begins each line of it."""
    if not isinstance(value, dict):
        raise ValueError(f"{element} is not an object.")
    try:
        names = sorted(value, key=plan.place)
    except KeyError:
        unknown = min(value.keys() - plan.members.keys())
        raise ValueError(f"{plan.name} has no member {unknown}.") from None
    members, append = plan.members, lines.append
    for each in names:
        child = value[each]
        form, begin, end, name, inner = members[each]
        if form == _VALUE:
            marked = (
                child.__class__ is not str or not child.isprintable() or "<" in child or "&" in child or ">" in child
            )
            append(f"{line}{begin}{_text(child, name) if marked else child}{end}")
        elif form == _OBJECT:
            append(line + begin)
            _write(lines, child, inner, name, line + "  ")  # type: ignore[arg-type]
            append(line + end)
        elif form == _VALUES:
            lines += [f"{line}{begin}{_text(one, name)}{end}" for one in _listed(child, name)]
        elif form == _OBJECTS:
            _write_entries(lines, _listed(child, name), members[each], line)


def _listed(value: Value, name: str) -> list[Value]:
    if not isinstance(value, list):
        raise ValueError(f"{name} is not a list.")
    return value


def _write_entries(lines: list[str], entries: list[Value], member: _Member, line: str) -> None:
    """Append the list ``entries`` with the element that wraps it."""
    lines.append(line + member.begin)
    further, deeper = line + "  ", line + "    "
    for entry in entries:
        plan = member.plan if member.plan is not None and member.plan.kinds is None else _kind_of(entry, member)
        assert plan is not None
        lines.append(f"{further}<{plan.name}>")
        _write(lines, entry, plan, plan.name, deeper)
        lines.append(f"{further}</{plan.name}>")
    lines.append(line + member.end)


def _kind_of(entry: Value, member: _Member) -> _Plan:
    kind = entry.get("report_type") if isinstance(entry, dict) else None
    kinds = member.plan.kinds if member.plan is not None else None
    if not isinstance(kind, str) or not kinds or kind not in kinds:
        raise ValueError(f"An entry of {member.name} has no report_type that the standard knows.")
    return kinds[kind]


def _text(value: Value, name: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f"{name} is neither text nor integer nor boolean.")
    if unfit := _NOT_XML.search(value):
        raise ValueError(f"{name} has the character U+{ord(unfit[0]):04X}, which XML cannot carry.")
    return _ESCAPED.sub(lambda sign: _MARKUP[sign[0]], value)
