"""Plain and sound XML straight to its document, by one pass over its tokens; anything else is declined.

Plain is what programs write: UTF-8, the standard's namespace as the default one, no attribute, comment, section
or reference but the five names. What is declined says nothing yet: the careful reader (`xml_document`) then judges.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exportreport.codec.limits import MAX_DEPTH
from exportreport.codec.xml_shapes import BOOLEAN, INTEGER, MESSAGES, OBJECT, TEXT, Shape, shapes_of
from exportreport.pattern import pattern
from exportreport.standard import Document, Standard, Value

#: Longer texts are left to the careful reader: their tokens would take much memory at once.
_LONGEST = 1_000_000

_ROOT = pattern(
    r"""(?:<\?xml version=(["'])1\.0\1(?: encoding=(["'])[Uu][Tt][Ff]-8\2)?\?>)?[ \t\n]*"""
    r"""<([A-Za-z0-9_]+) xmlns=(["'])([^"'<>&]*)\4>"""
)

#: An element with its text, a start tag, or an end tag, after blanks; or a character that is none of these.
_TOKEN = pattern(r"[ \t\n]*+<(?:([A-Za-z0-9_]++)>(?:([^<>\x00-\x08\x0b-\x1f]++)</\1>)?|/([A-Za-z0-9_]++)>)|[\s\S]")

_ENTITY = pattern(r"&(?:amp|lt|gt|quot|apos);")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))  # the last one last
_INTEGER = pattern(r"0|-?[1-9][0-9]{0,17}")
_BOOLEANS = {"true": True, "false": False}

_Tokens = Iterator[tuple[str, str, str]]


class _DeclinedError(Exception):
    """The text is not plain, or something about it is not sound."""


class _Member(NamedTuple):
    """An element of a class: its place among the others, what it holds, whether repeated, and the plan of that."""

    order: int
    form: int
    many: bool
    plan: _Plan


class _Plan:
    """A class: its members by the names of their elements."""

    __slots__ = ("is_message", "members", "name")

    def __init__(self, shape: Shape) -> None:
        self.name, self.is_message = shape.name, shape.is_message
        self.members: dict[str, _Member] = {}


#: The plans of the standard in use, by identity, as the shapes are kept (`xml_shapes`).
_MADE: dict[int, tuple[Standard, dict[str, _Plan]]] = {}


def document_of(text: bytes, standard: Standard) -> Document | None:
    """The document that ``text``, in UTF-8, says plainly and in sound order; None where it has to be read with care."""
    if len(text) > _LONGEST:
        return None
    whole = text.decode()
    root = _ROOT.match(whole)
    if root is None or root[5] != standard.namespace or root[3] not in standard.kinds:
        return None
    if not _is_plain(whole):
        return None
    tokens = iter(_TOKEN.findall(whole, root.end(), len(whole.rstrip(" \t\n"))))
    plans = _plans(standard)
    try:
        document = _object(tokens, {"report_type": root[3]}, plans[root[3]].members, root[3], plans, 1)
    except (KeyError, _DeclinedError):  # KeyError: an unknown element or value
        return None
    return document if next(tokens, None) is None else None


def _is_plain(whole: str) -> bool:
    """Whether ``whole`` has no reference but the five names, and neither of two signs that are no characters."""
    if "&" in whole and "&" in _ENTITY.sub("", whole):
        return False
    return whole.isascii() or not ("\ufffe" in whole or "\uffff" in whole)


def _plans(standard: Standard) -> dict[str, _Plan]:
    made = _MADE.get(id(standard))
    if made is None:
        _MADE.clear()
        made = _MADE[id(standard)] = (standard, _make(standard))
    return made[1]


def _make(standard: Standard) -> dict[str, _Plan]:
    shapes = shapes_of(standard)
    plans = {name: _Plan(shape) for name, shape in shapes.items()}
    for name, shape in shapes.items():
        plans[name].members = {
            one.name: _Member(one.order, one.form, one.many, plans[one.shape.name]) for one in shape.members.values()
        }
    return plans


def _object(
    tokens: _Tokens, result: Document, members: dict[str, _Member], element: str, plans: dict[str, _Plan], depth: int
) -> Document:
    """``result`` with what the tokens say up to the end tag of ``element``."""
    furthest = -1
    for name, text, end in tokens:  # the hot loop of the room
        if text:
            order, form, many, _ = members[name]
            value = _scalar(text, form) if form != TEXT else _resolved(text) if "&" in text else text
            if order > furthest:
                result[name] = [value] if many else value
            elif many and order == furthest:
                result[name].append(value)  # type: ignore[union-attr]
            else:
                raise _DeclinedError
        elif name:
            order, form, _, plan = members[name]
            if form < OBJECT or order <= furthest or depth >= MAX_DEPTH - 2:
                raise _DeclinedError
            if form == OBJECT:
                result[name] = _object(tokens, {}, plan.members, name, plans, depth + 1)
            else:
                result[name] = _entries(tokens, None if form == MESSAGES else plan, name, plans, depth + 1)
        elif end == element and furthest >= 0:
            return result
        else:
            raise _DeclinedError
        furthest = order
    raise _DeclinedError


def _entries(tokens: _Tokens, plan: _Plan | None, element: str, plans: dict[str, _Plan], depth: int) -> Value:
    """The entries that the tokens say up to the end tag of ``element``: of the class ``plan``, or messages."""
    entries: list[Value] = []
    for name, text, end in tokens:
        if text or (end and not entries):
            raise _DeclinedError
        if end == element:
            return entries
        if not name or (plan is not None and name != plan.name):
            raise _DeclinedError
        one, start = (plan, {}) if plan is not None else (plans[name], _named(name, plans))
        entries.append(_object(tokens, start, one.members, name, plans, depth + 1))
    raise _DeclinedError


def _named(kind: str, plans: dict[str, _Plan]) -> Document:
    """The beginning of an entry that is a message of ``kind``."""
    if not plans[kind].is_message:
        raise _DeclinedError
    return {"report_type": kind}


def _scalar(text: str, form: int) -> Value:
    if form == BOOLEAN:
        return _BOOLEANS[text]
    if form != INTEGER or _INTEGER.fullmatch(text) is None:
        raise _DeclinedError
    return int(text)


def _resolved(text: str) -> str:
    """``text`` with the characters that its references name."""
    for written, sign in _ENTITIES:
        text = text.replace(written, sign)
    return text
