"""What a broken message has in it that only one syntax or one engine judges so: told from the mutation alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NoReturn

from tests.corpus.source import Expected, List, Member, Mutation, Node, Object, Text, Token, nodes

NOT_TEXT, KIND_MISSING = "ER-S-009", "ER-D-031"

_XSI_TYPE = re.compile(r'xsi:type="(\w+)"')


def _kind(mutation: Mutation) -> str:
    """What kind of constraint is broken, such as ``required``."""
    return mutation.constraint.partition(" ")[2].removeprefix("entry ")


def _changed(mutation: Mutation) -> Node | Member | None:
    """The part that is wrong."""
    said = mutation.json or mutation.xml
    return said and said.place.node


def _objects(mutation: Mutation) -> Iterator[Object]:
    return (node for node in nodes(mutation.root) if isinstance(node, Object))


def _members(mutation: Mutation) -> Iterator[Member]:
    return (member for body in _objects(mutation) for member in body.members)


def _tokens(mutation: Mutation) -> Iterator[str]:
    return (node.json for node in nodes(mutation.root) if isinstance(node, Token))


def _order(mutation: Mutation) -> bool:
    return _kind(mutation) == "order"


def _markup(mutation: Mutation) -> bool:
    """An attribute, a namespace, text between elements, or the name of an entry."""
    parts = (*_objects(mutation), *_members(mutation))
    dressed = any(part.attributes or part.namespace is not None for part in parts)
    named = _kind(mutation) == "name" and _short(mutation.json) != _short(mutation.xml)
    return dressed or named or any(_strays(mutation))


def _strays(mutation: Mutation) -> Iterator[str]:
    """The texts between elements."""
    return (node.stray for node in nodes(mutation.root) if isinstance(node, Object | List))


def _short(said: Expected | None) -> tuple[str, str] | None:
    return said and (said.code, said.pointer)


def _blank_around(mutation: Mutation) -> bool:
    return any(token != token.strip() for token in _tokens(mutation))


def _minus_zero(mutation: Mutation) -> bool:
    return "-0" in _tokens(mutation)


def _null(mutation: Mutation) -> bool:
    return "null" in _tokens(mutation) and not _kind_as_member(mutation)


def _type_by_quotes(mutation: Mutation) -> bool:
    """A number or truth value where a text is meant, or in quotes where it is meant itself."""
    node = _changed(mutation)
    if _kind(mutation) != "type" or _kind_as_member(mutation):
        return False
    bare = isinstance(node, Token) and mutation.json is not None and mutation.json.code == NOT_TEXT
    return bare or (isinstance(node, Text | Token) and mutation.xml is None)


def _list_of_values(mutation: Mutation) -> bool:
    """What is or is not a list: in XML a list of values is an element repeated, and entries show."""
    kind, node = _kind(mutation), _changed(mutation)
    if kind == "list":
        return mutation.what.startswith("one entry")
    if kind.endswith("not empty"):
        return isinstance(node, List) and not node.wrapped
    if kind == "no name twice":
        return mutation.xml is None or mutation.what.endswith("in two places")
    return kind == "single"


def _kind_as_member(mutation: Mutation) -> bool:
    """The kind of a message as a member of its own, or none: in XML it is the name of the element."""
    missing = mutation.json is not None and mutation.json.code == KIND_MISSING
    nameless = any(isinstance(entry, Object) and not entry.message for entry in _reports(mutation))
    return missing or nameless or any(member.name == "report_type" for member in _members(mutation))


def _reports(mutation: Mutation) -> Iterator[Node]:
    """What stands in the list of an envelope."""
    lists = [m.value for m in _members(mutation) if m.name == "reports" and isinstance(m.value, List)]
    return (entry for found in lists for entry in found.entries)


def _unreadable(mutation: Mutation) -> bool:
    """A character that XML cannot carry, or a word that JSON does not know."""
    return any(token.startswith('"') or not _is_json(token) for token in _tokens(mutation))


def _is_json(token: str) -> bool:
    try:
        json.loads(token, parse_constant=_refuse)
    except ValueError:
        return False
    return True


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)


def _name_twice(mutation: Mutation) -> bool:
    for body in _objects(mutation):
        names = [member.name for member in body.members] + ["report_type"] * body.message
        if len(set(names)) < len(names):
            return True
    return False


def _whole_fraction(mutation: Mutation) -> bool:
    """A whole number written with a fraction or an exponent."""
    numbers = [token for token in _tokens(mutation) if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", token)]
    return any(float(number).is_integer() and set(number) & set(".eE") for number in numbers)


def _line_feed_at_end(mutation: Mutation) -> bool:
    node = _changed(mutation)
    ends = isinstance(node, Text) and node.value.endswith("\n") and node.value != "\n"
    return ends and _kind(mutation) == "form"


def _odd_blank_between(mutation: Mutation) -> bool:
    """White space between elements that is none in XML."""
    return any(stray and not stray.strip() for stray in _strays(mutation))


def _declared_type(mutation: Mutation) -> bool:
    """An ``xsi:type`` that names the type the element has anyway."""
    pairs = [(body.attributes, body.name) for body in _objects(mutation)]
    pairs += [(m.attributes, m.value.name) for m in _members(mutation) if isinstance(m.value, Object)]
    pairs += [(m.attributes, f"{m.value.name}.list") for m in _members(mutation) if isinstance(m.value, List)]
    return any((named := _XSI_TYPE.search(attributes)) and named[1] == own for attributes, own in pairs)


#: The constructs that the list of differences names.
CONSTRUCTS: Mapping[str, Callable[[Mutation], bool]] = {
    "order of elements": _order,
    "attributes, namespaces, text between elements, names of entries": _markup,
    "white space around a number or truth value": _blank_around,
    "-0": _minus_zero,
    "null": _null,
    "a type told by quotes": _type_by_quotes,
    "a list of values, or none": _list_of_values,
    "the kind of a message as a member": _kind_as_member,
    "a character or a word that one syntax cannot read": _unreadable,
    "a member twice": _name_twice,
    "a whole number with a fraction or an exponent": _whole_fraction,
    "a line feed at the end": _line_feed_at_end,
    "a no-break space between elements": _odd_blank_between,
    "xsi:type of the declared type": _declared_type,
}
