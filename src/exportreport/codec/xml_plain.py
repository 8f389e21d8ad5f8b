"""Plain and sound XML straight to its document, by one pass over its tokens; anything else is declined.

Plain is what programs write: UTF-8, one name for the standard's namespace or none, no attribute but those of the first
tag that are accepted and not kept, no comment, no section, no reference but the five names. What is declined says
nothing yet: the careful reader (`xml_document`) then judges.
"""

from __future__ import annotations

from collections.abc import Iterator

from exportreport.codec.limits import MAX_DEPTH
from exportreport.codec.per_standard import per_standard
from exportreport.codec.xml_shapes import BOOLEAN, INTEGER, MESSAGES, OBJECT, TEXT, Member, Shape, shapes_of
from exportreport.pattern import pattern
from exportreport.standard import Document, Standard, Value

#: Longer texts are left to the careful reader: their tokens would take much memory at once.
_LONGEST = 1_000_000

_NAMED_VALUE = r"""[A-Za-z_:][A-Za-z0-9_:]*=(?:"[^"<&]*"|'[^'<&]*')"""
_ROOT = pattern(
    r"""(?:<\?xml version=(["'])1\.0\1(?: encoding=(["'])[Uu][Tt][Ff]-8\2)?\?>)?[ \t\n]*"""
    rf"""<(?:(?![Xx][Mm][Ll])([A-Za-z_][A-Za-z0-9_]*):)?([A-Za-z0-9_]+)((?:[ \t\n]+{_NAMED_VALUE})+)[ \t\n]*>[ \t\n]*"""
)
_ATTRIBUTE = pattern(r"""([A-Za-z_:][A-Za-z0-9_:]*)=(?:"([^"]*)"|'([^']*)')""")
_XSI = "http://www.w3.org/2001/XMLSchema-instance"

#: An element with its text, a start tag, or an end tag, before blanks; or a character that is none of these. A name is
#: whatever stands there, since it is looked up; so is an end tag, by the name that begins with its slash.
_TOKEN = pattern(r"(?s)<([^>]++)>(?:([^<]++)</\1>)?+\n?+ *+\t*+|.")

_ENTITY = pattern(r"&(?:amp|lt|gt|quot|apos);")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))  # the last one last
_INTEGER = pattern(r"0|-?[1-9][0-9]{0,17}")
_BOOLEANS = {"true": True, "false": False}

#: The characters that XML has not or that need care, by their bytes: each is found sooner than any of them.
_CONTROLS = tuple(bytes([code]) for code in range(32) if code not in b"\t\n")

_Tokens = Iterator[tuple[str, str]]


class _DeclinedError(Exception):
    """The text is not plain, or something about it is not sound."""


#: The form of texts that may be several. Integers and booleans that may be several have theirs with a minus.
_TEXTS = -9

#: An element of a class: its place among the others, its form, its end tag as tokens name it, and the plan of what it
#: holds. A bare tuple: one with names takes longer to take apart.
_Member = tuple[int, int, str, "_Plan"]


class _Plan:
    """A class: its members by the names of their elements, and its end tag as tokens name it."""

    __slots__ = ("end", "is_message", "members", "name")

    def __init__(self, shape: Shape) -> None:
        self.name, self.is_message, self.end = shape.name, shape.is_message, f"/{shape.name}"
        self.members: dict[str, _Member] = {}


def document_of(text: bytes, standard: Standard) -> Document | None:
    """The document that ``text``, in UTF-8, says plainly and in sound order; None where it has to be read with care."""
    if len(text) > _LONGEST or any(code in text for code in _CONTROLS) or (b"]" in text and b"]]>" in text):
        return None
    whole = text.decode()
    root = _ROOT.match(whole)
    if root is None or root[4] not in standard.kinds or not _is_plain(whole):
        return None
    prefix, kind = root[3], root[4]
    if not _are_known(root[5], f"xmlns:{prefix}" if prefix else "xmlns", standard.namespace):
        return None
    inside = whole[root.end() :]
    if prefix:
        if inside.count("<") != inside.count(f"<{prefix}:") + inside.count(f"</{prefix}:"):
            return None
        inside = inside.replace(f"<{prefix}:", "<").replace(f"</{prefix}:", "</")
    found, plans = _TOKEN.findall(inside.rstrip(" \t\n")), _plans(standard)
    tokens = iter(found if "&" not in inside else [(name, _resolved(text)) for name, text in found])
    try:
        document = _object(tokens, {"report_type": kind}, plans[kind].members, f"/{kind}", plans, 1)
    except (KeyError, _DeclinedError):  # KeyError: an unknown element or value
        return None
    return document if next(tokens, None) is None else None


