"""Sound documents straight to XML, where no sign of theirs means anything to XML; anything else is declined.

Values and mark-up are only joined: each member has its tags with the blanks before them, made once for each class and
depth. What is declined says nothing yet: the careful writer (`xml_writing`) writes it, or says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exportreport.codec.limits import MAX_DEPTH
from exportreport.codec.member_order import in_order
from exportreport.codec.per_standard import per_standard
from exportreport.codec.xml_shapes import BOOLEAN, INTEGER, MESSAGES, OBJECT, OBJECTS, TEXT, Member, Shape, shapes_of
from exportreport.pattern import pattern
from exportreport.standard import Document, Standard, Value

#: A control character but tab and line feed, as JSON escapes it; what looks like one is declined as well.
_CONTROL = pattern(rb"\\[bfru]")


class _DeclinedError(Exception):
    """The document is not sound, or has signs that XML has to say in another way."""


class _DisorderError(Exception):
    """Members do not stand in the model's order."""


#: What a member holds: a text, an object, texts, objects of one class, messages, integers or booleans, one or several,
#: or the kind of the message, which its element says.
_TEXT, _OBJECT, _TEXTS, _ENTRIES, _MESSAGES, _INTEGER, _INTEGERS, _BOOLEAN, _BOOLEANS, _NAME = range(10)

#: How a member is written: its place among the others, what it holds, the text before and after that, and what else its
#: form needs: the text between two values, the members of what it holds, or both.
_Written = tuple[int, int, str, str, Any]
_Members = dict[str, _Written]


def plain_text(document: Document, kind: str, standard: Standard) -> str | None:
    """``document``, of that ``kind``, as XML; None where it has to be written with care."""
    import orjson  # who reads XML alone has no use for it

    try:
        if _has_signs(orjson.dumps(document)):
            return None
        members = _members_of(standard)[kind]
        try:
            text = _text(document, members)
        except _DisorderError:
            text = _text(in_order(document, standard), members)
    except (_DeclinedError, _DisorderError, KeyError, TypeError, AttributeError):
        return None  # an unknown member, or a value of another type
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="{standard.namespace}">'
    return f"{start}{text}\n</{kind}>\n"


def _has_signs(text: bytes) -> bool:
    """Whether ``text``, JSON, may have mark-up of XML, or a character that XML has not or does not keep."""
    return (
        b"<" in text
        or b"&" in text
        or b">" in text
        or (b"\\" in text and _CONTROL.search(text) is not None)
        or (b"\xef" in text and (b"\xef\xbf\xbe" in text or b"\xef\xbf\xbf" in text))  # one byte is found at once
    )


def _text(document: Document, members: _Members) -> str:
    pieces: list[str] = []
    _write(document, members, pieces.append)
    return "".join(pieces)


def _write(value: Document, members: _Members, append: Callable[[str], object]) -> None:
    """Append what stands in the element of the object ``value``."""
    furthest = -1
    for name, child in value.items():  # the hot loop of the room
        order, form, before, after, more = members[name]
        if order <= furthest:
            raise _DisorderError
        furthest = order
        if form == _TEXT:
            append(before)
            append(child)  # type: ignore[arg-type]
            append(after)
        elif form == _OBJECT:
            append(before)
            _write(child, more, append)  # type: ignore[arg-type]
            append(after)
        elif form == _TEXTS:
            append(before + more.join(_entries(child)) + after)
        elif form == _ENTRIES:
            _write_entries(_entries(child), members[name], append)
        elif form == _MESSAGES:
            _write_messages(_entries(child), members[name], append)
        elif form != _NAME:
            append(before + _scalars(child, form, more) + after)


def _entries(values: Value) -> list[Any]:
    if values.__class__ is not list or not values:
        raise _DeclinedError
    return values


def _scalars(value: Value, form: int, between: str) -> str:
    kind = int if form in (_INTEGER, _INTEGERS) else bool
    if form in (_INTEGER, _BOOLEAN):
        return _scalar(value, kind)
    return between.join([_scalar(one, kind) for one in _entries(value)])


def _scalar(value: Value, kind: type) -> str:
    if value.__class__ is not kind:
        raise _DeclinedError
    return str(value).lower()


def _write_entries(entries: list[Any], member: _Written, append: Callable[[str], object]) -> None:
    """Append the ``entries``, objects of one class, with the element that wraps them."""
    _, _, before, after, (between, members) = member
    for entry in entries:
        append(before)
        _write(entry, members, append)
        before = between
    append(after)


def _write_messages(entries: list[Any], member: _Written, append: Callable[[str], object]) -> None:
    """Append the ``entries``, messages, with the element that wraps them."""
    _, _, before, after, (line, members) = member
    append(before)
    for entry in entries:
        kind = entry["report_type"]
        append(f"{line}<{kind}>")
        _write(entry, members[kind], append)
        append(f"{line}</{kind}>")
    append(after)


@per_standard
def _members_of(standard: Standard) -> dict[str, _Members]:
    """The members of each kind of message where it is the root."""
    making = _Making(standard)
    return {kind: making.members(kind, 1) for kind in standard.kinds}


class _Making:
    """Makes the members of the classes, each at each depth at which it stands."""

    def __init__(self, standard: Standard) -> None:
        self._standard, self._shapes = standard, shapes_of(standard)
        self._made: dict[tuple[str, int], _Members] = {}

    def members(self, name: str, depth: int) -> _Members:
        """The members of the class ``name`` where they stand so deep; none deeper than the standard allows."""
        made = self._made.get((name, depth))
        if made is None:
            made = self._made[name, depth] = {}
            if depth <= MAX_DEPTH:
                made.update(self._each(self._shapes[name], depth))
        return made

    def _each(self, shape: Shape, depth: int) -> _Members:
        line = "\n" + "  " * depth
        found = {one.name: self._written(one, line, depth) for one in shape.members.values()}
        if shape.is_message:
            names = self._standard.classes[shape.name].by_name
            found["report_type"] = ([*names].index("report_type"), _NAME, "", "", None)
        return found

    def _written(self, member: Member, line: str, depth: int) -> _Written:
        order, name = member.order, member.shape.name
        begin, end = f"{line}<{member.name}>", f"</{member.name}>"
        if member.form == OBJECT:
            return order, _OBJECT, begin, line + end, self.members(name, depth + 1)
        if member.form == MESSAGES:
            kinds = {kind: self.members(kind, depth + 2) for kind in self._standard.concrete(name)}
            return order, _MESSAGES, begin, line + end, (line + "  ", kinds)
        if member.form == OBJECTS:
            first, last = f"{line}  <{name}>", f"{line}  </{name}>"
            return order, _ENTRIES, begin + first, last + line + end, (last + first, self.members(name, depth + 2))
        return order, _FORMS[member.form][member.many], begin, end, end + begin


#: The forms of values as readers name them (`xml_shapes`), single and several.
_FORMS = {TEXT: (_TEXT, _TEXTS), INTEGER: (_INTEGER, _INTEGERS), BOOLEAN: (_BOOLEAN, _BOOLEANS)}
