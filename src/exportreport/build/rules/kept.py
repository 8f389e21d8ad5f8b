"""What the rules of a message that carries others read of each of these: all that has to be kept to judge it later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from exportreport.build.cel.tree import Call, Has, Loop, Name, Node, Select, names, parts
from exportreport.build.rules.emitted import EmittedRule, within
from exportreport.standard import Slot, Standard

#: What a loop over the messages may come to: a truth, or a list of single values.
_MACROS = frozenset({"all", "exists", "exists_one", "map"})

_ROOTS = frozenset({"this", "report"})


class _TooMuchError(Exception):
    """A rule reads more of the messages than can be kept of many."""


def kept(standard: Standard, rules: Sequence[EmittedRule], kind: str) -> tuple[str, ...] | None:
    """The members of the messages in one of ``kind`` that its ``rules`` read, in the order of the model.

    None where one of them reads more than single values of each message, so that all of it would have to be kept.
    """
    carriers = standard.carriers[kind]
    if len(carriers) != 1:
        return None
    inside, slot = within(standard, kind), carriers[0]
    nodes = [node for rule in rules if rule.each in inside for node in (rule.when, rule.demands) if node is not None]
    try:
        read = {name for node in nodes for name in _read(node, slot, standard)}
    except _TooMuchError:
        return None
    return tuple(one.name for one in standard.classes[slot.range].slots if one.name in read)


def _read(node: Node, slot: Slot, standard: Standard) -> Iterator[str]:
    """The members of the messages in ``slot`` that ``node`` reads."""
    if isinstance(node, Has) and _is_list(node.field, slot):
        return
    if isinstance(node, Call) and node.function == "size" and _is_list(node.arguments[0], slot):
        return
    if isinstance(node, Loop) and _is_list(node.of, slot):
        if node.macro not in _MACROS:
            raise _TooMuchError
        yield from _of_each(node.body, node.variable, slot, standard)
        yield from _read(node.body, slot, standard)
        return
    if _is_list(node, slot):
        raise _TooMuchError
    for part in parts(node):
        yield from _read(part, slot, standard)


def _is_list(node: Node, slot: Slot) -> bool:
    return isinstance(node, Select) and node.slot == slot.name and isinstance(node.of, Name) and node.of.name in _ROOTS


def _of_each(node: Node, variable: str, slot: Slot, standard: Standard) -> Iterator[str]:
    """The members that ``node`` reads of the message that ``variable`` stands for."""
    if isinstance(node, Loop) and node.variable == variable:
        yield from _of_each(node.of, variable, slot, standard)
    elif isinstance(node, Select) and isinstance(node.of, Name) and node.of.name == variable:
        yield _single(node.slot, slot, standard)
    elif isinstance(node, Name) and node.name == variable:
        raise _TooMuchError
    elif variable in names(node):
        for part in parts(node):
            yield from _of_each(part, variable, slot, standard)


def _single(name: str, slot: Slot, standard: Standard) -> str:
    member = standard.classes[slot.range].by_name[name]
    if member.many or member.kind == "class":
        raise _TooMuchError
    return name


def table(standard: Standard, rules: Iterable[EmittedRule]) -> Iterator[str]:
    """What `kept` says of each kind that carries messages, as lines of Python."""
    listed = list(rules)
    yield "KEPT = {"
    yield from (
        f"    {kind!r}: {kept(standard, listed, kind)!r}," for kind in standard.kinds if standard.carriers[kind]
    )
    yield "}"