def _are_known(written: str, declaration: str, namespace: str) -> bool:
    """Whether the attributes ``written`` in the first tag are its ``declaration`` of the ``namespace``, and at most
    where schemas are, which nobody fetches."""
    if written == f' {declaration}="{namespace}"':
        return True
    found = _ATTRIBUTE.findall(written)
    attributes = {name: double or single for name, double, single in found}
    if len(attributes) < len(found) or attributes.pop(declaration, None) != namespace:
        return False
    if attributes and attributes.pop("xmlns:xsi", None) != _XSI:
        return False
    return attributes.keys() <= {"xsi:schemaLocation", "xsi:noNamespaceSchemaLocation"}


def _is_plain(whole: str) -> bool:
    """Whether ``whole`` has no reference but the five names, and neither of two signs that are no characters."""
    if "&" in whole and "&" in _ENTITY.sub("", whole):
        return False
    return whole.isascii() or not ("\ufffe" in whole or "\uffff" in whole)


@per_standard
def _plans(standard: Standard) -> dict[str, _Plan]:
    """The plan of each class of the standard."""
    shapes = shapes_of(standard)
    plans = {name: _Plan(shape) for name, shape in shapes.items()}
    for name, shape in shapes.items():
        plans[name].members = {
            one.name: (one.order, _form(one), f"/{one.name}", plans[one.shape.name]) for one in shape.members.values()
        }
    return plans


def _form(member: Member) -> int:
    if not member.many:
        return member.form
    return _TEXTS if member.form == TEXT else -member.form


def _object(
    tokens: _Tokens, result: Document, members: dict[str, _Member], end: str, plans: dict[str, _Plan], depth: int
) -> Document:
    """``result`` with what the tokens say up to the end tag ``end``."""
    furthest = -1
    for name, text in tokens:  # the hot loop of the room
        if text:
            order, form, _, _ = members[name]
            if form >= TEXT:
                if order <= furthest:
                    raise _DeclinedError
                result[name] = text if form == TEXT else _scalar(text, form)
            else:
                _add(result, name, text if form == _TEXTS else _scalar(text, -form), order - furthest)
        elif name == end:
            if furthest < 0:
                raise _DeclinedError
            return result
        else:
            order, form, inner, plan = members[name]
            if form < OBJECT or order <= furthest or depth >= MAX_DEPTH - 2:
                raise _DeclinedError
            if form == OBJECT:
                result[name] = _object(tokens, {}, plan.members, inner, plans, depth + 1)
            else:
                result[name] = _entries(tokens, None if form == MESSAGES else plan, inner, plans, depth + 1)
        furthest = order
    raise _DeclinedError


def _add(result: Document, name: str, value: Value, step: int) -> None:
    """Add ``value`` to the several of ``name``, which stands ``step`` places behind the member before it."""
    if step > 0:
        result[name] = [value]
    elif step == 0:
        result[name].append(value)  # type: ignore[union-attr]
    else:
        raise _DeclinedError


def _entries(tokens: _Tokens, plan: _Plan | None, end: str, plans: dict[str, _Plan], depth: int) -> Value:
    """The entries that the tokens say up to the end tag ``end``: of the class ``plan``, or messages."""
    entries: list[Value] = []
    for name, text in tokens:
        if text or (name == end and not entries):
            raise _DeclinedError
        if name == end:
            return entries
        if plan is None:
            kind = plans[name]
            entries.append(_object(tokens, _named(name, plans), kind.members, kind.end, plans, depth + 1))
        elif name == plan.name:
            entries.append(_object(tokens, {}, plan.members, plan.end, plans, depth + 1))
        else:
            raise _DeclinedError
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
